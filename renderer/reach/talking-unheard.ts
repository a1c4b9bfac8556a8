/** Captured level from which sound counts as speech: about -32 dBFS on the byte scale of signals. */
export const SPEECH_LEVEL = 120;

const SPEECH_FOR_MS = 600;
const PAUSE_ALLOWED_MS = 200;
const SHOWN_FOR_MS = 4000;
const QUIET_BETWEEN_MS = 10_000;

/** Notices speech into a closed microphone: 600 ms of it, told at most once in 10 s. */
export type UnheardTalk = {
  /** Takes the level captured at `at` (ms) and whether the gate is closed to a customer; returns whether to hint. */
  readonly notice: (captured: number, closed: boolean, at: number) => boolean;
};

/** Makes a detector for one desk. */
export function createUnheardTalk(): UnheardTalk {
  let since: number | null = null;
  let lastSpeechAt = 0;
  let hintedAt = Number.NEGATIVE_INFINITY;
  return {
    notice(captured, closed, at) {
      if (!closed) {
        since = null;
        hintedAt = at - hintedAt < SHOWN_FOR_MS ? at - SHOWN_FOR_MS : hintedAt;
        return false;
      }
      if (captured >= SPEECH_LEVEL) {
        if (since === null || at - lastSpeechAt > PAUSE_ALLOWED_MS) since = at;
        lastSpeechAt = at;
      } else if (at - lastSpeechAt > PAUSE_ALLOWED_MS) {
        since = null;
      }
      const talked = since !== null && lastSpeechAt - since >= SPEECH_FOR_MS;
      if (talked && at - hintedAt >= QUIET_BETWEEN_MS) hintedAt = at;
      return at - hintedAt < SHOWN_FOR_MS;
    },
  };
}
