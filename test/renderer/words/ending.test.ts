import { describe, expect, test } from 'vitest';
import type { EndReason } from '../../../electron/core/call.ts';
import { endSentence, endWord, isMissed } from '../../../renderer/words/ending.ts';
import { endedCall, NOW } from '../console-states.ts';

const outbound = (reason: EndReason, answeredAt: number | null = null) =>
  endedCall({ direction: 'outbound', reason, answeredAt });
const unanswered = (reason: EndReason) =>
  endedCall({ reason, answeredAt: null, startedAt: NOW - 18_000, endedAt: NOW });

describe('how a call ended', () => {
  test('names who hung up', () => {
    expect(endSentence(endedCall({ reason: 'hung-up-there' }))).toBe('Dana hung up.');
    expect(endSentence(endedCall({ reason: 'hung-up-here' }))).toBe('You hung up.');
  });

  test('says how long a missed caller rang', () => {
    for (const reason of ['missed', 'cancelled', 'no-answer', 'hung-up-there'] as const) {
      expect(endSentence(unanswered(reason))).toBe('Dana Reyes rang for 18 s.');
      expect(isMissed(unanswered(reason))).toBe(true);
    }
  });

  test('a declined call is not missed', () => {
    expect(isMissed(unanswered('declined'))).toBe(false);
    expect(endSentence(unanswered('declined'))).toBe('You declined.');
  });

  test('a call from here is never missed', () => {
    expect(isMissed(outbound('no-answer'))).toBe(false);
    expect(endSentence(outbound('no-answer'))).toBe('Dana did not answer.');
    expect(endSentence(outbound('busy'))).toBe('The line of Dana was busy.');
    expect(endSentence(outbound('declined'))).toBe('Dana declined.');
    expect(endSentence(outbound('cancelled'))).toBe('You hung up before Dana answered.');
    expect(endSentence(outbound('hung-up-here'))).toBe('You hung up before Dana answered.');
    expect(endSentence(outbound('failed'))).toBe('The call could not be connected.');
    const broken = endedCall({ reason: 'failed', answeredAt: 1000 });
    expect(endSentence(broken)).toBe('Twilio lost the way to this desk and ended the call.');
  });

  test('what Earshot itself broke off is said', () => {
    expect(endSentence(endedCall({ reason: 'interrupted' }))).toBe(
      'Earshot stopped while this call was going.',
    );
    expect(endSentence(unanswered('interrupted'))).toBe('Dana was ringing when Earshot stopped.');
  });

  test('a call that was not let in is not missed', () => {
    expect(isMissed(unanswered('refused'))).toBe(false);
    expect(endSentence(unanswered('refused'))).toBe(
      'Not let in: your line lets nobody ring from +1 415 555 0177.',
    );
    expect(endWord(unanswered('refused'))).toBe('Not let in');
  });

  test('the longest time and an answering machine are said', () => {
    expect(endSentence(endedCall({ reason: 'timed-out' }))).toBe(
      'The longest time a call may take was over.',
    );
    const voicemail = outbound('voicemail', NOW - 5000);
    expect(endSentence(voicemail)).toContain('the message for Dana was left on it');
    expect(endWord(voicemail)).toBe('Voicemail');
    expect(endWord(outbound('timed-out'))).toBe('Timed out');
  });

  test('a message call that was heard is over', () => {
    expect(endSentence(endedCall({ kind: 'notify', direction: 'outbound' }))).toBe(
      'The message call to Dana is over.',
    );
  });

  test('a call let go from the queue was hung up here', () => {
    expect(endSentence(unanswered('hung-up-here'))).toBe('You hung up.');
    expect(endWord(unanswered('hung-up-here'))).toBe('Hung up');
  });

  test('fits into a row', () => {
    expect(endWord(endedCall())).toBe('1 min');
    expect(endWord(unanswered('missed'))).toBe('Missed');
    expect(endWord(outbound('busy'))).toBe('Busy');
    expect(endWord(outbound('no-answer'))).toBe('No answer');
    expect(endWord(outbound('cancelled'))).toBe('Cancelled');
  });
});
