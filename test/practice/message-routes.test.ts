import { describe, expect, it } from 'vitest';
import { maxFailed } from '../../electron/practice/people/unreachable.ts';
import { eventually, type Fixture, openLine } from './fixture.ts';
import { testPerson } from './people.ts';

const statuses = (line: Fixture): (string | undefined)[] =>
  line.app.requests('/status').map(({ params }) => params['MessageStatus']);

async function send(to = '+14155550121') {
  const line = await openLine([testPerson(), maxFailed]);
  const message = await line.client.messages.create({
    to,
    from: line.line.number,
    body: 'Hello there',
    statusCallback: line.app.on('/status', { status: 204 }),
  });
  return { ...line, message };
}

describe('sending a message', () => {
  it('answers with the message and tells every step', async () => {
    const line = await send();
    expect(line.message).toMatchObject({
      status: 'queued',
      direction: 'outbound-api',
      body: 'Hello there',
      numSegments: '1',
      numMedia: '0',
      errorCode: null,
    });
    expect(line.message.sid).toMatch(/^SM[0-9a-f]{32}$/);
    await eventually(() =>
      expect(statuses(line)).toEqual(['queued', 'sending', 'sent', 'delivered']),
    );
    expect(line.app.requests('/status')[0]?.params).toMatchObject({
      MessageSid: line.message.sid,
      SmsSid: line.message.sid,
      From: line.line.number,
      To: '+14155550121',
    });
    const shown = await line.client.messages(line.message.sid).fetch();
    expect(shown.status).toBe('delivered');
    expect(shown.dateSent).toBeInstanceOf(Date);
    expect(await line.client.messages.list({ to: '+14155550121' })).toHaveLength(1);
    expect(await line.client.messages.list({ to: '+14155550199' })).toHaveLength(0);
    await line.client.messages(line.message.sid).remove();
    await expect(line.client.messages(line.message.sid).fetch()).rejects.toMatchObject({
      code: 20404,
    });
  });

  it.each([
    ['to Max Failed, of a carrier that blocks it', maxFailed.number, '30034'],
    ['to a number nobody has', '+14155559999', '30005'],
  ])('does not arrive %s', async (_, to, code) => {
    const line = await send(to);
    await eventually(() => expect(statuses(line).at(-1)).toBe('undelivered'));
    expect(line.app.requests('/status').at(-1)?.params['ErrorCode']).toBe(code);
  });

  it.each([
    ['no To', { to: '' }, 21604],
    ['no From', { from: '' }, 21603],
    ['a To that is no number', { to: 'dana' }, 21211],
    ['a From that is not ours', { from: '+14155550101' }, 21606],
    ['a messaging service', { from: undefined, messagingServiceSid: 'MG1' }, 21701],
    ['nothing to say', { body: '' }, 21602],
    ['too much to say', { body: 'x'.repeat(1601) }, 21617],
    ['too many pictures', { mediaUrl: new Array(11).fill('https://a/b.png') }, 21623],
    ['a picture that is nowhere', { mediaUrl: ['b.png'] }, 21620],
  ])('is refused with %s', async (_, change, code) => {
    const { line, client } = await openLine();
    const usual = { to: '+14155550121', from: line.number, body: 'Hi' };
    await expect(client.messages.create({ ...usual, ...change } as never)).rejects.toMatchObject({
      status: 400,
      code,
    });
  });
});
