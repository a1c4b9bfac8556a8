import { describe, expect, it, onTestFinished } from 'vitest';
import type { Message, MessageFact } from '../../electron/core/message.ts';
import { maxFailed } from '../../electron/practice/people/unreachable.ts';
import { createPracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { noFaults } from '../../electron/twilio/limits.ts';
import { createMessageRest, type MessageRest } from '../../electron/twilio/message-rest.ts';
import { createMessaging } from '../../electron/twilio/messaging.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { startServer } from '../../electron/twilio/server.ts';
import { quietLog } from '../support/quiet-log.ts';
import { postSigned } from '../support/signed-request.ts';
import { until } from '../support/until.ts';

type Fact = MessageFact & { readonly key?: string };

const DANA = '+14155550101';
const PHOTO = 'https://files.example.com/photo.jpg';

type Options = {
  readonly reachable?: boolean;
  readonly kept?: readonly Message[];
  readonly rest?: (rest: MessageRest) => MessageRest | null;
};

/** Messages on a practice line, with a server that Twilio's webhooks come to. */
async function open({ reachable = true, kept = [], rest = own => own }: Options = {}) {
  const practice = await createPracticeLine({ clock: systemClock, log: quietLog });
  onTestFinished(() => practice.close());
  const client = createRestClient({ ...practice, apiKey: null }, systemClock, () => 0);
  const facts: Fact[] = [];
  let ids = 0;
  let origin: string | null = null;
  const messaging = createMessaging({
    clock: systemClock,
    log: quietLog,
    rest: rest(createMessageRest(client)),
    origin: () => (reachable ? origin : null),
    newMessageId: () => `message-${++ids}`,
    kept: ({ id, sid }) => kept.find(each => each.id === id || each.sid === sid) ?? null,
    emit: fact => facts.push(fact),
  });
  const server = await startServer(
    {
      clock: systemClock,
      log: quietLog,
      counts: noFaults(),
      authToken: practice.authToken,
      origin: () => origin ?? '',
      webhooks: messaging.webhooks,
      isStreamPath: () => false,
      onStream: () => {},
    },
    0,
    '127.0.0.1',
  );
  onTestFinished(() => server.close());
  const address = `http://127.0.0.1:${server.port}`;
  origin = address;
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: practice.number });
  await client.incomingPhoneNumbers(number?.sid ?? '').update({ smsUrl: `${origin}/sms/webhook` });
  const statuses = (): string[] =>
    facts.flatMap(fact => (fact.event === 'message-status-changed' ? [fact.status] : []));
  return {
    practice,
    messaging,
    facts,
    statuses,
    told: () => facts.map(({ event }) => event),
    post: (path: string, params: Record<string, string>) =>
      postSigned(`${address}${path}`, params, practice.authToken),
    send: (to = DANA, body = 'Hello.', mediaUrls: readonly string[] = []) =>
      messaging.send({ to, ours: practice.number, body, mediaUrls }),
  };
}

