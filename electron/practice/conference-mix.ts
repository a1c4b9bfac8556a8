import { FRAME_SAMPLES, type Frame, SILENCE } from '../core/audio/frame.ts';
import { withWordsOf } from './frame-words.ts';

/** What decides who hears a participant. */
type Voice = {
  readonly call: { readonly sid: string };
  readonly muted: boolean;
  readonly hold: boolean;
  readonly coaching: boolean;
  readonly callSidToCoach: string | undefined;
};

/** Whether one participant of a conference that has started hears another. */
export function isHeardBy(speaker: Voice, listener: Voice): boolean {
  if (speaker.call.sid === listener.call.sid) return false;
  if (speaker.muted || speaker.hold || listener.hold) return false;
  return !speaker.coaching || speaker.callSidToCoach === listener.call.sid;
}

/** All frames at once, saturated where they are too loud together, with the words of each; may be one of them. */
export function mixed(frames: readonly Frame[]): Frame {
  const [first, ...others] = frames.filter(frame => frame !== SILENCE);
  if (first === undefined) return SILENCE;
  if (others.length === 0) return first;
  const mix = new Int16Array(FRAME_SAMPLES);
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    const sum = others.reduce((total, frame) => total + (frame[i] ?? 0), first[i] ?? 0);
    mix[i] = Math.max(-32768, Math.min(32767, sum));
  }
  return withWordsOf(mix, [first, ...others]);
}
