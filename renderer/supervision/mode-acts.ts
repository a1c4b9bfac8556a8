import { asLive, type CallId, type LiveCall } from '../../electron/core/call.ts';
import type { Outcome } from '../../electron/core/outcome.ts';
import type { Problem } from '../../electron/core/problem.ts';
import type { Mode } from '../../electron/core/room.ts';
import { ask, consoleStore } from '../earshot.ts';
import { placeStore, showCall, showLayer } from '../state/navigation.ts';
import { addRefusal } from '../state/refusals.ts';
import { createStore } from '../state/store.ts';
import { nameInState } from '../words/names.ts';
import { legNamesIn } from '../words/room-words.ts';
import { canLeave, leavesAlone } from './call-people.ts';
import { leaveQuestion, modeTarget, presentMode, type Question, questionFor } from './mode-view.ts';
import { handedBackWords } from './notice-words.ts';

/** What stands above the modes of a call beside what its state says. */
export type ModeNotice = { readonly callId: CallId } & (
  | { readonly kind: 'question'; readonly mode: Mode; readonly question: Question }
  | { readonly kind: 'move' | 'end' | 'leave'; readonly question: Question }
  | {
      readonly kind: 'refused';
      readonly mode: Mode;
      readonly problem: Problem;
      readonly move: boolean;
    }
  | { readonly kind: 'note'; readonly words: string }
);

/** The one question, refusal or note of this moment; null when there is none. */
export const modeNotice = createStore<ModeNotice | null>(null);

/** The mode that was asked for last, and whether its legs were to be moved: what `tryAgain` asks for. */
let lastAsked: { readonly callId: CallId; readonly mode: Mode; readonly move: boolean } | null =
  null;

/** Takes the question, refusal or note away. */
export function dropNotice(): void {
  modeNotice.set(null);
}

/** Asks for a mode of a call, by default the one on screen; a mode that moves people asks the person first. */
export function chooseMode(mode: Mode, chosen?: LiveCall): void {
  const state = consoleStore.get();
  const call = chosen ?? modeTarget(state, placeStore.get());
  if (call === null) return;
  if (call.agent !== null && mode === 'whisper') {
    tellAgent(call.id);
    return;
  }
  const asked = call.room?.requested?.mode;
  if (asked === mode || (asked === undefined && presentMode(call) === mode)) {
    dropNotice();
    return;
  }
  const names = legNamesIn(call, state);
  const question = questionFor(call, mode, names, nameInState(call, state));
  if (question === null) {
    void run(call, mode, false);
    return;
  }
  bringUp(call.id);
  modeNotice.set({ kind: 'question', callId: call.id, mode, question });
}

/** Does what the question is about. */
export function agree(): void {
  const notice = modeNotice.get();
  const call = consoleStore.get().calls.find(({ id }) => id === notice?.callId);
  dropNotice();
  if (notice === null || call?.status !== 'live') return;
  const { callId } = notice;
  if (notice.kind === 'question') void run(call, notice.mode, notice.question.move);
  if (notice.kind === 'refused') void run(call, notice.mode, notice.move);
  if (notice.kind === 'move') void tell(ask({ command: 'make-conference', callId }));
  if (notice.kind === 'end') void tell(ask({ command: 'end-for-all', callId }));
  if (notice.kind === 'leave') void tell(ask({ command: 'leave', callId }));
}

/** Answers whether to leave a customer alone with the end of their call. */
export function endInstead(): void {
  const notice = modeNotice.get();
  dropNotice();
  if (notice?.kind === 'leave') {
    void tell(ask({ command: 'end-for-all', callId: notice.callId }));
  }
}

/** Whether a mode of a call was asked for here, so that it can be asked for once more. */
export function canTryAgain(callId: CallId): boolean {
  return lastAsked !== null && lastAsked.callId === callId;
}

