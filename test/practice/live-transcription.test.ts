import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { talk } from '../../electron/practice/bridge.ts';
import type { PracticeCall } from '../../electron/practice/call.ts';
import { type JoinOptions, PLAIN_JOIN } from '../../electron/practice/conference-options.ts';
import type { Line } from '../../electron/practice/line.ts';
import { startTranscription } from '../../electron/practice/live-transcription.ts';
import { runProgram } from '../../electron/practice/run-twiml.ts';
import { pause, type Script } from '../../electron/practice/script.ts';
import { transcriptionOf } from '../../electron/practice/twiml-transcription.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { type AppServer, createAppServer } from './app-server.ts';
import { answeredCall, bareLine } from './bare-line.ts';
import { eventually, response } from './fixture.ts';

/** Turns of the event loop in which what was spoken becomes ready. */
const TURNS = 4;

let app: AppServer;
let clock: FakeClock;
let line: Line;

beforeEach(async () => {
  app = await createAppServer();
  app.on('/words', { status: 204 });
  clock = fakeClock();
  line = bareLine(clock);
});

afterEach(async () => {
  for (const call of line.calls.list()) call.end('completed');
  line.webhooks.close();
  await app.close();
});

async function pass(ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 20) {
    for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve();
    clock.advance(20);
  }
}

/** Somebody who says these texts, one after the other, and stays. */
async function speaker(...texts: readonly string[]): Promise<PracticeCall> {
  for (const text of texts) await line.speech.speak(text, { name: 'kal16' });
  const script: Script = texts.flatMap(text => [
    pause(300),
    { do: 'say' as const, text },
    pause(1000),
  ]);
  return answeredCall(line, [...script, pause(3_600_000)]);
}

function transcribe(call: PracticeCall, more: Readonly<Record<string, string>> = {}) {
  const given: Record<string, string> = { statusCallbackUrl: `${app.url}/words`, ...more };
  const transcription = startTranscription(
    line,
    call,
    transcriptionOf(name => given[name]),
  );
  if (transcription === undefined) throw new Error('The name is in use');
  return transcription;
}

type Params = Readonly<Record<string, string>>;

const received = (): readonly Params[] => app.requests('/words').map(({ params }) => params);
const events = () => received().map(params => params['TranscriptionEvent']);

/** What was told until a transcription ended. */
async function whenOver(): Promise<readonly Params[]> {
  await eventually(() => expect(events().at(-1)).toMatch(/-(?:stopped|error)$/));
  return received();
}

/** Every final of a track. */
function finalsOf(told: readonly Params[], track?: 'inbound' | 'outbound'): string[] {
  return told
    .filter(
      ({ Final, Track }) => Final === 'true' && (track === undefined || Track === `${track}_track`),
    )
    .map(({ TranscriptionData = '{}' }) => JSON.parse(TranscriptionData).transcript);
}

