import { type Frame, framesOf, type StereoFrame } from '../core/audio/frame.ts';
import { levelOf } from '../core/audio/level.ts';
import { MicrophoneGate } from '../core/audio/microphone-gate.ts';
import { scaled } from '../core/audio/mixer.ts';
import { type SoundTape, tapeBudget } from '../core/audio/sound-tape.ts';
import { renderHoldMusic } from '../core/audio/tones.ts';
import type { WaveformRecord } from '../core/audio/waveform-record.ts';
import type { CallId } from '../core/call.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import type { CallQuality } from '../core/quality.ts';
import type { Signals } from '../core/signals.ts';
import type { SoundPlan } from '../core/sound-plan.ts';
import { LegSound } from './leg-sound.ts';
import type { SentFrame, SoundSink } from './outgoing-leg.ts';
import { SignalPump } from './signal-pump.ts';
import { type ReplayVoice, SpeakerMix } from './speaker-mix.ts';
import { paceUnheard } from './unheard-pace.ts';

/** Somebody hears this desk for so long after the last microphone frame went out. */
const REACH_MS = 100;

/** What the engine needs of the rest. */
export type EnginePorts = {
  readonly clock: Clock;
  /** Told who hears the microphone, by what was sent; null is nobody. */
  readonly onReach: (callId: CallId | null) => void;
  readonly onSignals: (signals: Signals) => void;
  /** A second or more of the other side never came. Times in ms of the call. */
  readonly onLost: (callId: CallId, atMs: number, lengthMs: number) => void;
};

/** A leg's way into the engine. */
type LegInput = {
  /** Sound of the other side. @param timestampMs since the stream began @param mulaw 8 kHz */
  readonly onSound: (timestampMs: number, mulaw: Uint8Array) => void;
  readonly onMark: (name: string) => void;
  readonly onEnd: () => void;
};

/** What is kept of a call's sound while it lasts, and for whoever still holds it then. */
type CallTape = {
  readonly tape: SoundTape;
  readonly waveform: WaveformRecord;
  /** What time of the call it is, in ms since its first stream began. */
  readonly nowMs: () => number;
};

/** All sound of the desk: legs in, mixed to the speaker; microphone through the gate, out to one leg. */
export type Engine = {
  /** Takes on a stream of a call. */
  readonly connect: (callId: CallId, sink: SoundSink) => LegInput;
  /** Does from now on what the plan says. Closing the microphone takes effect before this returns. */
  readonly follow: (plan: SoundPlan) => void;
  /** Forgets a call that is over. */
  readonly forget: (callId: CallId) => void;
  /**
   * Sends a clip into a call.
   * @param onPlayed told once when the other side has heard it, or that it was cut off
   * @returns false when the call has no stream
   */
  readonly playInto: (
    callId: CallId,
    samples: Int16Array,
    onPlayed?: (whole: boolean) => void,
  ) => boolean;
  /** Plays a clip on the speaker only. */
  readonly playHere: (samples: Int16Array) => void;
  /** Plays the past on the speaker only; null stops it. */
  readonly playAgain: (voice: ReplayVoice | null) => void;
  /**
   * The next 20 ms for the speaker. The array is used again for the 20 ms after. While no speaker asks,
   * time goes by without it, so that nothing piles up.
   */
  readonly nextFrame: () => StereoFrame;
  /** Takes 20 ms from the microphone. */
  readonly captured: (frame: Frame) => void;
  /** The sound of a call so far; null when it has none. */
  readonly tapeOf: (callId: CallId) => CallTape | null;
  /** How the sound of each call goes. */
  readonly qualities: () => readonly { readonly callId: CallId; readonly quality: CallQuality }[];
  /** How often timestamps of a call could not be true, and its sound was placed by the clock. */
  readonly newStartsOf: (callId: CallId) => number;
  readonly close: () => void;
};

