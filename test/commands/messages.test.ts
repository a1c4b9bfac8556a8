import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../electron/core/message.ts';
import type { PracticeLine } from '../../electron/practice/practice-line.ts';
import { listNumbers } from '../../electron/twilio/numbers.ts';
import { BEFORE, environmentOf, openAccount } from '../line/account.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { postSigned } from '../support/signed-request.ts';
import { until } from '../support/until.ts';

const DANA = '+14155550101';
/** Whose network blocks senders that are not registered. */
const MAX = '+14155550110';
const PHOTO = 'https://files.example.com/photo.jpg';

const refused = (kind: string) => ({
  ok: false,
  problem: { kind, message: expect.any(String), remedy: expect.any(String) },
});

/** A desk that takes the messages of an account which the practice line stands in for. */
async function deskOnAccount() {
  const account = await openAccount({ voiceUrl: BEFORE, smsUrl: `${BEFORE}/sms` });
  const desk = await openDesk({ env: environmentOf(account), takesMessages: true });
  return { account, desk };
}

/** The practice line of a desk that is on it. */
function practiceOf({ app }: Desk): PracticeLine {
  const practice = app.practice();
  if (practice === null) throw new Error('The desk is not on the practice line');
  return practice;
}

async function conversation(desk: Desk, fields: object = {}): Promise<readonly Message[]> {
  const outcome = await desk.run({ command: 'messages', ...fields });
  if (!outcome.ok || !('messages' in outcome)) throw new Error('no messages');
  return outcome.messages;
}

describe('messages on an account', () => {
  it('go out and come in, and make a conversation that outlives the run', async () => {
    const { account, desk } = await deskOnAccount();
    const { twilio } = account;
    const hello = { command: 'send-message', to: '(415) 555-0101', body: 'Hello Dana.' };
    const sent = await desk.run(hello);
    expect(sent).toEqual({
      ok: true,
      messageId: expect.stringMatching(/^message-/),
      messageSid: expect.stringMatching(/^SM/),
    });
    await desk.event('message-status-changed', { status: 'delivered' });
    const { messageSid } = twilio.textIn('Hello desk.', DANA, [PHOTO]);
    const received = await desk.event('message-received', { messageSid });
    expect(received).toMatchObject({ from: DANA, to: twilio.number, body: 'Hello desk.' });
    twilio.textIn('Are you there?', '+14155550102');
    await desk.event('message-received', { from: '+14155550102' });

    const mine = {
      direction: 'outbound',
      them: DANA,
      ours: twilio.number,
      body: 'Hello Dana.',
      media: [],
      status: 'delivered',
      code: null,
    };
    const theirs = {
      sid: messageSid,
      direction: 'inbound',
      them: DANA,
      body: 'Hello desk.',
      media: [{ url: PHOTO, contentType: 'image/jpeg' }],
      status: 'received',
    };
    expect(await conversation(desk, { with: '415 555 0101' })).toMatchObject([mine, theirs]);
    expect(await conversation(desk, { with: DANA, limit: 1 })).toMatchObject([theirs]);
    expect(await conversation(desk)).toHaveLength(3);
    await desk.close();

    const next = await openDesk({
      env: environmentOf(account),
      dataDir: desk.dataDir,
      takesMessages: true,
    });
    expect(await conversation(next, { with: DANA })).toMatchObject([mine, theirs]);
    expect(await next.run({ ...hello, body: 'Back again.' })).toMatchObject({ ok: true });
    await next.event('message-status-changed', { status: 'delivered' });
    expect((await conversation(next, { with: DANA })).map(({ body }) => body)).toEqual([
      'Hello Dana.',
      'Hello desk.',
      'Back again.',
    ]);
  });

  it('that a network blocks tell of the registration that is missing', async () => {
    const { desk } = await deskOnAccount();
    await desk.run({ command: 'send-message', to: MAX, body: 'Hello Max.' });
    const { problem } = await desk.event('message-status-changed', { status: 'undelivered' });
    expect(problem).toMatchObject({
      message: expect.stringContaining('A2P 10DLC'),
      remedy: expect.stringContaining('Register'),
      code: '30034',
      link: expect.stringMatching(/^https:/),
    });
    expect(await conversation(desk, { with: MAX })).toMatchObject([
      { status: 'undelivered', code: '30034' },
    ]);
  });

  it('are refused to who wants none, until they want them again', async () => {
    const { account, desk } = await deskOnAccount();
    account.twilio.textIn('STOP', DANA);
    await desk.event('message-received', { body: 'STOP' });
    const message = { command: 'send-message', to: DANA, body: 'Hello.' };
    const outcome = await desk.run(message);
    expect(outcome).toMatchObject({ ok: false, problem: { code: '21610' } });
    expect(await conversation(desk, { with: DANA })).toMatchObject([
      { body: 'STOP' },
      { body: 'Hello.', sid: null, status: 'failed', code: '21610' },
    ]);
    account.twilio.textIn('START', DANA);
    await desk.event('message-received', { body: 'START' });
    expect(await desk.run(message)).toMatchObject({ ok: true });
  });

  it('are sent to the desk while it is open, and where they went before after that', async () => {
    const { account, desk } = await deskOnAccount();
    const smsUrl = async () =>
      (await listNumbers(account.client, account.twilio.number))[0]?.smsUrl;
    expect(await smsUrl()).toBe(`${desk.state().line.address.url}/sms/webhook`);
    await desk.close();
    expect(await smsUrl()).toBe(`${BEFORE}/sms`);
  });

  it('stay where they are for a desk that does not show them', async () => {
    const account = await openAccount({ smsUrl: `${BEFORE}/sms` });
    await openDesk({ env: environmentOf(account) });
    const [number] = await listNumbers(account.client, account.twilio.number);
    expect(number?.smsUrl).toBe(`${BEFORE}/sms`);
  });

  it('of the run before are still told of when Twilio does so late', async () => {
    const { account, desk } = await deskOnAccount();
    account.twilio.pretend({ callbackDelayMs: 3_600_000 });
    await desk.run({ command: 'send-message', to: DANA, body: 'Hello.' });
    const [kept] = await conversation(desk);
    await desk.close();
    const next = await openDesk({
      env: environmentOf(account),
      dataDir: desk.dataDir,
      takesMessages: true,
    });
    const url = `${next.state().line.address.url}/sms/status?messageId=${kept?.id}`;
    const status = { MessageSid: kept?.sid ?? '', MessageStatus: 'delivered' };
    await postSigned(url, status, account.twilio.authToken);
    await next.event('message-status-changed', { status: 'delivered', to: DANA });
    expect(await conversation(next)).toEqual([{ ...kept, status: 'delivered' }]);
  });

  it('go on while the disk refuses them, and are kept when it does not', async () => {
    const { account, desk } = await deskOnAccount();
    const other = new DatabaseSync(`${desk.dataDir}/earshot.db`);
    other.exec('BEGIN IMMEDIATE');
    account.twilio.textIn('One.', DANA);
    await desk.event('message-received', { body: 'One.' });
    await until(() => desk.state().problems.some(({ id }) => id === 'storage'));
    expect(await conversation(desk)).toEqual([]);
    other.exec('COMMIT');
    other.close();
    account.twilio.textIn('Two.', DANA);
    await desk.event('message-received', { body: 'Two.' });
    await until(() => desk.state().problems.length === 0);
    expect((await conversation(desk)).map(({ body }) => body)).toEqual(['One.', 'Two.']);
  });
});

