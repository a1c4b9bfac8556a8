import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../electron/core/settings.ts';
import type { SoundTranscriber } from '../../electron/core/transcriber.ts';
import type { TranscriberName } from '../../electron/core/transcription.ts';
import { introduction } from '../support/builders.ts';
import { segment } from '../support/segments.ts';
import { frameOf, listeningPerson } from './listening-people.ts';
import { refusal } from './transcribing-line.ts';
import { goLive, openWrittenDesk, type WrittenDesk } from './written-desk.ts';

const SID = 'CAc1';

function choose(desk: WrittenDesk, by: TranscriberName | null, language = 'en-US'): void {
  const line = { by, language, hints: [] };
  const transcripts = { practice: line, twilio: line };
  desk.emit({ event: 'settings-changed', settings: { ...DEFAULT_SETTINGS, transcripts } });
}

function told(desk: WrittenDesk): string[] {
  return desk.segments().flatMap(({ by, text }) => (text === '' ? [] : [`${by}: ${text}`]));
}

describe('a call that Twilio writes down from its middle', () => {
  it('has no words placed before Twilio listened', async () => {
    const desk = openWrittenDesk();
    choose(desk, null);
    desk.soundSince = desk.clock.monotonic();
    goLive(desk);
    await desk.passes(3000);
    desk.transcripts.transcribe('c1', 'openai');
    desk.transcripts.talking('c1', 'them', true, 2720);
    desk.transcripts.talking('c1', 'them', false, 5000);
    await desk.passes(3000);
    desk.transcripts.transcribe('c1', 'twilio');
    await desk.passes(1700);
    desk.transcripts.talking('c1', 'them', true, 7680);
    await desk.passes(1000);
    desk.line.hears(SID, 'inbound', 'where is');
    await desk.passes(1000);
    desk.transcripts.talking('c1', 'them', false, 9600);
    desk.line.hears(SID, 'inbound', 'Where is it', true);
    expect(desk.segments().at(-1)?.place).toMatchObject({ atMs: 7680, lengthMs: 1820 });
  });

  it('has words of talk that went on as Twilio began placed after that', async () => {
    const desk = openWrittenDesk();
    choose(desk, null);
    desk.soundSince = desk.clock.monotonic();
    goLive(desk);
    desk.transcripts.transcribe('c1', 'openai');
    desk.transcripts.talking('c1', 'them', true, 500);
    await desk.passes(6000);
    desk.transcripts.transcribe('c1', 'twilio');
    await desk.passes(2000);
    desk.line.hears(SID, 'inbound', 'on Tuesday', true);
    const place = desk.segments().at(-1)?.place;
    expect(place?.atMs).toBeGreaterThanOrEqual(6000);
    expect(place?.atMs).toBeLessThan(6200);
  });
});

describe('a call that nobody writes down because of what was chosen', () => {
  it('is written down anew as soon as another language is chosen', async () => {
    const desk = openWrittenDesk();
    choose(desk, 'twilio', 'xx-XX');
    goLive(desk);
    await desk.passes(200);
    desk.line.ends(desk.line.running()[0]?.sid ?? '', 'failed', '32651');
    expect(desk.transcription('c1')).toMatchObject({ status: 'failed', retryAt: null });
    choose(desk, 'twilio', 'de-DE');
    await desk.passes(200);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on', language: 'de-DE' });
    expect(desk.line.asked.map(({ language }) => language)).toEqual(['xx-XX', 'de-DE']);
    // One that is written down goes on as it is.
    choose(desk, 'twilio', 'fr-FR');
    await desk.passes(200);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on', language: 'de-DE' });
    expect(desk.line.asked).toHaveLength(2);
  });

  it('is written down by another as soon as that is chosen', async () => {
    const desk = openWrittenDesk(clock => [
      { ...listeningPerson(clock, 'openai'), obstacle: () => refusal('transcriber-unready') },
    ]);
    choose(desk, 'openai');
    goLive(desk);
    expect(desk.transcription('c1')).toMatchObject({ by: 'openai', status: 'failed' });
    choose(desk, 'twilio');
    await desk.passes(200);
    expect(desk.transcription('c1')).toMatchObject({ by: 'twilio', status: 'on' });
  });
});

describe('a leg that Twilio calls over though its call goes on', () => {
  it('is asked for again', async () => {
    const desk = openWrittenDesk();
    choose(desk, 'twilio');
    desk.line.refuse(refusal('call-over'), refusal('call-over'));
    goLive(desk);
    await desk.passes(10_200);
    expect(desk.line.asked).toHaveLength(2);
    expect(desk.transcription('c1')).toMatchObject({
      status: 'failed',
      problem: { kind: 'call-over' },
      retryAt: expect.any(Number),
    });
    await desk.passes(1200);
    expect(desk.transcription('c1')).toMatchObject({ status: 'on' });
  });
});

describe('a call that Twilio carries as words', () => {
  it('has what a gather and Twilio’s transcription heard told once', async () => {
    const desk = openWrittenDesk();
    choose(desk, 'twilio');
    desk.emit({ event: 'call-ringing', ...introduction('c1') });
    desk.emit({ event: 'call-answered', callId: 'c1', carrier: 'gather' });
    await desk.passes(3500);
    const gather = (segmentId: string, text: string): void => {
      const said = segment({ callId: 'c1', segmentId, text, by: 'gather', turn: segmentId });
      desk.emit(desk.transcripts.redacted({ event: 'segment', ...said }));
    };
    desk.line.hears(SID, 'inbound', 'good');
    desk.line.hears(SID, 'inbound', 'good morning', true);
    expect(told(desk)).toEqual(['twilio: good morning']);
    gather('turn-1', 'Good morning.');
    expect(told(desk)).toEqual(['gather: Good morning.']);
    await desk.passes(2000);
    desk.line.hears(SID, 'inbound', 'it is');
    gather('turn-2', 'It is late.');
    desk.line.hears(SID, 'inbound', 'It is late', true);
    expect(told(desk)).toEqual(['gather: Good morning.', 'gather: It is late.']);
    expect(desk.segments().every(({ isFinal }) => isFinal)).toBe(true);
  });
});

describe('a call of which it is not known who talks', () => {
  it('is listened to all the same, until that is known', async () => {
    const turns: string[] = [];
    const listener = (person: SoundTranscriber): SoundTranscriber => ({
      ...person,
      open: (request, told) => ({
        ...person.open(request, told),
        talking: (on, atMs) => turns.push(`${request.speaker} ${on ? 'on' : 'off'} ${atMs}`),
      }),
    });
    const desk = openWrittenDesk(clock => [listener(listeningPerson(clock, 'offline'))]);
    desk.talkIsKnown = false;
    choose(desk, 'offline');
    goLive(desk);
    const hear = (side: 'them' | 'us', atMs: number): void =>
      desk.transcripts.hear('c1', side, atMs, frameOf(null));
    hear('them', 40);
    hear('them', 60);
    expect(turns.splice(0)).toEqual(['them on 40']);
    desk.transcripts.talking('c1', 'us', true, 100);
    desk.transcripts.talking('c1', 'us', false, 500);
    hear('us', 600);
    expect(turns.splice(0)).toEqual(['us on 100', 'us off 500']);
    desk.transcripts.talkUnknown();
    expect(turns.splice(0)).toEqual(['them on 600', 'us on 600']);
    // Those that begin when it is known wait for it.
    desk.talkIsKnown = true;
    desk.transcripts.transcribe('c1', 'off');
    desk.transcripts.transcribe('c1', 'offline');
    hear('them', 700);
    expect(turns).toEqual([]);
  });
});