describe('a message from here', () => {
  it('is told when it is asked for, when Twilio has it, and at each step to its delivery', async () => {
    const { send, told, statuses, facts, practice } = await open();
    const { messageId, messageSid } = await send();
    expect(messageId).toBe('message-1');
    expect(messageSid).toMatch(/^SM[0-9a-f]{32}$/);
    await until(() => statuses().includes('delivered'));
    expect(told().slice(0, 2)).toEqual(['message-requested', 'message-sent']);
    expect(statuses()).toEqual(['sending', 'sent', 'delivered']);
    const about = { messageId, direction: 'outbound', from: practice.number, to: DANA };
    for (const fact of facts) expect(fact).toMatchObject({ ...about, body: 'Hello.', media: [] });
    expect(facts[0]).toMatchObject({ messageSid: null });
    for (const fact of facts.slice(1)) expect(fact).toMatchObject({ messageSid });
    for (const fact of facts.slice(2)) expect(fact.key).toMatch(/^\S{16,}$/);
  });

  it('carries files', async () => {
    const { send, facts, practice } = await open();
    const { messageSid } = await send(DANA, '', [PHOTO]);
    expect(messageSid).toMatch(/^MM/);
    expect(facts[0]).toMatchObject({ body: '', media: [{ url: PHOTO, contentType: null }] });
    expect(practice.messages()).toMatchObject([{ mediaUrls: [PHOTO] }]);
  });

  it('that a network blocks is told with the registration that is missing, and with its page', async () => {
    const { send, facts, statuses } = await open();
    await send(maxFailed.number);
    await until(() => statuses().includes('undelivered'));
    const failed = facts.at(-1);
    expect(failed).toMatchObject({
      event: 'message-status-changed',
      problem: {
        kind: 'refused-by-twilio',
        message: expect.stringContaining('A2P 10DLC'),
        remedy: expect.stringMatching(/^Register the number/),
        code: '30034',
        link: 'https://www.twilio.com/docs/api/errors/30034',
      },
    });
    expect(JSON.stringify(failed)).not.toMatch(/repl(y|ies)|text (you )?first/i);
  });

  it('that Twilio refuses is refused here, and kept as failed', async () => {
    const { send, facts, told, practice } = await open();
    practice.textIn('STOP', DANA);
    await until(() => told().includes('message-received'));
    await expect(send()).rejects.toMatchObject({ problem: { code: '21610' } });
    expect(facts.slice(1)).toMatchObject([
      { event: 'message-requested' },
      { event: 'message-status-changed', status: 'failed', problem: { code: '21610' } },
    ]);
  });

  it('is sent without telling where, when Twilio cannot tell anything', async () => {
    const { send, told, practice } = await open({ reachable: false });
    await send();
    await until(() => practice.messages()[0]?.status === 'delivered');
    expect(told()).toEqual(['message-requested', 'message-sent']);
  });

  it('may go from another number of the account, but only from one that can send', async () => {
    const { messaging, practice, facts } = await open();
    const content = { to: DANA, ours: '+14155550199', body: 'Hello.', mediaUrls: [] };
    await messaging.send({ ...content, from: practice.number });
    expect(facts[0]).toMatchObject({ from: practice.number });
    const wrong = messaging.send({ ...content, from: '+14155550198' });
    await expect(wrong).rejects.toMatchObject({
      problem: { kind: 'invalid-number', remedy: expect.stringContaining(practice.number) },
    });
    expect(practice.messages()).toHaveLength(1);
  });

  it('that Twilio did not confirm is not sent again, and is known when Twilio tells of it', async () => {
    const { send, practice, told, statuses } = await open();
    practice.pretend({ lostReplies: 1 });
    await expect(send()).rejects.toMatchObject({
      problem: { kind: 'call-uncertain', message: expect.stringContaining('may arrive anyway') },
    });
    await until(() => statuses().includes('delivered'));
    expect(told().slice(0, 2)).toEqual(['message-requested', 'message-sent']);
    expect(practice.messages()).toHaveLength(1);
  });

  it('that surely did not reach Twilio has failed', async () => {
    const { send, practice, statuses } = await open();
    practice.pretend({ wrongToken: true });
    await expect(send()).rejects.toMatchObject({ problem: { kind: 'credentials-refused' } });
    expect(statuses()).toEqual(['failed']);
  });

  it('is sent once although Twilio wants no more requests for a moment', async () => {
    const { send, practice, statuses } = await open();
    practice.pretend({ tooManyRequests: 1, repeatCallbacks: true, shuffleCallbacks: true });
    await send();
    await until(() => statuses().includes('delivered'));
    expect(practice.messages()).toHaveLength(1);
    expect(new Set(statuses()).size).toBe(statuses().length);
  });

  it('needs an account', async () => {
    const { send, facts } = await open({ rest: () => null });
    await expect(send()).rejects.toMatchObject({ problem: { kind: 'not-available' } });
    expect(facts).toEqual([]);
  });
});