/** Asks once more for the mode that was asked for last. */
export function tryAgain(callId: CallId): void {
  const call = consoleStore.get().calls.find(({ id }) => id === callId);
  if (lastAsked === null || lastAsked.callId !== callId || call?.status !== 'live') return;
  void run(call, lastAsked.mode, lastAsked.move);
}

/** Puts a question above the modes of a call. */
export function askPerson(
  callId: CallId,
  kind: 'move' | 'end' | 'leave',
  question: Question,
): void {
  bringUp(callId);
  modeNotice.set({ kind, callId, question });
}

/** Takes back a mode that is not confirmed yet: nobody hears this desk. */
export function stopAsking(callId: CallId): void {
  dropNotice();
  void tell(ask({ command: 'listen', callId }));
}

/** Lets those who served serve again; this desk only listens. */
export async function handBack(callId: CallId): Promise<void> {
  const call = consoleStore.get().calls.find(({ id }) => id === callId);
  const words = call?.status === 'live' ? handedBackWords(call, consoleStore.get()) : '';
  dropNotice();
  const done = await tell(ask({ command: 'hand-back', callId }));
  if (done && words !== '') modeNotice.set({ kind: 'note', callId, words });
}

/** Takes this desk out of a call, by default the one on screen; asks first when nobody else is on it. */
export function leaveCall(chosen?: CallId): void {
  const state = consoleStore.get();
  const place = placeStore.get();
  const ids = chosen === undefined ? [place.callId, state.microphone] : [chosen];
  const call = ids
    .map(id => asLive(state.calls.find(known => known.id === id)))
    .find(known => known !== null && canLeave(known));
  if (call == null) return;
  if (leavesAlone(call)) {
    askPerson(call.id, 'leave', leaveQuestion(nameInState(call, state)));
    return;
  }
  dropNotice();
  void tell(ask({ command: 'leave', callId: call.id }));
}

/** Listens to a call of the account by any of its legs, and shows it. */
export async function listenTo(callSid: string): Promise<void> {
  const outcome = await ask({ command: 'listen', callSid });
  if (outcome.ok) showCall(outcome.callId);
  else addRefusal(outcome.problem);
}

async function run(call: LiveCall, mode: Mode, move: boolean): Promise<void> {
  const { id: callId } = call;
  if (mode === 'listen' && isInPlaceOfAgent(call)) return handBack(callId);
  dropNotice();
  lastAsked = { callId, mode, move };
  const outcome = await commandFor(mode, callId, move);
  if (outcome.ok) return;
  modeNotice.set({ kind: 'refused', callId, mode, problem: outcome.problem, move });
}

/** Whoever served is on hold or silent: only listening gives the customer back. */
function isInPlaceOfAgent(call: LiveCall): boolean {
  return presentMode(call) === 'takeover' || call.agent?.status === 'silent';
}

function commandFor(mode: Mode, callId: CallId, move: boolean): Promise<Outcome> {
  const agreed = move ? { move } : {};
  switch (mode) {
    case 'listen':
      return ask({ command: 'listen', callId });
    case 'whisper':
      return ask({ command: 'whisper', callId, ...agreed });
    case 'barge':
      return ask({ command: 'barge', callId, ...agreed });
    case 'takeover':
      return ask({ command: 'take-over', callId, ...agreed });
  }
}

async function tell(asked: Promise<Outcome>): Promise<boolean> {
  const outcome = await asked;
  if (!outcome.ok) addRefusal(outcome.problem);
  return outcome.ok;
}

/** A question about a call is asked where the call is seen. */
function bringUp(callId: CallId): void {
  const { view, callId: shown, layer } = placeStore.get();
  if (layer !== null) showLayer(null);
  if (view !== 'calls' || shown !== callId) showCall(callId);
}

/** An agent of ours is whispered to in words: the caret goes to where they are typed. */
function tellAgent(callId: CallId): void {
  bringUp(callId);
  requestAnimationFrame(() => {
    document.querySelector<HTMLInputElement>('[data-tell-agent]')?.focus();
  });
}
