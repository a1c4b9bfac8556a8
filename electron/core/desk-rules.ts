import { type CallId, isTalk } from './call.ts';
import type { ConsoleEvent, Fact } from './events.ts';
import type { LineState } from './line.ts';
import type { Settings } from './settings.ts';
import { type ConsoleState, findCall } from './state.ts';

/** What follows from an event by the desk's own rules. @param state the state after the event */
export function consequences(state: ConsoleState, event: ConsoleEvent): readonly Fact[] {
  switch (event.event) {
    case 'call-answered':
    case 'call-restored':
      return isTalkedOn(state, state.microphone) ? [] : microphoneTo(state, event.callId);
    case 'hold-changed':
      if (event.on || isTalkedOn(state, state.microphone)) return [];
      return microphoneTo(state, event.callId);
    case 'call-ended':
      return event.callId === state.microphone ? [{ event: 'microphone-moved', callId: null }] : [];
    default:
      return [];
  }
}

/** What must happen before this desk takes or makes another call: those spoken on go on hold. */
export function holdOthers(state: ConsoleState, except: CallId | null): readonly Fact[] {
  return state.calls.flatMap(call =>
    isTalk(call) && call.heldAt === null && call.id !== except
      ? [{ event: 'hold-changed', callId: call.id, on: true } as const]
      : [],
  );
}

/** Whether a call is recorded from its start. @param asked what was asked for this call; left out, the settings say */
export function shouldRecord(
  { record }: Pick<Settings, 'record'>,
  lineKind: LineState['kind'],
  asked?: boolean,
): boolean {
  if (asked !== undefined) return asked;
  switch (record) {
    case 'asked':
      return false;
    case 'practice':
      return lineKind === 'practice';
    case 'account':
      return lineKind === 'twilio';
    case 'always':
      return true;
  }
}

/** Problems that stand or are over with a state of the sound card. */
export function soundFacts(
  before: ConsoleState['sound'],
  after: ConsoleState['sound'],
): readonly Fact[] {
  return (['input', 'output'] as const).flatMap((side): Fact[] => {
    const id = `sound-${side}`;
    const now = after[side];
    if (now.status === 'failed') {
      const known = before[side];
      const same = known.status === 'failed' && known.problem.kind === now.problem.kind;
      return same ? [] : [{ event: 'problem-raised', id, problem: now.problem }];
    }
    const over = now.status === 'open' || now.status === 'ready';
    return over && before[side].status !== now.status ? [{ event: 'problem-cleared', id }] : [];
  });
}

function microphoneTo(state: ConsoleState, callId: CallId): readonly Fact[] {
  return isTalkedOn(state, callId) ? [{ event: 'microphone-moved', callId }] : [];
}

/** Whether a call is one this desk talks on, and not on hold. */
function isTalkedOn(state: ConsoleState, callId: CallId | null): boolean {
  const call = findCall(state, callId);
  return isTalk(call) && call.heldAt === null;
}