describe('a transcription', () => {
  it('tells its beginning, partial and final words and its end, signed and numbered', async () => {
    const call = await speaker('My card number is 4111 1111.');
    const { sid } = transcribe(call, { partialResults: 'true', hints: 'card', name: 'desk' });
    await pass(8000);
    call.end('completed');
    const told = await whenOver();
    expect(told[0]).toEqual({
      AccountSid: line.accountSid,
      CallSid: call.sid,
      TranscriptionSid: sid,
      TranscriptionEvent: 'transcription-started',
      TranscriptionEngine: 'google',
      ProviderConfiguration:
        '{"profanityFilter":"true","speechModel":"telephony","enableAutomaticPunctuation":"true","hints":"card"}',
      LanguageCode: 'en-US',
      PartialResults: 'true',
      Track: 'both_tracks',
      SequenceId: '1',
      Timestamp: '1970-01-01T00:16:40.000Z',
    });
    const texts = told
      .slice(1, -1)
      .map(({ TranscriptionData = '' }) => JSON.parse(TranscriptionData).transcript);
    expect(texts).toEqual([
      'my',
      'my card',
      'my card number',
      'my card number is',
      'my card number is 4111',
      'my card number is 4111 1111',
      'My card number is 4111 1111.',
    ]);
    expect(told[1]).toMatchObject({
      TranscriptionEvent: 'transcription-content',
      TranscriptionData: '{"transcript":"my"}',
      Final: 'false',
      Track: 'inbound_track',
      Stability: '0.9',
    });
    expect(told.at(-2)).toMatchObject({ Final: 'true', LanguageCode: 'en-US' });
    expect(JSON.parse(told.at(-2)?.['TranscriptionData'] ?? '').confidence).toBeGreaterThan(0.8);
    expect(told.at(-2)).not.toHaveProperty('Stability');
    expect(told.at(-1)).toMatchObject({ TranscriptionEvent: 'transcription-stopped' });
    expect(told.map(params => params['SequenceId'])).toEqual(told.map((_, at) => String(at + 1)));
    for (const { params, signature } of app.requests('/words')) {
      const url = `${app.url}/words`;
      expect(twilio.validateRequest(line.authToken, signature, url, params)).toBe(true);
    }
  });

  it('tells the words of a sentence that the end of the call cuts off', async () => {
    const text = 'Everybody in this house was asked about my parcel yesterday';
    const call = await speaker(text);
    transcribe(call);
    await pass(2000);
    call.end('completed');
    const [final = ''] = finalsOf(await whenOver());
    expect(final.length).toBeGreaterThan(10);
    expect(final.length).toBeLessThan(text.length);
    expect(text.startsWith(`${final} `)).toBe(true);
  });

  it('tells what somebody is made to say, in the middle of their own sentence', async () => {
    const call = await speaker('Everybody in this house was asked about my parcel');
    transcribe(call);
    await pass(2000);
    const text = 'Cancel my contract.';
    const samples = await line.speech.speak(text, { name: 'kal16' });
    void call.leg.interject(samples, text);
    void call.leg.interject(new Int16Array(8000));
    await pass(8000);
    call.end('completed');
    const finals = finalsOf(await whenOver());
    expect(finals).toHaveLength(3);
    expect(finals).toContain('Cancel my contract.');
    const rest = finals.filter(final => final !== text).join(' ');
    expect(rest.toLowerCase()).toBe('everybody in this house was asked about my parcel');
  });

  it('tells one side alone when it is asked to', async () => {
    const [one, other] = [await speaker('Here am I.'), await speaker('There are you.')];
    void talk(line, one, other, new AbortController().signal, {
      timeLimitMs: 60_000,
      hangupOnStar: false,
    });
    transcribe(one, { track: 'outbound_track' });
    await pass(4000);
    one.end('completed');
    const told = await whenOver();
    expect(told[0]?.['Track']).toBe('outbound_track');
    expect(finalsOf(told)).toEqual(['There are you.']);
  });

  it('has no names twice on a call at the same time', async () => {
    const call = await speaker();
    const first = transcribe(call, { name: 'desk' });
    expect(() => transcribe(call, { name: 'desk' })).toThrow('in use');
    transcribe(call);
    transcribe(call);
    first.stop();
    first.stop();
    expect(first.status).toBe('stopped');
    transcribe(call, { name: 'desk' });
    await eventually(() => expect(events()).toHaveLength(5));
  });
});