/** Builds the engine. */
export function createEngine({ clock, onReach, onSignals, onLost }: EnginePorts): Engine {
  const legs = new Map<CallId, LegSound>();
  const gate = new MicrophoneGate();
  const speaker = new SpeakerMix();
  const holdMusic = framesOf(renderHoldMusic());
  const budget = tapeBudget();
  let plan: SoundPlan | null = null;
  let reach: CallId | null = null;
  let cancelReach: Cancel = () => {};

  const setReach = (callId: CallId | null): void => {
    if (callId === reach) return;
    reach = callId;
    onReach(callId);
  };

  const noteSent = (callId: CallId, { source, level }: SentFrame): void => {
    if (source !== 'microphone') return;
    pump.sent(level);
    setReach(callId);
    cancelReach();
    cancelReach = clock.after(REACH_MS, () => setReach(null));
  };

  const legOf = (callId: CallId): LegSound => {
    const known = legs.get(callId);
    if (known !== undefined) return known;
    const leg = new LegSound(clock, holdMusic, budget, {
      onSent: sent => noteSent(callId, sent),
      onLost: (atMs, lengthMs) => onLost(callId, atMs, lengthMs),
    });
    const sound = plan?.calls.get(callId);
    if (sound !== undefined) leg.follow(sound);
    legs.set(callId, leg);
    return leg;
  };

  const closeGate = (): void => {
    gate.open = false;
    if (plan?.microphone != null) legs.get(plan.microphone)?.outgoing.hush();
    cancelReach();
    setReach(null);
  };

  const qualities = () => [...legs].map(([callId, leg]) => ({ callId, quality: leg.quality() }));

  const pump = new SignalPump(clock, onSignals, {
    calls: () => {
      const calls: Signals['calls'][number][] = [];
      for (const [callId, { waveform }] of legs) {
        const news = waveform.news();
        if (news === null) continue;
        calls.push({ callId, firstFrame: news.firstFrame, them: news.them, us: news.us });
      }
      return calls;
    },
    qualities,
    replay: () => speaker.replayPosition,
  });

  const passFrame = (): void => {
    for (const leg of legs.values()) leg.playout.skip(clock.monotonic());
  };
  const unheard = paceUnheard(clock, () => legs.size > 0, passFrame);

  return {
    connect: (callId, sink) => {
      const leg = legOf(callId);
      leg.connect(sink);
      return {
        onSound: (timestampMs, mulaw) => leg.receive(sink, timestampMs, mulaw),
        onMark: name => leg.outgoing.marked(name),
        onEnd: () => leg.outgoing.disconnect(sink),
      };
    },
    follow: next => {
      if (next.microphone === null || next.microphone !== plan?.microphone) closeGate();
      plan = next;
      gate.open = next.microphone !== null;
      speaker.ring = next.ring;
      for (const [callId, leg] of legs) {
        const sound = next.calls.get(callId);
        if (sound !== undefined) leg.follow(sound);
      }
    },
    forget: callId => {
      const leg = legs.get(callId);
      if (leg === undefined) return;
      leg.close();
      legs.delete(callId);
      speaker.leave({ pull: () => leg.playout.pull(clock.monotonic()), fader: leg.fader });
    },
    playInto: (callId, samples, onPlayed) => {
      const leg = legs.get(callId);
      if (leg === undefined || !leg.outgoing.connected) return false;
      leg.outgoing.playClip(samples, onPlayed);
      return true;
    },
    playHere: samples => speaker.playHere(samples),
    playAgain: voice => speaker.playAgain(voice),
    nextFrame: () => {
      unheard.taken();
      const { outputGain: gain = 1, replayGain = 1 } = plan ?? {};
      return speaker.next(legs.values(), { gain, replayGain }, clock.monotonic());
    },
    captured: frame => {
      pump.captured(levelOf(frame));
      const passed = gate.pass(frame);
      if (passed === null || plan === null) return;
      const callId = plan.microphone;
      if (callId !== null) legs.get(callId)?.outgoing.speak(scaled(passed, plan.microphoneGain));
    },
    tapeOf: callId => {
      const leg = legs.get(callId);
      if (leg === undefined) return null;
      return { tape: leg.tape, waveform: leg.waveform, nowMs: () => leg.nowMs() };
    },
    qualities,
    newStartsOf: callId => legs.get(callId)?.newStarts ?? 0,
    close: () => {
      pump.close();
      unheard.close();
      cancelReach();
      for (const leg of legs.values()) leg.close();
      legs.clear();
    },
  };
}
