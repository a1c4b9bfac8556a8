import { type Cancel, type Clock, every } from '../core/clock.ts';

/** Notices that an open side of the card shows no sign of life any more, as when it was pulled out. */
type CardWatch = {
  /** The card took or gave a piece. */
  readonly alive: () => void;
  readonly stop: Cancel;
};

/** Time between looks. */
const LOOK_MS = 200;

/** Looks without a sign of life after which a card that has run is taken for gone: 600 to 800 ms. */
const PATIENT_LOOKS = 4;

/** The same for a card that was just opened: Bluetooth takes its time to change to telephony. */
const FIRST_LOOKS = 15;

/**
 * Starts to watch. Looks are counted, not time: a process that stood still itself has counted one look,
 * and hears the card before it looks again.
 * @param onSilent told once
 */
export function watchCard(clock: Clock, onSilent: () => void): CardWatch {
  let silent = 0;
  let looks = 0;
  const stop = every(clock, LOOK_MS, () => {
    looks += 1;
    silent += 1;
    if (silent < (looks > FIRST_LOOKS ? PATIENT_LOOKS : FIRST_LOOKS)) return;
    stop();
    onSilent();
  });
  return {
    alive: () => {
      silent = 0;
    },
    stop,
  };
}
