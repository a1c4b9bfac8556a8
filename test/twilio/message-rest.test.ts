import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createMessageRest } from '../../electron/twilio/message-rest.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { quietLog } from '../support/quiet-log.ts';

const TO = '+14155550101';

let practice: PracticeLine;

beforeEach(async () => {
  practice = await createPracticeLine({ clock: systemClock, log: quietLog });
});

afterEach(() => practice.close());

const restOf = () =>
  createMessageRest(createRestClient({ ...practice, apiKey: null }, systemClock, () => 0));

describe('sending by REST', () => {
  it('tells Twilio’s name of the message and how far it is', async () => {
    const { sid, status } = await restOf().send({
      to: TO,
      from: practice.number,
      body: 'Hello.',
      mediaUrls: [],
    });
    expect(status).toBe('queued');
    expect(practice.messages()).toMatchObject([
      { sid, to: TO, from: practice.number, body: 'Hello.', mediaUrls: [] },
    ]);
  });

  it('sends files with and without words', async () => {
    const mediaUrls = ['https://files.example.com/a.jpg', 'https://files.example.com/b.pdf'];
    await restOf().send({ to: TO, from: practice.number, body: '', mediaUrls });
    expect(practice.messages()).toMatchObject([{ body: '', mediaUrls }]);
  });

  it('puts a refusal into words that name the number', async () => {
    practice.textIn('STOP', TO);
    const sent = restOf().send({ to: TO, from: practice.number, body: 'Hello.', mediaUrls: [] });
    await expect(sent).rejects.toMatchObject({
      problem: { code: '21610', message: expect.stringContaining('+1 415 555 0101') },
    });
  });
});

describe('the numbers to send from', () => {
  it('are those of the account that can', async () => {
    const senders = await restOf().senders();
    expect(senders).toContain(practice.number);
    for (const number of senders) expect(practice.numbers).toContain(number);
  });
});
