import { listen, pause, type Script, type Step, say } from '../script.ts';

/** Times the middle of a conversation is gone through: about ten minutes with somebody who answers. */
const ROUNDS = 6;

/** One side of a conversation. */
type Side = {
  /** How long the other may be silent before this side goes on, in milliseconds. */
  readonly patienceMs: number;
  readonly opening: readonly string[];
  /** Said in turn, over and over. */
  readonly middle: readonly string[];
  readonly farewell: readonly string[];
};

/** Speaks in turn: lets whoever speaks finish, then says the next sentence. */
export function sideOf({ patienceMs, opening, middle, farewell }: Side): Script {
  const turns = (sentences: readonly string[]): Step[] =>
    sentences.flatMap(text => [listen(patienceMs), pause(300), ...say(text)]);
  return [
    ...turns(opening),
    { do: 'repeat', times: ROUNDS, steps: turns(middle) },
    ...turns(farewell),
    pause(600),
  ];
}
