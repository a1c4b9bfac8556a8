import { describe, expect, it } from 'vitest';
import type { Fact } from '../../electron/core/events.ts';
import type { RoomView } from '../../electron/core/room.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../electron/core/settings.ts';
import type { TranscriberName } from '../../electron/core/transcription.ts';
import { introduction } from '../support/builders.ts';
import { segment } from '../support/segments.ts';
import { frameOf, listeningPerson } from './listening-people.ts';
import { refusal } from './transcribing-line.ts';
import { goLive, openWrittenDesk, type WrittenDesk } from './written-desk.ts';

const SID = 'CAc1';

function change(desk: WrittenDesk, settings: Partial<Settings>): void {
  desk.emit({ event: 'settings-changed', settings: { ...DEFAULT_SETTINGS, ...settings } });
}

function writtenBy(by: TranscriberName | null): Partial<Settings> {
  const line = { by, language: 'en-US', hints: ['Earshot'] };
  return { transcripts: { practice: line, twilio: line } };
}

/** Words that were told, with a full stop when they are final. */
function words(desk: WrittenDesk): string[] {
  return desk
    .segments()
    .filter(({ text }) => text !== '')
    .map(({ speaker, who, text, isFinal }) =>
      [speaker, ...(who === null ? [] : [`(${who})`]), `${text}${isFinal ? '.' : ''}`].join(' '),
    );
}

const agent = {
  sid: 'CA2',
  role: 'agent',
  party: { number: '+14155550122', name: 'Booker Hale' },
  isProgram: false,
  status: 'joined',
  held: false,
  muted: false,
} as const;
const customer = {
  ...agent,
  sid: SID,
  role: 'customer',
  party: introduction('c1').them,
} as const;
const conference: RoomView = {
  shape: 'conference',
  conferenceSid: 'CF1',
  legs: [customer, agent],
  others: [],
};