describe('what Twilio tells of a message', () => {
  it('late, twice or in another order changes nothing', async () => {
    const { send, post, statuses } = await open({ reachable: false });
    const { messageSid } = await send();
    const tell = (MessageStatus: string) =>
      post('/sms/status', { MessageSid: messageSid, MessageStatus });
    const words = ['sent', 'queued', 'delivered', 'sending', 'sent', 'failed', 'delivered', 'read'];
    for (const word of words) expect((await tell(word)).status).toBe(204);
    expect(statuses()).toEqual(['sent', 'delivered', 'read']);
  });

  it('before it has answered the request names the message', async () => {
    let answer: () => void = () => {};
    const waits = new Promise<void>(resolve => {
      answer = resolve;
    });
    const { send, told, statuses } = await open({
      rest: own => ({
        ...own,
        send: async message => {
          const sent = await own.send(message);
          await waits;
          return sent;
        },
      }),
    });
    const sent = send();
    await until(() => statuses().includes('delivered'));
    answer();
    await sent;
    expect(told().filter(event => event === 'message-sent')).toHaveLength(1);
    expect(statuses().at(-1)).toBe('delivered');
  });

  it('of a message of an earlier run is known by what was kept', async () => {
    const kept: Message = {
      id: 'old',
      sid: 'SM7',
      direction: 'outbound',
      them: DANA,
      ours: '+14155550100',
      body: 'Yesterday.',
      media: [],
      status: 'sent',
      at: 1,
      code: null,
    };
    const { post, facts } = await open({ kept: [kept] });
    await post('/sms/status', { MessageSid: 'SM7', MessageStatus: 'sent' });
    await post('/sms/status', { MessageSid: 'SM7', MessageStatus: 'delivered' });
    expect(facts).toMatchObject([
      { event: 'message-status-changed', messageId: 'old', status: 'delivered', to: DANA },
    ]);
  });

  it('of a message that is unknown here, or in words that are none, is passed over', async () => {
    const { send, post, told } = await open({ reachable: false });
    const { messageSid } = await send();
    for (const params of [
      { MessageSid: 'SM0', MessageStatus: 'delivered' },
      { MessageSid: messageSid, MessageStatus: 'teleported' },
      { MessageStatus: 'delivered' },
      {},
    ]) {
      expect((await post('/sms/status', params)).status).toBe(204);
    }
    expect(told()).toEqual(['message-requested', 'message-sent']);
  });

  it('of a failure without a reason is a problem all the same', async () => {
    const { send, post, facts } = await open({ reachable: false });
    const { messageSid } = await send();
    await post('/sms/status', { MessageSid: messageSid, MessageStatus: 'failed' });
    expect(facts.at(-1)).toMatchObject({
      status: 'failed',
      problem: { kind: 'refused-by-twilio', remedy: expect.any(String) },
    });
  });
});

describe('a message from outside', () => {
  it('is told with its files and answered with nothing', async () => {
    const { practice, facts, told } = await open();
    const { messageSid } = practice.textIn('Look.', DANA, [PHOTO, 'https://files.example.com/x']);
    await until(() => told().includes('message-received'));
    expect(facts).toEqual([
      {
        event: 'message-received',
        messageId: 'message-1',
        messageSid,
        direction: 'inbound',
        from: DANA,
        to: practice.number,
        body: 'Look.',
        media: [
          { url: PHOTO, contentType: 'image/jpeg' },
          { url: 'https://files.example.com/x', contentType: 'application/octet-stream' },
        ],
        key: expect.any(String),
      },
    ]);
    expect(practice.alerts()).toEqual([]);
    expect(practice.messages()).toHaveLength(1);
  });

  it('is taken on the path of older systems too, and to whatever number it came', async () => {
    const { post, facts } = await open();
    const params = { MessageSid: 'SM1', From: '72975', To: '+14155550199', Body: 'Code 1.' };
    const answer = await post('/webhooks/twilio/sms', params);
    expect(answer.headers.get('content-type')).toContain('text/xml');
    expect(await answer.text()).toMatch(/<Response\/>$/);
    expect(facts).toMatchObject([{ from: '72975', to: '+14155550199', media: [] }]);
  });

  it('is told once, however often it comes', async () => {
    const { post, facts } = await open();
    const params = { MessageSid: 'SM1', From: DANA, To: '+14155550100', Body: 'Hello.' };
    await post('/sms/webhook', params);
    await post('/sms/webhook', params);
    await post('/sms/webhook', { ...params, ApiVersion: '2010-04-01' });
    expect(facts).toHaveLength(1);
  });

  it('of odd shape is answered, and harms nothing', async () => {
    const { post, facts } = await open();
    const odd = { MessageSid: 'SM1', NumMedia: '999999999', MediaUrl0: '', MediaUrl3: PHOTO };
    expect((await post('/sms/webhook', odd)).status).toBe(200);
    expect((await post('/sms/webhook', { NumMedia: 'many' })).status).toBe(200);
    expect(facts).toMatchObject([{ from: '', body: '', media: [{ url: PHOTO }] }]);
  });
});

describe('closing', () => {
  it('waits for what is being sent', async () => {
    const { messaging, send, told } = await open();
    const sent = send();
    await messaging.close();
    expect(told()).toContain('message-sent');
    await sent;
  });
});
