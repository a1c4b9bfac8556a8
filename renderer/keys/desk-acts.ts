import type { Call, CallId } from '../../electron/core/call.ts';
import { dialCommand } from '../dial/shown-number.ts';
import { ask, consoleStore } from '../earshot.ts';
import { placeStore, showCall, showView, toggleLayer } from '../state/navigation.ts';
import { act, addRefusal } from '../state/refusals.ts';
import { chooseMode, listenTo } from '../supervision/mode-acts.ts';
import { hasModes } from '../supervision/mode-view.ts';
import {
  answerTarget,
  callToHangUp,
  callWithMicrophone,
  noSoundWhy,
  ringOnTop,
  shownLive,
} from './key-targets.ts';

/** Answers a call, by default the ring on top or who waits longest, and shows it. */
export function answer(callId: CallId | undefined = answerTarget(consoleStore.get())?.id): void {
  if (callId === undefined) return;
  showCall(callId);
  act({ command: 'answer', callId });
}

/** Declines a call, by default the ring on top. */
export function decline(callId: CallId | undefined = ringOnTop(consoleStore.get())?.id): void {
  if (callId !== undefined) act({ command: 'decline', callId });
}

/** Closes the microphone of the call that has it, or opens it again. */
export function toggleMicrophone(): void {
  const call = callWithMicrophone(consoleStore.get());
  if (call !== null) act({ command: 'mute', callId: call.id, on: !call.muted });
}

/** Only listens to the call on screen, or to the one of the account that is on screen or has the focus. */
export function listenHere(): void {
  const { accountCallSid, view } = placeStore.get();
  const focused = document.activeElement?.closest('[data-account-call]');
  const sid = focused?.getAttribute('data-account-call') ?? accountCallSid;
  const call = shown();
  if (sid !== null && (focused != null || view === 'calls')) void listenTo(sid);
  else if (call !== null && hasModes(call)) chooseMode('listen', call);
}

/** Holds the call on screen, or resumes it. */
export function toggleHold(): void {
  const call = shown();
  if (call !== null && call.kind === 'direct')
    act({ command: 'hold', callId: call.id, on: call.heldAt === null });
}

/** Records the call on screen, or stops its recording. */
export function toggleRecording(): void {
  const call = shown();
  if (call === null || noSoundWhy(call) !== undefined) return;
  act({ command: 'record', callId: call.id, on: call.recording === null });
}

/** Leaves out of the recording of the call on screen what comes now, or goes on recording. */
export function toggleRecordingPause(): void {
  const call = shown();
  if (call === null || call.recording === null) return;
  act({ command: 'pause-recording', callId: call.id, on: !call.recording.paused });
}

/** Opens or closes the keypad of the call on screen. */
export function toggleKeypad(): void {
  if (shown()?.kind === 'direct') toggleLayer('keypad');
}

/** Lets a call that rings here wait in the hold queue. */
export function letWait(callId: CallId): void {
  act({ command: 'enqueue', callId });
}

/** Lets a call go that waits in the hold queue. */
export function letGo(callId: CallId): void {
  act({ command: 'hang-up', callId });
}

/** Hangs up a call, by default the one with the microphone; not in the moment after its answer. */
export function hangUp(chosen?: Call): void {
  const state = consoleStore.get();
  const call =
    chosen === undefined
      ? callToHangUp(state, placeStore.get().callId, Date.now())
      : callToHangUp({ ...state, microphone: chosen.id }, chosen.id, Date.now());
  if (call !== null) act({ command: 'hang-up', callId: call.id });
}

/** Calls a number and shows the call; a refusal goes to the banner. */
export function callNumber(to: string): void {
  void ask(dialCommand(to, consoleStore.get())).then(outcome => {
    if (outcome.ok) showCall(outcome.callId);
    else addRefusal(outcome.problem);
  });
}

/** Asks the practice line to call here, as somebody of its directory if one is named. */
export function ringMe(number?: string): void {
  showView('calls');
  act(number === undefined ? { command: 'ring-me' } : { command: 'ring-me', number });
}

function shown() {
  return shownLive(consoleStore.get(), placeStore.get().callId);
}