describe('a call on a line whose transcripts are by Twilio', () => {
  it('is transcribed on both tracks from the moment its sound comes', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    goLive(desk);
    expect(desk.transcription('c1')).toMatchObject({ by: 'twilio', status: 'starting' });
    await desk.passes(200);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on', language: 'en-US' });
    expect(desk.line.asked).toEqual([
      {
        callSid: SID,
        tracks: ['inbound', 'outbound'],
        language: 'en-US',
        hints: ['Earshot'],
        labels: { inbound: 'Dana Reyes', outbound: 'Robin' },
      },
    ]);
    desk.line.hears(SID, 'inbound', 'good');
    desk.line.hears(SID, 'outbound', 'Hello', true);
    desk.line.hears(SID, 'inbound', 'Good day', true);
    expect(words(desk)).toEqual(['them Good day.', 'us Hello.']);
    expect(desk.segments()[0]).toMatchObject({ by: 'twilio', confidence: 0.97, place: null });
  });

  it('is not asked for when it began with its transcription', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    desk.emit({ event: 'call-ringing', ...introduction('c1') });
    const wish = desk.transcripts.wish('c1');
    expect(wish?.tracks).toEqual(['inbound', 'outbound']);
    const sid = desk.line.begin('c1', {
      callSid: SID,
      ...(wish ?? { tracks: [], language: '', hints: [], labels: { inbound: '', outbound: '' } }),
    });
    // Twilio is faster than the call's own events.
    desk.transcripts.told({ callSid: SID, transcriptionSid: sid, news: 'started', language: null });
    goLive(desk);
    await desk.passes(9000);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on' });
    expect(desk.line.asked).toEqual([]);
  });

  it('is asked for after eight seconds when that does not come, and what comes late is stopped', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    desk.emit({ event: 'call-ringing', ...introduction('c1') });
    const labels = { inbound: '', outbound: '' };
    const tracks = ['inbound', 'outbound'] as const;
    const begun = desk.line.begin('c1', {
      callSid: SID,
      tracks,
      language: 'en-US',
      hints: [],
      labels,
    });
    goLive(desk);
    await desk.passes(7900);
    expect(desk.transcription('c1')).toMatchObject({ status: 'starting' });
    expect(desk.line.asked).toEqual([]);
    await desk.passes(400);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on' });
    desk.line.hears(SID, 'inbound', 'Good day', true);
    expect(words(desk)).toEqual(['them Good day.']);
    expect(desk.line.running().map(({ sid }) => sid)).not.toContain(begun);
  });

  it('is asked for again with growing pauses, until it goes well', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    desk.line.refuse(refusal('rate-limited'), refusal('twilio-unreachable'));
    goLive(desk);
    await desk.passes(100);
    const failed = desk.transcription('c1');
    expect(failed).toMatchObject({ status: 'failed', problem: { kind: 'rate-limited' } });
    expect(failed?.retryAt).toBe(desk.clock.now() - 100 + 60 + 1000);
    await desk.passes(1060);
    expect(desk.transcription('c1')).toMatchObject({ problem: { kind: 'twilio-unreachable' } });
    await desk.passes(2100);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on', problem: null, retryAt: null });
    const [one] = desk.line.running();
    desk.line.hears(SID, 'inbound', 'good');
    desk.line.ends(one?.sid ?? '', 'failed', '32650');
    expect(desk.transcription('c1')).toMatchObject({
      status: 'failed',
      problem: { kind: 'transcript-failed', code: '32650' },
    });
    await desk.passes(5100);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on' });
  });

  it('is not asked for again when that does not help', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    desk.line.refuse(refusal('not-available'));
    goLive(desk);
    await desk.passes(60_000);
    expect(desk.transcription('c1')).toMatchObject({ status: 'failed', retryAt: null });
    expect(desk.line.asked.length).toBe(1);
    // Asked by the person it is tried once more.
    desk.transcripts.transcribe('c1', 'twilio');
    await desk.passes(100);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on' });
  });

  it('has its last words told after its end, and drafts that nobody finishes', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    goLive(desk);
    await desk.passes(200);
    desk.line.hears(SID, 'outbound', 'and a good');
    desk.line.hears(SID, 'inbound', 'good');
    desk.emit({ event: 'call-ended', callId: 'c1', reason: 'hung-up-there' });
    await desk.passes(1000);
    desk.line.hears(SID, 'inbound', 'Goodbye', true);
    await desk.passes(3000);
    expect(words(desk)).toEqual(['us and a good.', 'them Goodbye.']);
    expect(desk.clock.timers()).toBe(0);
  });

  it('tells people of a conference apart, without a gap and nothing twice', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    desk.soundSince = desk.clock.monotonic();
    goLive(desk);
    await desk.passes(200);
    desk.line.hears(SID, 'inbound', 'can I');
    desk.emit({ event: 'room-changed', callId: 'c1', room: conference });
    await desk.passes(2000);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on' });
    // Both hear the end of it.
    desk.line.hears(SID, 'inbound', 'Can I speak to Booker', true);
    await desk.passes(3000);
    expect(desk.line.running().map(({ callSid, tracks }) => [callSid, ...tracks])).toEqual([
      [SID, 'inbound'],
      ['CA2', 'inbound'],
    ]);
    desk.line.hears('CA2', 'inbound', 'I am here', true);
    const left = { ...conference, legs: [customer] };
    desk.emit({ event: 'room-changed', callId: 'c1', room: left });
    await desk.passes(1000);
    expect(desk.line.running().map(({ callSid }) => callSid)).toEqual([SID]);
    expect(words(desk)).toEqual(['them Can I speak to Booker.', 'us (Booker Hale) I am here.']);
  });

  it('stays on both tracks of the customer’s leg when Twilio does not take legs', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    goLive(desk);
    await desk.passes(200);
    desk.line.refuse(refusal('refused-by-twilio'));
    desk.emit({ event: 'room-changed', callId: 'c1', room: conference });
    await desk.passes(5000);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on', problem: null });
    expect(desk.line.running().map(({ callSid, tracks }) => [callSid, ...tracks])).toEqual([
      [SID, 'inbound', 'outbound'],
    ]);
  });

  it('leaves out what the music says to somebody on hold', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    goLive(desk);
    await desk.passes(200);
    desk.line.hears(SID, 'outbound', 'one');
    desk.emit({ event: 'hold-changed', callId: 'c1', on: true });
    desk.line.hears(SID, 'outbound', 'One moment', true);
    desk.line.hears(SID, 'outbound', 'la la');
    desk.line.hears(SID, 'inbound', 'Thank you', true);
    desk.emit({ event: 'hold-changed', callId: 'c1', on: false });
    desk.line.hears(SID, 'outbound', 'La la la', true);
    desk.line.hears(SID, 'outbound', 'I am back', true);
    expect(words(desk)).toEqual(['us One moment.', 'them Thank you.', 'us I am back.']);
  });

  it('gets the places of its words from who talked when', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    desk.soundSince = desk.clock.monotonic();
    goLive(desk);
    await desk.passes(2000);
    desk.transcripts.talking('c1', 'them', true, 1200);
    desk.line.hears(SID, 'inbound', 'good');
    await desk.passes(1000);
    desk.transcripts.talking('c1', 'them', false, 2500);
    desk.line.hears(SID, 'inbound', 'Good day', true);
    desk.line.hears(SID, 'outbound', 'Hello', true);
    expect(desk.segments().map(({ place }) => place)).toEqual([
      { atMs: 1200, lengthMs: 1300, wordsMs: null },
      { atMs: 2200, lengthMs: 400, wordsMs: null },
    ]);
  });

  it('has failed when Twilio stops by itself, but not when the call ends with that', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    const failures = () =>
      desk.events.filter(
        event => event.event === 'transcription-changed' && event.transcription.status === 'failed',
      );
    goLive(desk);
    await desk.passes(200);
    desk.line.ends(desk.line.running()[0]?.sid ?? '');
    await desk.passes(2200);
    expect(failures()).toHaveLength(1);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on' });
    desk.line.ends(desk.line.running()[0]?.sid ?? '');
    await desk.passes(500);
    desk.emit({ event: 'call-ended', callId: 'c1', reason: 'hung-up-there' });
    await desk.passes(5000);
    expect(failures()).toHaveLength(1);
    expect(desk.line.asked).toHaveLength(2);
  });

  it('has its last words told when they come after its end', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    desk.soundSince = desk.clock.monotonic();
    goLive(desk);
    await desk.passes(5000);
    desk.line.hears(SID, 'inbound', 'Good day', true);
    desk.transcripts.hear('c1', 'them', 4980, frameOf(1));
    desk.soundSince = null;
    desk.emit({ event: 'call-ended', callId: 'c1', reason: 'hung-up-there' });
    await desk.passes(1500);
    desk.line.hears(SID, 'inbound', 'Bye', true);
    expect(words(desk)).toEqual(['them Good day.', 'them Bye.']);
  });

  it('is told without what must not be kept', async () => {
    const desk = openWrittenDesk();
    change(desk, { ...writtenBy('twilio'), redactRecordings: true });
    desk.soundSince = desk.clock.monotonic();
    goLive(desk);
    await desk.passes(5000);
    desk.transcripts.talking('c1', 'them', true, 1000);
    desk.line.hears(SID, 'inbound', 'my card number is 4111 1111 1111 1111', true);
    const [segment] = desk.segments();
    expect(segment?.text).not.toMatch(/\d/);
    expect(desk.events).toContainEqual(
      expect.objectContaining({ event: 'sound-masked', callId: 'c1', speaker: 'them' }),
    );
    const key = { event: 'digits-received', callId: 'c1', digits: '5' } as const;
    expect(desk.transcripts.redacted(key)).toEqual(key);
    const digits = desk.transcripts.redacted({
      event: 'digits-received',
      callId: 'c1',
      digits: '4111111111111111',
    });
    expect(JSON.stringify(digits)).not.toMatch(/\d{6}/);
  });

  it('keeps no card that is pressed key by key, nor what is pressed after it', async () => {
    const desk = openWrittenDesk();
    change(desk, {});
    goLive(desk);
    for (const event of ['digits-received', 'digits-sent'] as const) {
      const press = (keys: string): string => {
        const fact = desk.transcripts.redacted({ event, callId: 'c1', digits: keys });
        return fact.event === event ? fact.digits : '';
      };
      const told = [...'4111111111111111#'].map(press).join('');
      expect(told).toBe('4111111111••••••#');
      await desk.passes(40_000);
      expect([...'123'].map(press).join('')).toBe('•••');
      await desk.passes(61_000);
      expect(press('5')).toBe('5');
    }
  });

  it('keeps no card in what is spoken for the desk, or told to its agent', () => {
    const desk = openWrittenDesk();
    change(desk, {});
    goLive(desk);
    const text = 'The card number is 4111 1111 1111 1111.';
    const tell = (fact: Fact): Fact => desk.transcripts.redacted(fact);
    const masked = 'The card number is •••• •••• •••• ••••.';
    expect(tell({ event: 'text-said', callId: 'c1', text, by: 'twiml' })).toMatchObject({
      text: masked,
    });
    const said = segment({ callId: 'c1', speaker: 'us', by: 'said', text });
    expect(tell({ event: 'segment', ...said })).toMatchObject({ text: masked });
    expect(tell({ event: 'agent-told', callId: 'c1', text })).toMatchObject({ text: masked });
    change(desk, { redact: false });
    expect(tell({ event: 'agent-told', callId: 'c1', text })).toMatchObject({ text });
  });
});

