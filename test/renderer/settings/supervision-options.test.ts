import { expect, test } from 'vitest';
import {
  agentUrlIssue,
  readNumber,
  SEAT_OPTIONS,
  SEAT_WORDS,
  seatWayOf,
} from '../../../renderer/settings/supervision-options.ts';

test('each way into conferences can be chosen and says what it means', () => {
  for (const [choice] of SEAT_OPTIONS) expect(SEAT_WORDS[choice].length).toBeGreaterThan(20);
  expect(SEAT_OPTIONS.map(([choice]) => seatWayOf(choice))).toEqual([
    null,
    'app',
    'number',
    'phone',
  ]);
});

test('a number is taken as people write it, and none is a number too', () => {
  expect(readNumber('(415) 555-0177')).toEqual({ ok: true, number: '+14155550177' });
  expect(readNumber('')).toEqual({ ok: true, number: null });
  expect(readNumber('12').ok).toBe(false);
});

test('a voice agent is named by a WebSocket address', () => {
  expect(agentUrlIssue('wss://agent.example.com/media')).toBeNull();
  expect(agentUrlIssue('ws://127.0.0.1:5050')).toBeNull();
  expect(agentUrlIssue('')).toBeNull();
  expect(agentUrlIssue('https://agent.example.com')).toContain('wss://');
});
