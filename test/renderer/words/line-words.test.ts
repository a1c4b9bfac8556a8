import { describe, expect, test } from 'vitest';
import {
  addressWords,
  agoWords,
  lineGlance,
  nextTryWords,
  pointingWords,
  testWords,
  unreachable,
} from '../../../renderer/words/line-words.ts';
import { consoleState, downLine, NOW, twilioLine } from '../console-states.ts';

const practice = consoleState().line;
const problem = { kind: 'webhook-failed', message: 'No answer.', remedy: 'Wait.' } as const;
const failed = {
  status: 'failed',
  at: NOW,
  failedSince: NOW - 90_000,
  roundTripMs: null,
  problem,
} as const;

describe('the line in the title bar', () => {
  const words = (line: typeof practice) => {
    const { state, glyph, words: said } = lineGlance(line, NOW);
    return `${state} ${glyph} ${said}`;
  };

  test('is named by its number, the practice line by its kind', () => {
    expect(words(practice)).toBe('ready ✓ Practice line');
    expect(words(twilioLine())).toBe('ready ✓ +1 415 555 0100');
    expect(words(twilioLine({ number: null }))).toBe('ready ✓ Twilio line');
  });

  test('counts how long Twilio has not reached this computer', () => {
    expect(words(downLine())).toBe('down ▲ Line down 0:14');
    expect(words(twilioLine({ test: failed }))).toBe('down ▲ Line down 1:30');
    expect(words(twilioLine({ test: { ...failed, status: 'testing' } }))).toBe(
      'down ▲ Line down 1:30',
    );
  });

  test('says what else keeps calls away', () => {
    expect(words({ ...practice, status: 'down' })).toBe('down ▲ Practice line down');
    expect(words(twilioLine({ status: 'starting' }))).toBe('starting ◌ +1 415 555 0100 starting');
    const { address } = twilioLine();
    expect(words(twilioLine({ address: { ...address, status: 'connecting' } }))).toBe(
      'starting ◌ +1 415 555 0100 connecting',
    );
    expect(words(twilioLine({ address: { ...address, kind: 'none' } }))).toBe(
      'note ! +1 415 555 0100, calls out only',
    );
    expect(words(twilioLine({ signaturesChecked: false }))).toBe(
      'note ! +1 415 555 0100, unchecked',
    );
  });
});

test('a line without an address is not expected to be reached', () => {
  const { address } = twilioLine();
  const none = { ...address, kind: 'none', status: 'down' } as const;
  expect(unreachable(twilioLine({ address: none, test: failed }))).toBeNull();
  expect(unreachable({ ...practice, test: failed })).toBeNull();
});

test('an own address that is down is tried by a test, a tunnel by opening it', () => {
  const { address } = downLine();
  expect(unreachable(downLine())?.retry).toBe('tunnel');
  expect(unreachable(twilioLine({ address: { ...address, kind: 'given' } }))?.retry).toBe('test');
});

test('the address says since when it is down and when it is tried again', () => {
  const { address } = downLine();
  expect(addressWords(address, NOW)).toBe('down for 14 s. Next try in 6 s');
  expect(addressWords({ ...address, retryAt: null }, NOW)).toBe('down for 14 s');
  expect(addressWords(twilioLine().address, NOW)).toBe('up');
  expect(addressWords(practice.address, NOW)).toContain('nothing rings here');
});

test('the next try is counted in seconds, then happens', () => {
  expect(nextTryWords(NOW + 5100, NOW)).toBe('Next try in 6 s.');
  expect(nextTryWords(NOW, NOW)).toBe('Trying now.');
  expect(nextTryWords(null, NOW)).toBe('');
});

test('a test of the line says what it found and when', () => {
  const { test: reached } = twilioLine();
  expect(testWords(reached, NOW)).toBe('Twilio can reach you, 84 ms, 12 s ago.');
  expect(testWords({ ...reached, roundTripMs: null }, NOW)).toBe('Twilio can reach you, 12 s ago.');
  expect(testWords(failed, NOW)).toBe('No answer.');
  expect(testWords({ ...failed, status: 'untested' }, NOW)).toBe('Not tested yet.');
  expect(agoWords(NOW - 400, NOW)).toBe('now');
});

test('where calls go is a sentence', () => {
  expect(pointingWords({ to: 'elsewhere', voiceUrl: 'https://example.com/voice/' })).toBe(
    'Its calls go to example.com/voice.',
  );
  expect(pointingWords({ to: 'elsewhere', voiceUrl: null })).toBe('Its calls go elsewhere.');
  expect(pointingWords({ to: 'here', voiceUrl: null })).toBe('Its calls ring here.');
});
