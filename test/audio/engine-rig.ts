import { createEngine } from '../../electron/audio/engine.ts';
import type { StreamInput } from '../../electron/audio/leg-sound.ts';
import type { SoundSink } from '../../electron/audio/outgoing-leg.ts';
import { FRAME_SAMPLES, type Frame, SAMPLE_RATE_HZ } from '../../electron/core/audio/frame.ts';
import { decodeMulaw, encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import type { CallId } from '../../electron/core/call.ts';
import type { Fact } from '../../electron/core/events.ts';
import type { Side } from '../../electron/core/segment.ts';
import type { Signals } from '../../electron/core/signals.ts';
import { type CallSound, type SoundPlan, soundPlan } from '../../electron/core/sound-plan.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';
import { fakeClock } from '../support/fake-clock.ts';

/** The plan of what is to be heard after facts. */
export function planAfter(...facts: readonly Fact[]): SoundPlan {
  return soundPlan(stateAfter(facts));
}

/** A plan for calls, each as an ordinary one but for what is told. */
export function planFor(
  calls: Readonly<Record<CallId, Partial<CallSound>>>,
  microphone: CallId | null = null,
): SoundPlan {
  const ordinary: CallSound = {
    gain: 1,
    pan: 0,
    holdMusic: false,
    from: 'call',
    agent: null,
    toAgent: false,
  };
  const sounds = Object.entries(calls).map(
    ([id, sound]) => [id, { ...ordinary, ...sound }] as const,
  );
  return { ...planAfter(), calls: new Map(sounds), microphone };
}

/** The facts of two live calls. */
export const aAndB: readonly Fact[] = [...liveCallFacts('a'), ...liveCallFacts('b')];

/** 20 ms of one value, as µ-law leaves it. */
export function flat(value: number): Frame {
  return decodeMulaw(encodeMulaw(new Int16Array(FRAME_SAMPLES).fill(value)));
}

/** A number of frames of one value, in one. */
export function flatClip(value: number, frames: number): Int16Array {
  return new Int16Array(frames * FRAME_SAMPLES).fill(flat(value)[0] ?? 0);
}

/** Frame number `i` of a sine that never ends. */
export function toneFrame(hz: number, i: number, peak = 6000): Frame {
  return Int16Array.from({ length: FRAME_SAMPLES }, (_, at) =>
    Math.round(peak * Math.sin((2 * Math.PI * hz * (i * FRAME_SAMPLES + at)) / SAMPLE_RATE_HZ)),
  );
}

/** What both ears heard. */
export type Heard = { readonly left: Int16Array; readonly right: Int16Array };

/** An engine on a clock that is moved by hand, and all that came out of it. */
export function openEngine() {
  const clock = fakeClock();
  const reached: (CallId | null)[] = [];
  const signals: Signals[] = [];
  const lost: { callId: CallId; atMs: number; lengthMs: number }[] = [];
  const kept: { callId: CallId; side: Side; atMs: number; mulaw: Uint8Array }[] = [];
  const engine = createEngine({
    clock,
    onReach: callId => reached.push(callId),
    onSignals: news => signals.push(news),
    onLost: (callId, atMs, lengthMs) => lost.push({ callId, atMs, lengthMs }),
    onKept: (callId, side, atMs, mulaw) => kept.push({ callId, side, atMs, mulaw }),
  });

  /** A stream that notes what it was given; what it carries begins at time zero. */
  const opened = (connect: (sink: SoundSink) => StreamInput) => {
    const sent: Frame[] = [];
    const told: string[] = [];
    const marks: string[] = [];
    const socket = { jammed: false };
    let timestampMs = 0;
    const input = connect({
      send: mulaw => {
        sent.push(decodeMulaw(mulaw));
        told.push('sound');
        return true;
      },
      ready: () => !socket.jammed,
      mark: name => {
        marks.push(name);
        told.push('mark');
      },
      clear: () => told.push('clear'),
    });
    return {
      ...input,
      sent,
      told,
      marks,
      socket,
      /** The other side says the next 20 ms. */
      says: (frame: Frame): void => {
        input.onSound(timestampMs, encodeMulaw(frame));
        timestampMs += 20;
      },
      /** Sound of the other side is lost on the way. */
      loses: (ms: number): void => {
        timestampMs += ms;
      },
    };
  };

  /** Connects a call's own stream. */
  const stream = (callId: CallId) => opened(sink => engine.connect(callId, sink));

  /** Connects this desk's seat in a call. */
  const seat = (callId: CallId) => opened(sink => engine.connectSeat(callId, sink));

  /** Connects a stream beside a call. */
  const monitor = (callId: CallId) => {
    const input = engine.connectMonitor(callId);
    let timestampMs = 0;
    return {
      ...input,
      /** The customer says and hears the next 20 ms. */
      brings: (says: Frame, hears: Frame): void => {
        input.onSound('inbound', timestampMs, encodeMulaw(says));
        input.onSound('outbound', timestampMs, encodeMulaw(hears));
        timestampMs += 20;
      },
    };
  };

  /** Lets so many frames of time pass, and hears what the speaker plays meanwhile. */
  const pass = (frames: number, each: (i: number) => void = () => {}): Heard => {
    const left = new Int16Array(frames * FRAME_SAMPLES);
    const right = new Int16Array(frames * FRAME_SAMPLES);
    for (let i = 0; i < frames; i += 1) {
      each(i);
      clock.advance(10);
      for (const [at, sample] of engine.nextFrame().entries()) {
        const ear = at % 2 === 0 ? left : right;
        ear[i * FRAME_SAMPLES + (at >> 1)] = sample;
      }
      clock.advance(10);
    }
    return { left, right };
  };

  /** Speaks into the microphone for so many frames of time. */
  const speak = (frames: number, value = 8000): Heard =>
    pass(frames, () => engine.captured(flat(value)));

  return { clock, engine, reached, signals, lost, kept, stream, seat, monitor, pass, speak };
}