describe('what is heard on a leg', () => {
  async function inRoom(call: PracticeCall, options: Partial<JoinOptions> = {}) {
    const conference = line.conferences.named(line, 'room');
    void conference.join(
      call,
      { ...PLAIN_JOIN, beep: 'false', ...options },
      new AbortController().signal,
    );
    return conference;
  }

  it('is everybody who speaks in a conference, and not oneself', async () => {
    const customer = await speaker('I am the customer.');
    await inRoom(customer);
    await inRoom(await speaker('I am the agent, good morning.'));
    transcribe(customer);
    await pass(5000);
    customer.end('completed');
    const told = await whenOver();
    expect(finalsOf(told, 'inbound')).toEqual(['I am the customer.']);
    expect(finalsOf(told, 'outbound')).toEqual(['I am the agent, good morning.']);
  });

  it('is nobody who is muted, on hold, or coaches somebody else', async () => {
    const customer = await speaker();
    const agent = await speaker();
    const coach = await speaker('Offer her a discount.');
    const muted = await speaker('Nobody hears me.');
    const room = await inRoom(customer);
    await inRoom(agent);
    await inRoom(coach, { coaching: true, callSidToCoach: agent.sid });
    await inRoom(muted, { muted: true });
    const held = await speaker('I am on hold.');
    await inRoom(held);
    room.update(held.sid, { hold: true });
    transcribe(customer, { track: 'outbound_track', name: 'customer' });
    transcribe(agent, { track: 'outbound_track', name: 'agent' });
    await pass(5000);
    customer.end('completed');
    agent.end('completed');
    await eventually(() =>
      expect(events().filter(event => event === 'transcription-stopped')).toHaveLength(2),
    );
    const of = (call: PracticeCall) => received().filter(({ CallSid }) => CallSid === call.sid);
    expect(finalsOf(of(customer))).toEqual([]);
    expect(finalsOf(of(agent))).toEqual(['Offer her a discount.']);
  });

  it('is what TwiML says, and no sound it plays', async () => {
    const call = await speaker();
    await line.speech.speak('Your call matters.', { name: 'slt' });
    const twiml = response('<Play digits="1234"/><Say>Your call matters.</Say><Pause length="9"/>');
    transcribe(call);
    runProgram(line, call, { kind: 'text', twiml });
    await pass(5000);
    call.end('completed');
    const told = await whenOver();
    expect(finalsOf(told, 'outbound')).toEqual(['Your call matters.']);
    expect(finalsOf(told, 'inbound')).toEqual([]);
  });
});

describe('a transcription that goes wrong', () => {
  it.each([
    ['of an unknown language', { languageCode: 'tlh-QO' }, '32651'],
    ['of an unknown engine', { transcriptionEngine: 'abacus' }, '32650'],
  ] as const)('%s is an error at once, and the call goes on', async (_, given, code) => {
    const call = await speaker('Hello.');
    expect(transcribe(call, given).status).toBe('stopped');
    await pass(2000);
    expect(await whenOver()).toMatchObject([
      { TranscriptionEvent: 'transcription-error', TranscriptionErrorCode: code, SequenceId: '1' },
    ]);
    expect(line.alerts.list()).toMatchObject([{ code: Number(code), callSid: call.sid }]);
    expect(call.status).toBe('in-progress');
  });

  it('is over in the middle while an error is pretended', async () => {
    const call = await speaker('I am here.', 'I am still here.');
    transcribe(call);
    await pass(2500);
    line.pretences.change({ transcriptionError: 32650 });
    await pass(3000);
    const told = await whenOver();
    expect(finalsOf(told)).toEqual(['I am here.']);
    expect(told.at(-1)).toMatchObject({
      TranscriptionErrorCode: '32650',
      TranscriptionError: expect.stringContaining('Configuration'),
      SequenceId: '3',
    });
    line.pretences.change({ transcriptionError: null });
    transcribe(call);
    await eventually(() => expect(events().at(-1)).toBe('transcription-started'));
  });
});

describe('its callbacks', () => {
  async function three(): Promise<void> {
    const call = await speaker('I am here.');
    transcribe(call);
    await pass(2500);
    call.end('completed');
  }

  const numbers = () => received().map(params => params['SequenceId']);

  it('come twice, each the same, when that is pretended', async () => {
    line.pretences.change({ repeatCallbacks: true });
    await three();
    await eventually(() => expect(numbers()).toEqual(['1', '1', '2', '2', '3', '3']));
  });

  it('come the newer first when that is pretended', async () => {
    line.pretences.change({ shuffleCallbacks: true });
    await three();
    await eventually(() => expect(numbers()).toEqual(['2', '1', '3']));
  });

  it('come late when that is pretended', async () => {
    line.pretences.change({ callbackDelayMs: 60_000 });
    await three();
    expect(numbers()).toEqual([]);
    await pass(60_000);
    await eventually(() => expect(numbers()).toEqual(['1', '2', '3']));
  });

  it('are lost when that is pretended, and then are not', async () => {
    line.pretences.change({ lostCallbacks: 2 });
    await three();
    await eventually(() => expect(numbers()).toEqual(['3']));
    expect(line.pretences.now.lostCallbacks).toBe(0);
  });
});
