import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createRest } from '../../electron/twilio/rest.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { testPerson } from '../practice/people.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { postSigned, signedUpgrade } from '../support/signed-request.ts';
import { until } from '../support/until.ts';
import {
  type HarnessOptions,
  openPracticeHarness,
  type PracticeHarness,
} from './practice-harness.ts';

const terry = testPerson({ patienceMs: 300_000 });

let harness: PracticeHarness;

afterEach(() => harness?.close());

async function open(options: Partial<HarnessOptions> = {}): Promise<PracticeHarness> {
  harness = await openPracticeHarness({ people: [terry], ...options });
  return harness;
}

/** What the practice line says of a call from outside. */
const caller = (CallSid: string, more: Record<string, string> = {}) => ({
  CallSid,
  CallStatus: 'ringing',
  Direction: 'inbound',
  From: terry.number,
  To: harness.practice.number,
  ...more,
});

const factOf = (event: string) => harness.facts.find(fact => fact.event === event);

describe('what the provider core of older systems did', () => {
  it('needs credentials before anything is asked of Twilio', () => {
    const options = { accountSid: 'AC1', authToken: null, apiKey: null, apiUrl: null };
    expect(() => createRestClient(options, fakeClock(), () => 0)).toThrow(/neither an auth token/);
  });

  it('calls out with an address for the document and one for every step', async () => {
    const { practice, hasTold, told } = await open();
    await harness.dial(terry.number);
    await until(hasTold('stream-started'));
    expect(told()).toEqual([
      'call-requested',
      'call-named',
      'call-ringing',
      'call-answered',
      'stream-started',
    ]);
    const steps = harness.facts.filter(({ event }) => /ringing|answered/.test(event));
    for (const { key } of steps) expect(key).toMatch(/^\S{16,}$/);
    expect(practice.alerts()).toEqual([]);
  });

  it('speaks a message whose document is served once and is gone then', async () => {
    const { line, practice, hasTold, post } = await open({ speed: 10 });
    const to = { number: terry.number, name: null };
    const options = {
      text: 'Hello.',
      voice: 'nova',
      hangUpAfterS: 5,
      detectMachine: false,
    } as const;
    const id = await line.notify(to, practice.number, options);
    await until(hasTold('text-said'));
    const again = caller(harness.sidOf(id), { Direction: 'outbound-api' });
    const reply = await post(`/voice/webhook?callId=${id}`, {
      ...again,
      CallStatus: 'in-progress',
    });
    expect(await reply.text()).toContain('<Response/>');
  });

  it('converses by a two-way stream whose token comes as a parameter', async () => {
    const { post } = await open({ pointNumber: false });
    const out = { CallSid: 'CA1', CallStatus: 'in-progress', Direction: 'outbound-api' };
    const reply = await post('/voice/webhook', {
      ...out,
      From: harness.practice.number,
      To: terry.number,
    });
    expect(await reply.text()).toMatch(
      /<Connect><Stream url="ws:[^"?]+"><Parameter name="token" value="[\w-]{22}"\/>/,
    );
  });

  it('takes calls by stream, or into the hold queue while the desk is busy', async () => {
    const { practice, hasTold } = await open({
      settings: { whenBusy: 'queue' },
      ports: { isBusy: () => true },
    });
    await practice.ringIn();
    await until(hasTold('call-waiting'));
    await harness.practiceMs(15_000);
    expect(practice.alerts()).toEqual([]);
    await harness.line.answer('call-1');
    await until(hasTold('stream-started'));
  });

  it('lets no stream in with a wrong token, nor with that of a call that is over', async () => {
    const { line, origin, post, practice } = await open({ pointNumber: false });
    const out = {
      CallSid: 'CA1',
      Direction: 'outbound-api',
      From: practice.number,
      To: '+14155550199',
    };
    const reply = await post('/voice/webhook', { ...out, CallStatus: 'in-progress' });
    const token = /name="token" value="([^"]+)"/.exec(await reply.text())?.[1] ?? '';
    await post('/voice/status', { ...out, CallStatus: 'completed' });
    const url = `${origin.replace('http', 'ws')}/voice/stream`;
    for (const wrong of [token, `${token.slice(0, -1)}!`, '']) {
      const socket = new WebSocket(url, { headers: signedUpgrade(url, practice.authToken) });
      const closed = new Promise(resolve => socket.on('close', resolve));
      socket.on('open', () => {
        const start = { streamSid: 'MZ1', callSid: 'CA1', customParameters: { token: wrong } };
        socket.send(JSON.stringify({ event: 'start', start }));
      });
      expect(await closed).toBe(1008);
    }
    expect(line.faults.streamToken).toBe(3);
  });

  it('tells speech, keys and each step of a call in words of its own', async () => {
    const script = [
      { do: 'pause', ms: 2000 },
      { do: 'say', text: 'Good day.' },
      { do: 'pause', ms: 60_000 },
    ] as const;
    const { hasTold } = await open({
      people: [testPerson({ script })],
      speed: 10,
      ports: { isTrial: () => true },
    });
    const id = await harness.dial(terry.number);
    await until(hasTold('segment'));
    expect(factOf('segment')).toMatchObject({ text: 'Good day.', isFinal: true, confidence: 0.95 });
    await harness.practiceMs(1000);
    harness.practice.sendDigits(harness.sidOf(id), '5#');
    await until(hasTold('digits-received'));
    await harness.line.hangUp(id);
    expect(factOf('call-ended')).toMatchObject({ reason: 'hung-up-here' });
  });

  it('takes calls that were dialled by the API or by a Dial for outbound, all others for inbound', async () => {
    const { post } = await open({ pointNumber: false });
    const from = harness.practice.number;
    for (const [index, Direction] of ['outbound-api', 'outbound-dial', 'inbound'].entries()) {
      const params = { ...caller(`CA${index}`), Direction };
      if (Direction !== 'inbound') Object.assign(params, { From: from, To: terry.number });
      void post('/voice/webhook', params);
    }
    await until(() => harness.told().filter(word => word === 'call-ringing').length === 3);
    const directions = harness.facts.flatMap(fact =>
      fact.event === 'call-ringing' ? [`${fact.callSid} ${fact.direction}`] : [],
    );
    expect(directions.sort()).toEqual(['CA0 outbound', 'CA1 outbound', 'CA2 inbound']);
  });

  it('names the request of a fact by its key, so that one told twice is told once', async () => {
    const { post, facts } = await open({ pointNumber: false });
    const params = { ...caller('CA1'), Direction: 'outbound-api', To: terry.number };
    const [first, second] = [
      await (await post('/voice/webhook', params)).text(),
      await (await post('/voice/webhook', params)).text(),
    ];
    expect(digest(first)).toBe(digest(second));
    expect(facts.map(({ event }) => event)).toEqual(['call-ringing', 'call-answered']);
    expect(new Set(facts.map(({ key }) => key)).size).toBe(1);
  });

  it('speaks by Twilio’s voices and listens where there is no stream', async () => {
    const { hasTold, line } = await open({ speed: 10, ports: { isTrial: () => true } });
    const id = await harness.dial(terry.number);
    await until(hasTold('gather-started'));
    await line.say(id, 'Welcome.', 'fable');
    await until(hasTold('text-said'));
    expect(factOf('text-said')).toMatchObject({ text: 'Welcome.', by: 'twiml' });
  });

  it('listens on request, and lets only the answer to that request through', async () => {
    const { line, hasTold, post } = await open({ speed: 10 });
    const id = await harness.dial(terry.number);
    const sid = await harness.connected(id);
    const turn = await line.gather(id, { voice: 'nova', input: 'speech', timeoutS: 30 });
    await until(hasTold('gather-started'));
    const answer = { ...caller(sid), CallStatus: 'in-progress', SpeechResult: 'Yes.' };
    await post(`/voice/gather?callId=${id}&turn=another`, answer);
    expect(hasTold('segment')()).toBe(false);
    expect(turn).toBe('turn-1');
  });

  it('takes a call that Twilio does not know for hung up, and asks how one is', async () => {
    const { rest, practice } = await open();
    const nobody = `CA${'0'.repeat(32)}`;
    expect(await rest.end(nobody, 'completed')).toBe('completed');
    expect(await rest.fetch(nobody)).toBeNull();
    const clock = fakeClock();
    const wrong = createRest(
      createRestClient({ ...practice, authToken: 'wrong', apiKey: null }, clock, () => 0),
    );
    await expect(wrong.fetch(nobody)).rejects.toMatchObject({ problem: { code: '20003' } });
  });

  it('refuses callers by policy before anything exists for them', async () => {
    const { practice, hasTold, told } = await open({ settings: { inboundPolicy: 'closed' } });
    await practice.ringIn();
    await until(hasTold('call-refused'));
    await harness.practiceMs(2000);
    expect(told()).toEqual(['call-refused']);
  });
});

