import { type Frame, framesOf, type StereoFrame } from '../core/audio/frame.ts';
import { levelOf } from '../core/audio/level.ts';
import { type SoundTape, tapeBudget } from '../core/audio/sound-tape.ts';
import { renderHoldMusic } from '../core/audio/tones.ts';
import type { WaveformRecord } from '../core/audio/waveform-record.ts';
import type { CallId } from '../core/call.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import type { CallQuality } from '../core/quality.ts';
import type { Side } from '../core/segment.ts';
import type { Signals } from '../core/signals.ts';
import type { SoundPlan } from '../core/sound-plan.ts';
import { CallListeners } from './call-listeners.ts';
import { LegSound, type MonitorInput, type StreamInput } from './leg-sound.ts';
import { MicrophoneWay } from './microphone-way.ts';
import type { SoundSink } from './outgoing-leg.ts';
import { SignalPump } from './signal-pump.ts';
import { type ReplayVoice, SpeakerMix } from './speaker-mix.ts';
import { paceUnheard } from './unheard-pace.ts';

/** What the engine needs of the rest. */
export type EnginePorts = {
  readonly clock: Clock;
  /** Told who hears the microphone, by what was sent; null is nobody. */
  readonly onReach: (callId: CallId | null) => void;
  readonly onSignals: (signals: Signals) => void;
  /** A second or more of the other side never came. Times in ms of the call. */
  readonly onLost: (callId: CallId, atMs: number, lengthMs: number) => void;
  /**
   * Sound of either side was kept, 20 ms of it mostly: all that can be heard again, but for hold music.
   * @param atMs its place, in ms of the call @param mulaw 8 kHz, not to be written to
   */
  readonly onKept: (callId: CallId, side: Side, atMs: number, mulaw: Uint8Array) => void;
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
  readonly connect: (callId: CallId, sink: SoundSink) => StreamInput;
  /** Takes on a one-way stream beside a call of others: what the customer says, and what the customer hears. */
  readonly connectMonitor: (callId: CallId) => MonitorInput;
  /**
   * Takes on the stream of this desk's own leg in a conference: brings everybody else in one, and takes
   * along what is said here, unless the call still goes on by a stream of its own.
   */
  readonly connectSeat: (callId: CallId, sink: SoundSink) => StreamInput;
  /** Does from now on what the plan says. Closing the microphone takes effect before this returns. */
  readonly follow: (plan: SoundPlan) => void;
  /**
   * Shuts the microphone's gate to a call, beside the plan, and takes back what is unheard, before this
   * returns. It stays shut until a plan has shut it too: the next one that opens it decided anew.
   */
  readonly closeGate: (callId: CallId) => void;
  /** Settles once nothing that was sent into a call so far can still be played there: heard, taken back, or gone. */
  readonly drained: (callId: CallId) => Promise<void>;
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
  /** Cuts off every clip that is sent into a call, at once. */
  readonly stopPlaying: (callId: CallId) => void;
  /**
   * Tells what the other side of a call says as it comes, until cancelled or the call is forgotten.
   * @param listener its times are ms of the call
   */
  readonly earsOf: (
    callId: CallId,
    listener: (timestampMs: number, mulaw: Uint8Array) => void,
  ) => Cancel;
  /** Tells what the microphone says to the voice agent of a call alone, until cancelled or the call is forgotten. */
  readonly whispers: (callId: CallId, listener: (frame: Frame) => void) => Cancel;
  /** When the microphone last carried speech to a call or its agent, in ms since the epoch; null when never. */
  readonly lastSpokeAt: (callId: CallId) => number | null;
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
export function createEngine({ clock, onReach, onSignals, onLost, onKept }: EnginePorts): Engine {
  const legs = new Map<CallId, LegSound>();
  const speaker = new SpeakerMix();
  const holdMusic = framesOf(renderHoldMusic());
  const budget = tapeBudget();
  let plan: SoundPlan | null = null;
  const ears = new CallListeners<[timestampMs: number, mulaw: Uint8Array]>();
  const whispers = new CallListeners<[frame: Frame]>();
  const microphone = new MicrophoneWay({
    clock,
    legOf: callId => legs.get(callId),
    whisper: (callId, frame) => whispers.tell(callId, frame),
    onReach,
    onLevel: level => pump.sent(level),
  });

  const legOf = (callId: CallId): LegSound => {
    const known = legs.get(callId);
    if (known !== undefined) return known;
    const leg = new LegSound(clock, holdMusic, budget, {
      onSent: sent => microphone.sent(callId, sent),
      onHeard: (atMs, mulaw) => ears.tell(callId, atMs, mulaw),
      onLost: (atMs, lengthMs) => onLost(callId, atMs, lengthMs),
      onKept: (side, atMs, mulaw) => onKept(callId, side, atMs, mulaw),
    });
    const sound = plan?.calls.get(callId);
    if (sound !== undefined) leg.follow(sound);
    legs.set(callId, leg);
    return leg;
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
    for (const leg of legs.values()) leg.skip();
  };
  const unheard = paceUnheard(clock, () => legs.size > 0, passFrame);

  return {
    connect: (callId, sink) => legOf(callId).connect(sink),
    connectMonitor: callId => legOf(callId).connectMonitor(),
    connectSeat: (callId, sink) => legOf(callId).connectSeat(sink),
    follow: next => {
      microphone.follow(next);
      plan = next;
      speaker.ring = next.ring;
      for (const [callId, leg] of legs) {
        const sound = next.calls.get(callId);
        if (sound !== undefined) leg.follow(sound);
      }
    },
    closeGate: callId => microphone.close(callId),
    drained: async callId => legs.get(callId)?.outgoing.drained(),
    forget: callId => {
      ears.forget(callId);
      whispers.forget(callId);
      microphone.forget(callId);
      const leg = legs.get(callId);
      if (leg === undefined) return;
      leg.close();
      legs.delete(callId);
      for (const { playout, fader } of leg.tracks) {
        speaker.leave({ pull: () => playout.pull(clock.monotonic()), fader });
      }
    },
    playInto: (callId, samples, onPlayed) => {
      const leg = legs.get(callId);
      if (leg === undefined || !leg.outgoing.connected) return false;
      leg.outgoing.playClip(samples, onPlayed);
      return true;
    },
    stopPlaying: callId => legs.get(callId)?.outgoing.stopClips(),
    earsOf: (callId, listener) => ears.add(callId, listener),
    whispers: (callId, listener) => whispers.add(callId, listener),
    lastSpokeAt: callId => microphone.spokeAt(callId),
    playHere: samples => speaker.playHere(samples),
    playAgain: voice => speaker.playAgain(voice),
    nextFrame: () => {
      unheard.taken();
      const { outputGain: gain = 1, replayGain = 1 } = plan ?? {};
      return speaker.next(legs.values(), { gain, replayGain }, clock.monotonic());
    },
    captured: frame => {
      pump.captured(levelOf(frame));
      microphone.captured(frame);
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
      microphone.end();
      for (const leg of legs.values()) leg.close();
      legs.clear();
    },
  };
}