describe('a call whose transcripts are by a transcriber of its sound', () => {
  const openWith = (options?: { readonly readyMs?: number }) => {
    let person = listeningPerson(openWrittenDesk().clock, 'openai');
    const desk = openWrittenDesk(clock => {
      person = listeningPerson(clock, 'openai', options);
      return [person];
    });
    change(desk, writtenBy('openai'));
    return { desk, person };
  };
  /** Somebody says a word of 200 ms; a pause follows. */
  const say = async (desk: WrittenDesk, side: 'them' | 'us', word: number): Promise<void> => {
    for (let i = 0; i < 30; i += 1) {
      const atMs = desk.clock.monotonic() - (desk.soundSince ?? 0);
      desk.transcripts.hear('c1', side, atMs, frameOf(i < 10 ? word : null));
      await desk.passes(20);
    }
  };

  it('has both sides listened to', async () => {
    const { desk, person } = openWith();
    desk.soundSince = desk.clock.monotonic();
    goLive(desk);
    expect(desk.transcription('c1')).toMatchObject({ by: 'openai', status: 'starting' });
    await desk.passes(100);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on' });
    await say(desk, 'them', 7);
    await say(desk, 'us', 8);
    expect(words(desk)).toEqual(['them word7.', 'us word8.']);
    expect(desk.segments()[0]?.place).toEqual({ atMs: 100, lengthMs: 200, wordsMs: [0] });
    const [one] = person.sessions;
    one?.listener.onBehind(refusal('transcript-behind'));
    expect(desk.transcription('c1')).toMatchObject({ status: 'behind' });
    one?.listener.onBehind(null);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on', problem: null });
  });

  it('shows what stands in the way, until that is another', async () => {
    const { desk, person } = openWith();
    person.hindered = refusal('transcriber-unready');
    goLive(desk);
    expect(desk.transcription('c1')).toMatchObject({
      by: 'openai',
      status: 'failed',
      problem: { kind: 'transcriber-unready' },
      retryAt: null,
    });
    await desk.passes(60_000);
    expect(person.sessions).toEqual([]);
    person.hindered = null;
    const keys = { openai: 'kept', deepgram: null } as const;
    desk.emit({ event: 'transcriber-keys-changed', keys });
    await desk.passes(100);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on' });
  });

  it('shows that it does not listen, and when it does again', async () => {
    const { desk, person } = openWith();
    goLive(desk);
    await desk.passes(100);
    for (const session of person.sessions) session.fail(refusal('transcript-failed'), 1000);
    expect(desk.transcription('c1')).toMatchObject({
      status: 'failed',
      retryAt: desk.clock.now() + 1000,
    });
    await desk.passes(1000);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on', retryAt: null });
  });

  it('is written by whom a command names, and by nobody when it says so', async () => {
    const { desk, person } = openWith();
    goLive(desk);
    await desk.passes(100);
    // The choice for the line is for calls to come.
    change(desk, writtenBy('twilio'));
    await desk.passes(200);
    expect(desk.transcription('c1')?.by).toBe('openai');
    desk.transcripts.transcribe('c1', 'twilio');
    expect(desk.transcription('c1')).toMatchObject({ by: 'twilio', status: 'starting' });
    expect(person.sessions.every(({ isOpen }) => isOpen)).toBe(true);
    await desk.passes(200);
    expect(desk.transcription('c1')).toMatchObject({ by: 'twilio', status: 'on' });
    // What was said as it was changed has been told by then.
    await desk.passes(1000);
    expect(person.sessions.some(({ isOpen }) => isOpen)).toBe(false);
    desk.transcripts.transcribe('c1', 'off');
    expect(desk.transcription('c1')).toMatchObject({ by: null, status: 'off' });
    await desk.passes(200);
    expect(desk.line.running()).toEqual([]);
    // What runs though nobody wants it is stopped.
    const labels = { inbound: '', outbound: '' };
    desk.line.begin('x', {
      callSid: SID,
      tracks: ['inbound'],
      language: 'en-US',
      hints: [],
      labels,
    });
    desk.line.hears(SID, 'inbound', 'twice', true);
    expect(desk.line.running()).toEqual([]);
    expect(words(desk)).toEqual([]);
  });

  it('cannot be listened to where Twilio carries it as words', async () => {
    const { desk } = openWith();
    desk.emit({ event: 'call-ringing', ...introduction('c1') });
    desk.emit({ event: 'call-answered', callId: 'c1', carrier: 'gather' });
    await desk.passes(3100);
    expect(desk.transcription('c1')).toMatchObject({
      status: 'failed',
      problem: { kind: 'not-available' },
    });
  });

  it('is not here when this run has none', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('offline'));
    goLive(desk);
    expect(desk.transcription('c1')).toMatchObject({
      by: 'offline',
      status: 'failed',
      problem: { kind: 'not-available' },
    });
  });
});

