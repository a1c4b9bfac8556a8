import type { CallId } from '../core/call.ts';
import { isTalk } from '../core/call.ts';
import type { CallName, Command } from '../core/commands.ts';
import { holdOthers } from '../core/desk-rules.ts';
import type { Outcome } from '../core/outcome.ts';
import type { AccountCall } from '../core/room.ts';
import { type ConsoleState, findCall } from '../core/state.ts';
import type { Supervision } from '../supervision/supervision.ts';
import { type CommandTargets, problem, wrongState } from './targets.ts';

/** The commands about calls of others, and about others on calls of this desk. */
export type SupervisionCommand = Extract<
  Command,
  {
    command:
      | 'listen'
      | 'whisper'
      | 'barge'
      | 'take-over'
      | 'hand-back'
      | 'leave'
      | 'make-conference'
      | 'add-person'
      | 'transfer'
      | 'hold-person'
      | 'mute-person'
      | 'remove-person'
      | 'end-for-all'
      | 'pick-up'
      | 'hand-to-agent';
  }
>;

/** What these commands act on. */
type SupervisionTargets = Pick<CommandTargets, 'lane' | 'readAccount'> & {
  readonly supervision: Supervision;
};

/** Does what a command asks among the people on a call. A call nobody here follows is listened to first. */
export async function performSupervision(
  command: SupervisionCommand,
  targets: SupervisionTargets,
): Promise<Outcome | undefined> {
  const { supervision } = targets;
  // The account may not have been looked at for a while.
  if (command.callSid !== undefined && lookUp(command, targets) === null) {
    await targets.readAccount();
  }
  switch (command.command) {
    case 'listen': {
      const { call, callId } = anyCall(command, targets);
      return { ok: true, callId: supervision.listen(call === null ? callId : call) };
    }
    case 'whisper': {
      const { leg, text, move } = command;
      const callId = followed(command, targets);
      await supervision.mode(callId, 'whisper', { leg, text, move });
      return { ok: true, callId };
    }
    case 'barge':
    case 'take-over': {
      const callId = followed(command, targets);
      const mode = command.command === 'barge' ? 'barge' : 'takeover';
      await supervision.mode(callId, mode, { move: command.move });
      return { ok: true, callId };
    }
    case 'hand-back':
      await supervision.handBack(ours(command, targets));
      return;
    case 'leave':
      supervision.leave(ours(command, targets));
      return;
    case 'make-conference': {
      const callId = followed(command, targets);
      await supervision.makeConference(callId);
      return { ok: true, callId };
    }
    case 'add-person':
      return {
        ok: true,
        legSid: await supervision.addPerson(followed(command, targets), command.to),
      };
    case 'transfer':
      await supervision.transfer(followed(command, targets), command.to, command.kind);
      return;
    case 'hold-person':
      await supervision.holdPerson(followed(command, targets), command.leg, command.on);
      return;
    case 'mute-person':
      await supervision.mutePerson(followed(command, targets), command.leg, command.on);
      return;
    case 'remove-person':
      await supervision.removePerson(followed(command, targets), command.leg);
      return;
    case 'end-for-all':
      await supervision.endForAll(followed(command, targets));
      return;
    case 'pick-up':
      return { ok: true, callId: await pickUp(command, targets) };
    case 'hand-to-agent': {
      const callId = ours(command, targets);
      if (!isTalk(findCall(targets.lane.state(), callId))) {
        throw wrongState('Only a live call of your own can be handed to your voice agent.');
      }
      await supervision.handToAgent(callId);
      return;
    }
  }
}

async function pickUp(name: CallName, targets: SupervisionTargets): Promise<CallId> {
  const { call } = anyCall(name, targets);
  if (call === null || call.waiting === null) {
    throw wrongState('This call waits in no queue of the account.');
  }
  const { lane, supervision } = targets;
  const before = holdOthers(lane.state(), null);
  for (const fact of before) lane.emit(fact);
  try {
    return await supervision.pickUp(call);
  } catch (error) {
    // Nobody stays on hold for a call that did not come.
    for (const fact of before) {
      if (fact.event === 'hold-changed') lane.emit({ ...fact, on: false });
    }
    throw error;
  }
}

/** A call of this run, or one of the account that is not followed yet. */
type Named =
  | { readonly call: AccountCall; readonly callId: CallId | null }
  | { readonly call: null; readonly callId: CallId };

/** The call a command names by its callId, or by the CallSid of any of its legs. Throws `no-such-call`. */
function anyCall(name: CallName, targets: SupervisionTargets): Named {
  const found = lookUp(name, targets);
  if (found !== null) return found;
  throw problem(
    'no-such-call',
    'There is no such call, neither here nor on the account.',
    'Name a call by its callId, or by the CallSid of one of its legs.',
  );
}

/** The same; null when nobody knows of it. */
function lookUp({ callId, callSid }: CallName, { lane }: SupervisionTargets): Named | null {
  const state = lane.state();
  const call = state.accountCalls.find(
    each =>
      (callId !== undefined && each.callId === callId) ||
      (callSid !== undefined && hasLeg(each.sid, each.legs, callSid)),
  );
  const known = ownName(state, callId ?? call?.callId ?? undefined, callSid);
  if (call !== undefined) return { call, callId: known };
  return known === null ? null : { call: null, callId: known };
}

/** The call of this run that is not over. */
function ownName(
  { calls }: ConsoleState,
  callId: CallId | undefined,
  callSid: string | undefined,
): CallId | null {
  const found = calls.find(call => {
    if (call.status === 'ended') return false;
    if (call.id === callId) return true;
    const legs = call.status === 'live' ? (call.room?.legs ?? []) : [];
    return callSid !== undefined && hasLeg(call.sid, legs, callSid);
  });
  return found?.id ?? null;
}

function hasLeg(
  sid: string | null,
  legs: readonly { readonly sid: string }[],
  wanted: string,
): boolean {
  return sid === wanted || legs.some(leg => leg.sid === wanted);
}

/** A call this desk has a part in. Throws `no-such-call` or `wrong-call-state`. */
function ours(name: CallName, targets: SupervisionTargets): CallId {
  const { callId } = anyCall(name, targets);
  if (callId !== null) return callId;
  throw wrongState('This desk has no part in this call.');
}

/** A call this desk has a part in from now on at the latest. */
function followed(name: CallName, targets: SupervisionTargets): CallId {
  const { call, callId } = anyCall(name, targets);
  if (call === null) return callId;
  return callId ?? targets.supervision.listen(call);
}