describe('what the adapter of older systems did', () => {
  it('answers the same on every path that older systems used', async () => {
    const { origin, practice } = await open({ settings: { inboundPolicy: 'closed' } });
    const paths = [
      '/voice/webhook',
      '/voice/incoming',
      '/twilio/voice/inbound',
      '/twilio/voice/outbound_twiML',
      '/webhooks/twilio/voice',
      '/twiml',
    ];
    for (const [index, path] of paths.entries()) {
      const url = `${origin}${path}?session_id=s${index}`;
      const reply = await postSigned(url, caller(`CA${index}`), practice.authToken);
      expect(await reply.text()).toContain('<Reject reason="rejected"/>');
    }
    const status = [
      '/voice/status',
      '/voice/events',
      '/twilio/status',
      '/webhooks/twilio/status',
      '/call/status',
    ];
    for (const path of status) {
      const params = caller('CA9', { CallStatus: 'completed' });
      const reply = await postSigned(`${origin}${path}`, params, practice.authToken);
      expect(reply.status).toBe(204);
    }
  });

  it('opens streams on the paths that older systems used', async () => {
    const { origin, practice } = await open({ pointNumber: false });
    for (const path of ['/voice/stream', '/media-stream', '/twilio/stream/CA1']) {
      const url = `${origin.replace('http', 'ws')}${path}`;
      const socket = new WebSocket(url, { headers: signedUpgrade(url, practice.authToken) });
      await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
      socket.terminate();
    }
  });

  it('keeps who called whom, in which direction and when it ended', async () => {
    const { practice, hasTold, hasEnded } = await open();
    const { callSid } = await practice.ringIn();
    await until(hasTold('call-ringing'));
    expect(factOf('call-ringing')).toMatchObject({
      callSid,
      direction: 'inbound',
      them: { number: terry.number, name: terry.name },
      ours: practice.number,
    });
    practice.farHangUp(callSid);
    await until(hasEnded);
    expect(factOf('call-ended')).toMatchObject({ reason: 'missed' });
  });

  it('ends the call when the far side hangs up, and closes it when this side does', async () => {
    const { practice, rest, hasEnded } = await open();
    const one = await harness.connected(await harness.dial(terry.number));
    practice.farHangUp(one);
    await until(hasEnded);
    const id = await harness.dial(terry.number);
    const other = await harness.connected(id);
    await harness.line.hangUp(id);
    expect((await rest.fetch(other))?.status).toBe('completed');
  });
});

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
