import { consoleStore } from '../earshot.ts';
import { act } from '../state/refusals.ts';
import { callWithMicrophone } from './key-targets.ts';

/** The key that opens the microphone while it is down. */
export type TalkKey = { readonly press: () => void; readonly release: () => void };

/** Makes the talk key. It only ever opens a call that has the microphone, and always closes what it opened. */
export function createTalkKey(): TalkKey {
  let down = false;
  return {
    press() {
      if (down || callWithMicrophone(consoleStore.get()) === null) return;
      down = true;
      act({ command: 'hold-to-talk', on: true });
    },
    release() {
      if (!down) return;
      down = false;
      act({ command: 'hold-to-talk', on: false });
    },
  };
}