describe('a call of others', () => {
  it('is written down once it is heard', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    const dialled: RoomView = { ...conference, shape: 'dialled', conferenceSid: null };
    const followed = { ...introduction('c1'), kind: 'supervised', startedAt: 1 } as const;
    desk.emit({ event: 'call-followed', ...followed, room: dialled });
    await desk.passes(200);
    expect(desk.line.asked).toEqual([]);
    desk.emit({ event: 'listening-changed', callId: 'c1', on: true });
    await desk.passes(200);
    desk.line.hears(SID, 'outbound', 'This is Booker', true);
    expect(words(desk)).toEqual(['us (Booker Hale) This is Booker.']);
    // It goes on without this desk, and without being written down.
    desk.emit({ event: 'call-ended', callId: 'c1', reason: 'left' });
    await desk.passes(200);
    expect(desk.line.running()).toEqual([]);
  });

  it('is left alone when Earshot quits', async () => {
    const desk = openWrittenDesk();
    change(desk, writtenBy('twilio'));
    desk.emit({
      event: 'call-followed',
      ...introduction('c1'),
      kind: 'supervised',
      startedAt: 1,
      room: conference,
    });
    desk.emit({ event: 'listening-changed', callId: 'c1', on: true });
    await desk.passes(200);
    expect(desk.line.running().length).toBe(2);
    await desk.transcripts.close();
    expect(desk.line.running()).toEqual([]);
  });
});
