import { expect, test } from 'vitest';
import { NO_KEYS, type Pack } from '../../../electron/core/transcription.ts';
import { attentionWords } from '../../../renderer/calls/attention-sentence.ts';
import { copiedTranscript, noteWords } from '../../../renderer/transcript/line-words.ts';
import { talkWords } from '../../../renderer/transcript/talk-words.ts';
import { transcriptLines } from '../../../renderer/transcript/transcript-lines.ts';
import { voiceOf, voicesOf } from '../../../renderer/transcript/voices.ts';
import { whyNoSound } from '../../../renderer/transcript/why-no-sound.ts';
import {
  languageName,
  retryWords,
  writerObstacle,
  writerWords,
} from '../../../renderer/transcript/writer-words.ts';
import {
  consoleState,
  endedCall,
  liveCall,
  NOW,
  placedSegment,
  SAM,
  segment,
  wordsCall,
} from '../console-states.ts';
import { desk, supervisedCall } from '../supervision/room-calls.ts';

const VOICES = { them: 'Dana', us: 'You', agent: 'Maria' };
const ON = { by: 'twilio', status: 'on', problem: null, retryAt: null, language: 'en-US' } as const;

test('who speaks is named by first name, this desk as You', () => {
  const call = liveCall();
  const voices = voicesOf(call, consoleState({ calls: [call] }));
  expect([voices.them, voices.us]).toEqual(['Dana', 'You']);
  const followed = supervisedCall();
  expect(voicesOf(followed, desk(followed)).us).toBe('Maria');
  expect(voicesOf(endedCall({ kind: 'supervised', others: [SAM] }), consoleState()).us).toBe('Sam');
});

test('whispers name who hears them, and a spoken text says that a voice spoke it', () => {
  const said = (change: Parameters<typeof segment>[0]) => voiceOf(segment(change), VOICES);
  expect(said({ speaker: 'us', whispered: true })).toEqual({
    name: 'you → Maria',
    tag: '(whisper)',
  });
  expect(said({ speaker: 'us', by: 'said' })).toEqual({ name: 'You', tag: '(spoken for you)' });
  expect(said({ speaker: 'us', who: 'Maria Lopez' }).name).toBe('Maria');
  expect(said({ speaker: 'us', who: 'Booker AI' }).name).toBe('Booker AI');
});

test('what is copied has times and names, and final words only', () => {
  const lines = transcriptLines(
    [
      placedSegment('a', 129_000, { text: 'I never got it.' }),
      placedSegment('b', 134_000, { text: 'it was two bo', isFinal: false }),
      placedSegment('c', 140_000, { speaker: 'us', text: 'Let me look.' }),
    ],
    [{ event: 'sound-lost', callId: 'dana', atMs: 150_000, lengthMs: 4000, at: NOW }],
    { zeroAt: NOW, finalOnly: false },
  );
  expect(copiedTranscript(lines, VOICES)).toBe(
    '02:09 Dana: I never got it.\n02:20 You: Let me look.\n02:30 ▲ 4 s of sound lost',
  );
});

test('keys that were pressed and texts for the agent alone are told', () => {
  const about = { callId: 'dana', at: NOW };
  expect(noteWords({ event: 'digits-received', digits: '••••', ...about }, VOICES).text).toBe(
    '••••',
  );
  expect(noteWords({ event: 'agent-told', text: 'Offer 10 %.', ...about }, VOICES).tag).toBe(
    '(only Maria got this)',
  );
});

test('who writes a call down is named with the language, and who cannot says why', () => {
  const call = liveCall({ transcription: ON });
  expect(writerWords(call, 'en')).toBe('Twilio, English (US)');
  expect(languageName('de', 'en')).toBe('German');
  const pack: Pack = {
    id: 'en-us-small',
    title: 'English',
    languages: ['en-US'],
    licence: 'Apache-2.0',
    sizeBytes: 1,
    status: 'ready',
    doneBytes: 1,
    problem: null,
  };
  const none = { packs: [], transcriberKeys: NO_KEYS };
  expect(writerObstacle('twilio', call, none)).toBeNull();
  expect(writerObstacle('openai', call, none)).toBe('no key yet');
  expect(writerObstacle('offline', call, none)).toMatch(/^no pack for English/);
  expect(writerObstacle('offline', call, { ...none, packs: [pack] })).toBeNull();
  expect(writerObstacle('offline', wordsCall(), { ...none, packs: [pack] })).toMatch(/no sound/);
  expect([retryWords(NOW + 3200, NOW), retryWords(null, NOW)]).toEqual(['Try again in 4 s', '']);
});

test('what cannot be heard again says why', () => {
  const place = { atMs: 5000, lengthMs: 1000, wordsMs: null };
  const live = { source: 'live', callId: 'dana' } as const;
  expect(whyNoSound(place, liveCall(), live, 60_000)).toBeNull();
  expect(whyNoSound(null, liveCall(), live, 60_000)).toMatch(/not known/);
  expect(whyNoSound(place, wordsCall(), null, 0)).toMatch(/words only/);
  expect(whyNoSound(place, liveCall(), live, 40 * 60_000)).toMatch(/last 30 minutes/);
  expect(whyNoSound(place, endedCall(), null, 0)).toBe('This call was not recorded');
});

test('the talk is told in shares, with the longest monologue and silence', () => {
  const figures = {
    themMs: 62_000,
    usMs: 38_000,
    overTalkMs: 3000,
    longestThemMs: 34_000,
    longestUsMs: 12_000,
    longestSilenceMs: 9000,
  };
  const words = talkWords(figures, VOICES);
  expect(words?.shares).toBe('Dana 62 %, you 38 %');
  expect(words?.facts[0]).toEqual(['Longest monologue', 'Dana, 34 s']);
  expect(talkWords({ ...figures, themMs: 0, usMs: 0 }, VOICES)).toBeNull();
});

test('why a call wants to be looked at is said in a few words', () => {
  const since = NOW - 22_000;
  const about = (kind: Parameters<typeof attentionWords>[0]['kind'], label = '') =>
    attentionWords({ kind, since, label, toFront: false }, NOW);
  expect(about('watch-word', 'refund')).toBe('Said “refund”');
  expect(about('dead-air')).toBe('Nobody talks, 22 s');
  expect(about('over-talk')).toBe('Both talk at once, 22 s');
  expect(about('long-hold')).toBe('On hold, 22 s');
});
