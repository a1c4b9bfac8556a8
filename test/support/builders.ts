import type { CallFact, CallIntroduction, ConsoleEvent, Fact } from '../../electron/core/events.ts';
import { reduce } from '../../electron/core/reduce.ts';
import { type ConsoleState, INITIAL_STATE } from '../../electron/core/state.ts';

/** Who is on the calls of the tests. */
export function introduction(
  callId: string,
  direction: 'inbound' | 'outbound' = 'inbound',
): CallIntroduction {
  return {
    callId,
    callSid: `CA${callId}`,
    direction,
    them: { number: '+14155550111', name: 'Dana Reyes' },
    ours: '+14155550100',
  };
}

/** The facts that bring a call to life. */
export function liveCallFacts(
  callId: string,
  direction: 'inbound' | 'outbound' = 'inbound',
): CallFact[] {
  return [
    { event: 'call-ringing', ...introduction(callId, direction) },
    { event: 'call-answered', callId },
    { event: 'stream-started', callId, streamSid: `MZ${callId}` },
  ];
}

/** The state after facts, one a second. */
export function stateAfter(
  facts: readonly Fact[],
  from: ConsoleState = INITIAL_STATE,
): ConsoleState {
  return facts.reduce<ConsoleState>(
    (state, fact, i) => reduce(state, { ...fact, at: 1000 * (i + 1) } as ConsoleEvent),
    from,
  );
}
