import { tone } from './tone.ts';

/** The tones of coming and going, in hertz and milliseconds: the practice line's own, unlike any key or ringing. */
const BEEPS = { enterHz: 1430, exitHz: 370, ms: 200 } as const;

/** What is heard when somebody comes. */
export function enterBeep(): Int16Array {
  return tone([BEEPS.enterHz], BEEPS.ms);
}

/** What is heard when somebody goes. */
export function exitBeep(): Int16Array {
  return tone([BEEPS.exitHz], BEEPS.ms);
}
