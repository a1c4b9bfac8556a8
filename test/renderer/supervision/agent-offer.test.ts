import { expect, test } from 'vitest';
import type { LiveCall } from '../../../electron/core/call.ts';
import { INITIAL_STATE } from '../../../electron/core/state.ts';
import { agentFor } from '../../../renderer/supervision/agent-offer.ts';
import { liveCall, messageCall, twilioLine, wordsCall } from '../console-states.ts';
import { desk, servedCall, supervisedCall } from './room-calls.ts';

const LINE = { ...INITIAL_STATE.line, kind: 'practice' } as const;

function onPractice(call: LiveCall): string | null {
  return agentFor(call, desk(call, { line: LINE }));
}

test('the practice line lends Booker', () => {
  expect(onPractice(liveCall())).toBe('Booker');
  expect(onPractice(servedCall({ status: 'lost' }))).toBe('Booker');
});

test('elsewhere it is the agent of the settings, which comes first everywhere', () => {
  const call = liveCall();
  expect(agentFor(call, desk(call, { line: twilioLine() }))).toBeNull();
  const settings = { ...INITIAL_STATE.settings, agentUrl: 'wss://a.example/', agentName: 'Ada' };
  expect(agentFor(call, desk(call, { line: twilioLine(), settings }))).toBe('Ada');
  expect(agentFor(call, desk(call, { line: LINE, settings }))).toBe('Ada');
});

test('only a call of this desk alone with somebody is given to it', () => {
  const shared = supervisedCall({}, { kind: 'direct' });
  for (const call of [servedCall(), supervisedCall(), shared, wordsCall(), messageCall()]) {
    expect(onPractice(call)).toBeNull();
  }
});
