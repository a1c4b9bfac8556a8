import { type ConsoleEvent, isCallEvent, isMessageEvent } from './events.ts';
import { reduceCall } from './reduce-call.ts';
import type { ConsoleState } from './state.ts';

/** The state after an event. Returns the same object when the event changes nothing or is not legal now. */
export function reduce(state: ConsoleState, event: ConsoleEvent): ConsoleState {
  if (isCallEvent(event)) return reduceCall(state, event);
  if (isMessageEvent(event)) return state;
  switch (event.event) {
    case 'microphone-moved':
      return { ...state, microphone: event.callId };
    case 'talk-key-changed':
      return { ...state, talkKeyHeld: event.held };
    case 'reach-changed':
      return { ...state, reach: event.callId };
    case 'line-changed':
      return { ...state, line: event.line };
    case 'account-read': {
      const { account, callerIds } = event;
      return { ...state, line: { ...state.line, account, callerIds } };
    }
    case 'address-changed':
      return { ...state, line: { ...state.line, address: event.address } };
    case 'line-tested':
      return { ...state, line: { ...state.line, test: event.test } };
    case 'number-pointed':
      return { ...state, line: { ...state.line, pointing: event.pointing } };
    case 'account-calls-changed':
      return { ...state, accountCalls: event.calls };
    case 'account-watch-changed':
      return { ...state, accountWatch: event.watch };
    case 'sound-changed':
      return { ...state, sound: event.sound };
    case 'sound-check-changed':
      return { ...state, soundCheck: event.on };
    case 'replay-changed':
      return { ...state, replay: event.replay };
    case 'packs-changed':
      return { ...state, packs: event.packs };
    case 'transcriber-keys-changed':
      return { ...state, transcriberKeys: event.keys };
    case 'updates-changed':
      return { ...state, updates: event.updates };
    case 'settings-changed':
      return { ...state, settings: event.settings };
    case 'problem-raised': {
      const { id, at, problem } = event;
      const others = state.problems.filter(standing => standing.id !== id);
      return { ...state, problems: [...others, { id, at, problem }] };
    }
    case 'problem-cleared':
      return { ...state, problems: state.problems.filter(({ id }) => id !== event.id) };
  }
}
