import { z } from 'zod';
import { FRAME_SAMPLES, type Frame, type StereoFrame } from './audio/frame.ts';
import type { Latency } from './sound.ts';

/**
 * What the app and the page of its window tell each other about sound. Two ports each: one for what
 * is said here, and one for frames, which leads past the page straight to its audio thread.
 */

/** One direction of sound. */
const side = z.enum(['input', 'output']);

const device = z.object({
  id: z.string().max(500),
  name: z.string().max(500),
  isDefault: z.boolean(),
  isBuiltIn: z.boolean(),
});

/** To the page. */
export type PageRequest =
  /** Tell which devices there are. */
  | { readonly kind: 'list' }
  /** Close these sides and open them as chosen; the list is told before. */
  | {
      readonly kind: 'open';
      readonly sides: readonly PageSide[];
      /** Comes back with each answer, so that late ones are known. */
      readonly turn: number;
      readonly inputId: string | null;
      readonly outputId: string | null;
      /** Which microphone may be opened: the chosen or else the default one, only the chosen, or none. */
      readonly microphone: 'any' | 'chosen' | 'none';
      readonly latency: Latency;
      readonly suppressNoise: boolean;
    }
  /** Close both sides, so that the system shows no microphone in use. */
  | { readonly kind: 'close' };

/** One direction of sound in the page. */
export type PageSide = z.output<typeof side>;

/** What is accepted from the page. */
export const pageReportSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('devices'),
    inputs: z.array(device).max(200),
    outputs: z.array(device).max(200),
    /** Whether they are told on the way to opening some of them. */
    opening: z.boolean(),
  }),
  z.object({ kind: z.literal('opened'), side, turn: z.number(), device }),
  z.object({
    kind: z.literal('failed'),
    side,
    turn: z.number(),
    fault: z.enum(['missing', 'busy', 'lost', 'hung', 'denied']),
    detail: z.string().max(1000),
  }),
  z.object({ kind: z.literal('closed') }),
  /** Frames come and go through the port that is sent with it from now on. */
  z.object({ kind: z.literal('frames') }),
]);

/** From the page. */
export type PageReport = Readonly<z.output<typeof pageReportSchema>>;

/** Most frames a page may ask for at once: what the largest buffer and the safest choice take. */
const MOST_NEEDED = 32;

/** The page's audio thread wants frames to play; each is answered by a `StereoFrame`. */
export const frameNeedSchema = z.object({
  need: z.number().int().min(0).max(MOST_NEEDED),
  /** Frames that did not come in time and were concealed since this was told last. */
  starved: z.number().int().min(0),
});

/** The page's audio thread wants frames to play. Its own clock is the clock of all playout. */
export type FrameNeed = Readonly<z.output<typeof frameNeedSchema>>;

/** Whether a message of the page's audio thread is 20 ms from the microphone. */
export function isCapturedFrame(message: unknown): message is Int16Array {
  return message instanceof Int16Array && message.length === FRAME_SAMPLES;
}

/** The way to one page of the window, from when it is loaded until it is gone. */
export type SoundPage = {
  readonly send: (request: PageRequest) => void;
  /** Gives 20 ms to the page's audio thread. The frame is copied before this returns. */
  readonly play: (frame: StereoFrame) => void;
  /** Sets who is told what the page says, instead of whoever was told before. */
  readonly listen: (listeners: PageListeners) => void;
  readonly close: () => void;
};

/** Who is told what a page says. */
export type PageListeners = {
  readonly onReport: (report: PageReport) => void;
  readonly onNeed: (need: FrameNeed) => void;
  readonly onCaptured: (frame: Frame) => void;
  /** The page is gone: reloaded, crashed or closed. */
  readonly onGone: () => void;
};

/** How a latency choice is kept in the page: frames asked for ahead, beside what the device takes at once. */
export const PAGE_AHEAD_FRAMES: Readonly<Record<Latency, number>> = {
  low: 1,
  balanced: 2,
  safe: 5,
};
