import { expect, test } from 'vitest';
import { NO_KEYS, type Pack } from '../../../electron/core/transcription.ts';
import {
  keyWords,
  missingWords,
  WRITER_OPTIONS,
  writerOf,
  writerSentence,
} from '../../../renderer/settings/transcript-options.ts';

const pack = (change: Partial<Pack>): Pack => ({
  id: 'de-small',
  title: 'German',
  languages: ['de-DE'],
  licence: 'Apache-2.0',
  sizeBytes: 70_000_000,
  status: 'absent',
  doneBytes: 0,
  problem: null,
  ...change,
});

test('everybody who may write is offered, and nobody', () => {
  expect(WRITER_OPTIONS.map(([, name]) => name)).toEqual([
    'Twilio',
    'This computer',
    'OpenAI',
    'Deepgram',
    'Off',
  ]);
  expect([writerOf('offline'), writerOf('off')]).toEqual(['offline', null]);
});

test('each says where the sound goes, and the practice line that it goes nowhere', () => {
  expect(writerSentence('twilio', 'practice')).toContain('Nothing leaves this computer');
  expect(writerSentence('twilio', 'twilio')).toContain('Twilio charges');
  expect(writerSentence('offline', 'twilio')).toContain('stays on this computer');
  expect(writerSentence('openai', 'practice')).toContain('goes to OpenAI');
  expect(writerSentence('deepgram', 'twilio')).toContain('goes to Deepgram');
  expect(writerSentence('off', 'twilio')).toContain('No transcripts');
});

test('what is missing is said before a call needs it', () => {
  const none = { packs: [pack({})], transcriberKeys: NO_KEYS };
  expect(missingWords('twilio', 'de-DE', none)).toBeNull();
  expect(missingWords(null, 'de-DE', none)).toBeNull();
  expect(missingWords('openai', 'de-DE', none)).toBe('OpenAI has no key yet: enter it below.');
  const keyed = { ...none, transcriberKeys: { ...NO_KEYS, openai: 'kept' as const } };
  expect(missingWords('openai', 'de-DE', keyed)).toBeNull();
  expect(missingWords('offline', 'de-AT', none)).toMatch(/^No pack for .* is here yet/);
  expect(missingWords('offline', 'ar-EG', none)).toMatch(/^There is no pack for /);
  const ready = { ...none, packs: [pack({ status: 'ready' })] };
  expect(missingWords('offline', 'de-AT', ready)).toBeNull();
});

test('a key says how long it lasts', () => {
  expect([keyWords('kept'), keyWords('this-run'), keyWords(null)]).toEqual([
    'kept, sealed by this computer',
    'for this run only',
    '',
  ]);
});
