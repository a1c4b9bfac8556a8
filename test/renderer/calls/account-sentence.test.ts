import { expect, test } from 'vitest';
import { accountSentence } from '../../../renderer/calls/account-sentence.ts';
import { consoleState, NOW } from '../console-states.ts';
import { accountCall, followedCall } from '../wall/calls-of-others.ts';

test('what goes on on the account beside this desk’s calls', () => {
  const waiting = { queue: 'Support', since: NOW };
  const others = [
    accountCall({ sid: 'CA-two' }),
    accountCall({ sid: 'CA-three', status: 'waiting', waiting }),
  ];
  expect(accountSentence(consoleState({ accountCalls: others }))).toBe(
    '1 live call of others on this account, 1 waiting in a queue.',
  );
});

test('nothing is said when this desk follows all there is', () => {
  const state = consoleState({
    calls: [followedCall()],
    accountCalls: [accountCall({ callId: 'one' })],
  });
  expect(accountSentence(state)).toBeNull();
});
