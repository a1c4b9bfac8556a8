import { expect, test } from 'vitest';
import { accountCallFacts, hearsWords } from '../../../renderer/calls/account-call-facts.ts';
import { DANA, NOW } from '../console-states.ts';
import { accountCall, leg, MARIA } from '../wall/calls-of-others.ts';

test('parties, direction and age of a call are known without hearing it', () => {
  const call = accountCall({
    legs: [leg(DANA), leg(MARIA, { role: 'agent', held: true })],
    others: [{ sid: 'CA-seat', name: 'Lee', mode: 'whisper' }],
  });
  const facts = new Map(accountCallFacts(call, NOW));
  expect(facts.get('Customer')).toBe('Dana Reyes, +1 415 555 0177');
  expect(facts.get('Agent')).toBe('Maria, maria, on hold');
  expect(facts.get('Direction')).toBe('Somebody called in');
  expect(facts.get('Goes on for')).toBe('2 min');
  expect(facts.get('Also here')).toBe('Lee (whisper)');
  expect(facts.has('Waits')).toBe(false);
});

test('who waits is told with the queue', () => {
  const waiting = { queue: 'Support', since: NOW - 12_000 };
  const call = accountCall({ status: 'waiting', shape: 'queued', waiting });
  expect(new Map(accountCallFacts(call, NOW)).get('Waits')).toBe('12 s in Support');
  expect(hearsWords(call)).toBe('Nobody speaks with this call yet.');
  expect(hearsWords(accountCall())).toContain('does not hear');
});