describe('messages on the practice line', () => {
  it('go out and come in as on an account', async () => {
    const desk = await openDesk({ takesMessages: true });
    const practice = practiceOf(desk);
    await desk.run({ command: 'send-message', to: DANA, body: 'Hello Dana.' });
    await desk.event('message-status-changed', { status: 'delivered' });
    practice.textIn('Hello desk.', DANA);
    await desk.event('message-received', { from: DANA });
    expect(practice.messages()).toHaveLength(2);
    expect((await conversation(desk)).map(({ body }) => body)).toEqual([
      'Hello Dana.',
      'Hello desk.',
    ]);
  });
});

describe('a message that cannot be sent', () => {
  it('is refused before Twilio is asked when its numbers are none', async () => {
    const desk = await openDesk();
    const message = { command: 'send-message', to: DANA, body: 'Hello.' };
    for (const [change, kind] of [
      [{ to: 'Dana' }, 'invalid-number'],
      [{ to: '123' }, 'invalid-number'],
      [{ to: '911' }, 'not-available'],
      [{ from: 'the desk' }, 'invalid-number'],
      [{ from: '+14155550199' }, 'invalid-number'],
      [{ body: '' }, 'invalid-command'],
    ] as const) {
      expect(await desk.run({ ...message, ...change })).toMatchObject(refused(kind));
    }
    expect(practiceOf(desk).messages()).toEqual([]);
    expect(await conversation(desk)).toEqual([]);
  });

  it('is refused while the line is down', async () => {
    const account = await openAccount();
    account.twilio.pretend({ wrongToken: true });
    const desk = await openDesk({ env: environmentOf(account) });
    const message = { command: 'send-message', to: DANA, body: 'Hello.' };
    expect(await desk.run(message)).toMatchObject(refused('line-down'));
    expect(await conversation(desk)).toEqual([]);
  });
});
