import type { CallId } from '../../electron/core/call.ts';
import { findCall } from '../../electron/core/state.ts';
import { ask, consoleStore } from '../earshot.ts';
import { answer } from '../keys/desk-acts.ts';
import { chooseCall, placeStore, showAccountCall, showCall } from '../state/navigation.ts';
import { act, addRefusal } from '../state/refusals.ts';
import { createStore } from '../state/store.ts';
import { aloneBeside, PANS, planEar } from './ears.ts';
import { type WallCall, wallCalls } from './wall-call.ts';

/** What was just done to the ears, in a sentence. */
export const wallSaying = createStore('');

/** The calls in the order they were listened to here. */
let order: readonly CallId[] = [];

/** Whether a call can be listened to. One of this desk's own must carry sound. */
export function canListen({ status, own, followed }: WallCall): boolean {
  return status === 'live' && (!own || followed);
}

/** Hears a call, with up to two others; who hears it already does not hear it any more, and follows on. */
export async function toggleEar(call: WallCall): Promise<void> {
  if (!canListen(call)) return;
  if (call.ear !== null && call.callId !== null) {
    order = order.filter(id => id !== call.callId);
    act({ command: 'silence', callId: call.callId, on: true });
    say(`You no longer hear ${call.title}; Earshot still follows it.`);
    return;
  }
  for (const callId of aloneBeside(consoleStore.get(), call.callId)) {
    act({ command: 'solo', callId, on: false });
  }
  await hear(call);
}

/** Hears a call and no other, or all again. */
export async function toggleAlone(call: WallCall): Promise<void> {
  if (!canListen(call)) return;
  const known = findCall(consoleStore.get(), call.callId);
  const isAlone = known?.status === 'live' && known.solo && call.ear !== null;
  const callId = isAlone ? call.callId : await hear(call);
  if (callId === null) return;
  for (const other of aloneBeside(consoleStore.get(), callId)) {
    act({ command: 'solo', callId: other, on: false });
  }
  act({ command: 'solo', callId, on: !isAlone });
  say(isAlone ? 'You hear all of them again.' : `You hear only ${call.title}.`);
}

/** Takes a call that rings or waits, here or in a queue of the account, and shows it. */
export async function take(call: WallCall): Promise<void> {
  if (call.take === 'answer' && call.callId !== null) answer(call.callId);
  if (call.take === 'pick-up' && call.callSid !== null) await pickUp(call.callSid);
}

/** Takes a call out of a queue of the account, whichever its place, and shows it. */
export async function pickUp(callSid: string): Promise<void> {
  const outcome = await ask({ command: 'pick-up', callSid });
  if (outcome.ok) showCall(outcome.callId);
  else addRefusal(outcome.problem);
}

/** Makes a call of the wall the one that keys mean. */
export function choose({ callId, callSid }: WallCall): void {
  chooseCall(callId, callSid);
}

/** Opens a call of the wall in Calls. */
export function open({ callId, callSid }: WallCall): void {
  if (callId !== null) showCall(callId);
  else if (callSid !== null) showAccountCall(callSid);
}

/** The call of now that was chosen; null when none was. */
export function chosenCall(): WallCall | null {
  const { callId, accountCallSid } = placeStore.get();
  const calls = wallCalls(consoleStore.get());
  return (
    calls.find(call =>
      callId === null ? call.callSid === accountCallSid : call.callId === callId,
    ) ?? null
  );
}

/** Lets a call be heard at the ear it gets. @returns this desk's name of it; null when it was refused */
async function hear(call: WallCall): Promise<CallId | null> {
  const plan = planEar(consoleStore.get(), call.callId, order);
  const followed = findCall(consoleStore.get(), call.callId);
  let { callId } = call;
  if (followed?.status === 'live' && followed.silenced) {
    act({ command: 'silence', callId: followed.id, on: false });
  }
  if (!call.own && !isHeardBeside(followed)) {
    const name = call.callId === null ? { callSid: call.callSid ?? '' } : { callId: call.callId };
    const outcome = await ask({ command: 'listen', ...name });
    if (!outcome.ok) {
      addRefusal(outcome.problem);
      return null;
    }
    callId = outcome.callId;
  }
  if (callId === null) return null;
  if (call.own) {
    say(`You hear ${call.title}.`);
    return callId;
  }
  if (plan.replaced !== null) act({ command: 'silence', callId: plan.replaced, on: true });
  act({ command: 'set-pan', callId, pan: PANS[plan.ear] });
  order = [...order.filter(id => id !== callId && id !== plan.replaced), callId];
  const place = plan.ear === 'middle' ? 'in the middle' : `in the ${plan.ear} ear`;
  const gave = wallCalls(consoleStore.get()).find(known => known.callId === plan.replaced);
  say(
    plan.replaced === null
      ? `You hear ${call.title} ${place}.`
      : `You hear ${call.title} ${place} instead of ${gave?.title ?? 'another call'}, which Earshot still follows.`,
  );
  return callId;
}

/** Whether a call's sound comes here, so that it need not be asked for. */
function isHeardBeside(call: ReturnType<typeof findCall>): boolean {
  if (call?.status !== 'live' || call.room === null) return false;
  return call.room.listening || call.room.seat !== null;
}

const SAID_MS = 6000;
let hushing: ReturnType<typeof setTimeout> | undefined;

function say(words: string): void {
  clearTimeout(hushing);
  wallSaying.set(words);
  hushing = setTimeout(() => wallSaying.set(''), SAID_MS);
}
