import { type Frame, framesOf, SILENCE } from '../core/audio/frame.ts';
import { levelOf } from '../core/audio/level.ts';
import { MicrophoneGate } from '../core/audio/microphone-gate.ts';
import { Mixer, scaled } from '../core/audio/mixer.ts';
import type { OutgoingFrame } from '../core/audio/outgoing-sound.ts';
import { renderHoldMusic, renderRing, renderRingback } from '../core/audio/tones.ts';
import type { CallId } from '../core/call.ts';
import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { Signals, Waveform } from '../core/signals.ts';
import { type RingTone, SOFT_RING_GAIN, type SoundPlan } from '../core/sound-plan.ts';
import { LegSound, type SoundSink } from './leg-sound.ts';

/** Time between pushes of signals: 25 a second. */
const SIGNALS_MS = 40;

/** Somebody hears this desk for so long after the last microphone frame went out. */
const REACH_MS = 100;

/** What the engine needs of the rest. */
export type EnginePorts = {
  readonly clock: Clock;
  /** Told who hears the microphone, by what was sent; null is nobody. */
  readonly onReach: (callId: CallId | null) => void;
  readonly onSignals: (signals: Signals) => void;
};

/** A leg's way into the engine. */
type LegInput = {
  readonly onFrame: (timestampMs: number, frame: Frame) => void;
  readonly onEnd: () => void;
};

/** All sound of the desk: legs in, mixed to the speaker; microphone through the gate, out to one leg. */
export type Engine = {
  /** Takes on a stream of a call. */
  readonly connect: (callId: CallId, sink: SoundSink) => LegInput;
  /** Does from now on what the plan says. Closing the microphone takes effect before this returns. */
  readonly follow: (plan: SoundPlan) => void;
  /** Forgets a call that is over. */
  readonly forget: (callId: CallId) => void;
  /** Sends a clip into a call. @returns false when the call has no stream */
  readonly playInto: (callId: CallId, samples: Int16Array) => boolean;
  /** Plays a clip on the speaker only. */
  readonly playHere: (samples: Int16Array) => void;
  /** The next 20 ms for the speaker. */
  readonly nextFrame: () => Frame;
  /** Takes 20 ms from the microphone. */
  readonly captured: (frame: Frame) => void;
  readonly waveform: (callId: CallId) => Waveform | null;
  readonly close: () => void;
};

/** Builds the engine. */
export function createEngine({ clock, onReach, onSignals }: EnginePorts): Engine {
  const legs = new Map<CallId, LegSound>();
  const gate = new MicrophoneGate();
  const mixer = new Mixer();
  const holdMusic = framesOf(renderHoldMusic());
  const ring = new RingPlayer();
  let plan: SoundPlan | null = null;
  let clip: Frame[] = [];
  let reach: CallId | null = null;
  let cancelReach: Cancel = () => {};
  let captured: number | null = null;
  let sentLevel = 0;

  const setReach = (callId: CallId | null): void => {
    if (callId === reach) return;
    reach = callId;
    onReach(callId);
  };

  const noteSent = (callId: CallId, { source }: OutgoingFrame, level: number): void => {
    if (source !== 'microphone') return;
    sentLevel = Math.max(sentLevel, level);
    setReach(callId);
    cancelReach();
    cancelReach = clock.after(REACH_MS, () => setReach(null));
  };

  const legOf = (callId: CallId): LegSound => {
    const known = legs.get(callId);
    if (known !== undefined) return known;
    const leg = new LegSound(clock, holdMusic, (sent, level) => noteSent(callId, sent, level));
    const sound = plan?.calls.get(callId);
    if (sound !== undefined) leg.follow(sound);
    legs.set(callId, leg);
    return leg;
  };

  const closeGate = (): void => {
    gate.open = false;
    if (plan?.microphone != null) legs.get(plan.microphone)?.hush();
    cancelReach();
    setReach(null);
  };

  const pushSignals = every(clock, SIGNALS_MS, () => {
    const calls = [...legs].flatMap(([callId, leg]) => {
      const news = leg.waveform.news();
      return news === null ? [] : [{ callId, ...news }];
    });
    if (calls.length === 0 && captured === null) return;
    onSignals({ captured, sent: sentLevel, calls });
    captured = null;
    sentLevel = 0;
  });

  return {
    connect: (callId, sink) => {
      const leg = legOf(callId);
      leg.connect(sink);
      return {
        onFrame: (timestampMs, frame) => leg.receive(timestampMs, frame),
        onEnd: () => leg.disconnect(sink),
      };
    },
    follow: next => {
      if (next.microphone === null || next.microphone !== plan?.microphone) closeGate();
      plan = next;
      gate.open = next.microphone !== null;
      ring.tone = next.ring;
      for (const [callId, leg] of legs) {
        const sound = next.calls.get(callId);
        if (sound !== undefined) leg.follow(sound);
      }
    },
    forget: callId => {
      legs.get(callId)?.close();
      legs.delete(callId);
    },
    playInto: (callId, samples) => {
      const leg = legs.get(callId);
      if (leg === undefined || !leg.connected) return false;
      leg.playClip(samples);
      return true;
    },
    playHere: samples => {
      clip = framesOf(samples);
    },
    nextFrame: () => {
      const gain = plan?.outputGain ?? 1;
      for (const leg of legs.values()) mixer.add(leg.playout.pull(), leg.sound.gain * gain);
      ring.addTo(mixer, gain);
      mixer.add(clip.shift() ?? SILENCE, gain);
      return mixer.take();
    },
    captured: frame => {
      captured = Math.max(captured ?? 0, levelOf(frame));
      const passed = gate.pass(frame);
      if (passed === null || plan === null) return;
      const callId = plan.microphone;
      if (callId !== null) legs.get(callId)?.speak(scaled(passed, plan.microphoneGain));
    },
    waveform: callId => legs.get(callId)?.waveform.whole() ?? null,
    close: () => {
      pushSignals();
      cancelReach();
      for (const leg of legs.values()) leg.close();
      legs.clear();
    },
  };
}

/** Repeats the tone of a ringing call. */
class RingPlayer {
  readonly #ring = framesOf(renderRing());
  readonly #ringback = framesOf(renderRingback());
  #tone: RingTone = 'none';
  #at = 0;

  set tone(tone: RingTone) {
    if (tone !== this.#tone) this.#at = 0;
    this.#tone = tone;
  }

  addTo(mixer: Mixer, gain: number): void {
    if (this.#tone === 'none') return;
    const frames = this.#tone === 'ringback' ? this.#ringback : this.#ring;
    const soft = this.#tone === 'soft-ring' ? SOFT_RING_GAIN : 1;
    mixer.add(frames[this.#at % frames.length] ?? SILENCE, gain * soft);
    this.#at += 1;
  }
}
