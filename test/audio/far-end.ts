import { expect } from 'vitest';
import { OutgoingLeg, type SentFrame, type SoundSink } from '../../electron/audio/outgoing-leg.ts';
import { FRAME_MS, FRAME_SAMPLES, type Frame } from '../../electron/core/audio/frame.ts';
import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import type { Cancel } from '../../electron/core/clock.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

const KINDS = ['clip', 'microphone', 'loop'] as const;
type Kind = (typeof KINDS)[number];

/** A frame that can be told from all others, of which µ-law loses nothing. */
export function frame(kind: Kind, number: number): Frame {
  const digits = [KINDS.indexOf(kind), Math.floor(number / 100), number % 100];
  return decodeMulaw(Uint8Array.from({ length: FRAME_SAMPLES }, (_, i) => 0x80 + (digits[i] ?? 9)));
}

/** What a frame made here is called. */
export function named(mulaw: Uint8Array): string {
  const [kind = 0, high = 0, low = 0] = [...mulaw.subarray(0, 3)].map(byte => byte - 0x80);
  return `${KINDS[kind]} ${high * 100 + low}`;
}

/** A clip of frames with numbers from `first` on. */
export function clip(first: number, frames: number): Int16Array {
  const samples = new Int16Array(frames * FRAME_SAMPLES);
  for (let i = 0; i < frames; i += 1) samples.set(frame('clip', first + i), i * FRAME_SAMPLES);
  return samples;
}

/** What frames with numbers from `first` on are called. */
export function names(kind: Kind, first: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${kind} ${first + i}`);
}

/** Twilio's end of a stream: its buffer, of which a frame is past taking back once half of it was played. */
export type FarEnd = SoundSink & {
  /** All that came in, in words. */
  readonly told: string[];
  jammed: boolean;
  open: boolean;
  /** Loses what it has not played. */
  readonly cut: () => void;
};

/** Opens one. @param heard takes the names of what was played, in order */
export function openFarEnd(
  clock: FakeClock,
  heard: string[],
  onMark: (name: string) => void,
): FarEnd {
  const told: string[] = [];
  let waiting: { readonly endMs: number; readonly cancel: Cancel; readonly mark: string | null }[] =
    [];
  let endMs = 0;
  const put = (atMs: number, run: () => void, mark: string | null): void => {
    const entry = {
      endMs,
      mark,
      cancel: clock.after(atMs - clock.now(), () => {
        waiting = waiting.filter(other => other !== entry);
        run();
      }),
    };
    waiting.push(entry);
  };
  const empty = (): string[] => {
    const sounds = waiting.filter(({ mark }) => mark === null);
    endMs -= sounds.length * FRAME_MS;
    const marks = waiting.flatMap(({ mark }) => mark ?? []);
    for (const { cancel } of waiting) cancel();
    waiting = [];
    return marks;
  };
  const end: FarEnd = {
    told,
    jammed: false,
    open: true,
    send: mulaw => {
      if (!end.open) return false;
      expect(end.jammed).toBe(false);
      told.push(named(mulaw));
      const startMs = Math.max(endMs, clock.now());
      endMs = startMs + FRAME_MS;
      expect(endMs - clock.now()).toBeLessThanOrEqual(60 + 1e-6);
      put(startMs + FRAME_MS / 2, () => heard.push(named(mulaw)), null);
      return true;
    },
    ready: () => !end.jammed,
    mark: name => {
      told.push('mark');
      put(Math.max(endMs, clock.now()), () => onMark(name), name);
    },
    clear: () => {
      told.push('clear');
      for (const name of empty()) clock.after(0, () => onMark(name));
    },
    cut: () => {
      end.open = false;
      empty();
    },
  };
  return end;
}

/** A leg on a clock that is moved by hand, and all that came of it. */
export function openLeg() {
  const clock = fakeClock();
  const sent: SentFrame[] = [];
  const heard: string[] = [];
  const played: string[] = [];
  const leg: OutgoingLeg = new OutgoingLeg(clock, frame => sent.push(frame));
  const connect = (): FarEnd => {
    const end = openFarEnd(clock, heard, name => leg.marked(name));
    leg.connect(end);
    return end;
  };
  const play = (first: number, frames: number): void =>
    leg.playClip(clip(first, frames), whole => played.push(`${first} ${whole}`));
  return { clock, leg, sent, heard, played, connect, play };
}
