import type { Frame } from '../core/audio/frame.ts';
import { levelOf, SPEECH_LEVEL } from '../core/audio/level.ts';
import { MicrophoneGate } from '../core/audio/microphone-gate.ts';
import { scaled } from '../core/audio/mixer.ts';
import type { CallId } from '../core/call.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import type { CallSound, SoundPlan } from '../core/sound-plan.ts';
import type { LegSound } from './leg-sound.ts';
import type { SentFrame } from './outgoing-leg.ts';

/**
 * Somebody hears this desk for so long after the last microphone frame went out. Shutting the gate
 * ends it at once; this is for a microphone that falls silent by itself, and longer than the pauses
 * (100 to 200 ms) a sound card makes on a busy computer, which are no end of speaking.
 */
const REACH_MS = 300;

/** What the way of the microphone needs of the rest. */
type MicrophonePorts = {
  readonly clock: Clock;
  readonly legOf: (callId: CallId) => LegSound | undefined;
  /** Tells the voice agent of a call; false when it does not listen. */
  readonly whisper: (callId: CallId, frame: Frame) => boolean;
  /** Told who hears the microphone, by what was sent; null is nobody. */
  readonly onReach: (callId: CallId | null) => void;
  /** Told how loud each frame was that went out. */
  readonly onLevel: (level: number) => void;
};

/** Where the microphone goes. */
type Target = Pick<CallSound, 'from' | 'toAgent'> & {
  readonly callId: CallId;
};

/** The one way of the microphone to anybody: through the gate, to where the plan says. */
export class MicrophoneWay {
  readonly #ports: MicrophonePorts;
  readonly #gate = new MicrophoneGate();
  readonly #spokeAt = new Map<CallId, number>();
  #target: Target | null = null;
  #gain = 1;
  /** The call to which the gate was shut beside the plan. */
  #shutFor: CallId | null = null;
  #reach: CallId | null = null;
  #cancelReach: Cancel = () => {};

  constructor(ports: MicrophonePorts) {
    this.#ports = ports;
  }

  /** Goes where the plan says from now on. What was said to others does not go along. */
  follow(plan: SoundPlan): void {
    const target = targetOf(plan);
    if (target === null || !isSame(target, this.#target)) this.#shut();
    // A plan that says what the last one said has not decided anew.
    if (target?.callId !== this.#shutFor) this.#shutFor = null;
    this.#target = target;
    this.#gain = plan.microphoneGain;
    this.#gate.open = target !== null && this.#shutFor === null;
  }

  /** Shuts the gate to a call, at once, until a plan opens it anew. */
  close(callId: CallId): void {
    if (this.#target?.callId !== callId) {
      this.#ports.legOf(callId)?.outgoing.hush();
      return;
    }
    this.#shutFor = callId;
    this.#shut();
  }

  /** Takes 20 ms from the microphone. */
  captured(frame: Frame): void {
    const passed = this.#gate.pass(frame);
    if (passed === null || this.#target === null) return;
    const { callId, toAgent } = this.#target;
    const said = scaled(passed, this.#gain);
    if (!toAgent) this.#ports.legOf(callId)?.speak(said);
    else if (this.#ports.whisper(callId, said)) this.#reached(callId, levelOf(said));
  }

  /** Takes note of what went out on a call. */
  sent(callId: CallId, { source, level }: SentFrame): void {
    if (source === 'microphone') this.#reached(callId, level);
  }

  /** When it last carried speech to a call, in ms since the epoch; null when never. */
  spokeAt(callId: CallId): number | null {
    return this.#spokeAt.get(callId) ?? null;
  }

  /** Forgets a call that is over. */
  forget(callId: CallId): void {
    this.#spokeAt.delete(callId);
  }

  /** Stops for good. */
  end(): void {
    this.#gate.open = false;
    this.#target = null;
    this.#cancelReach();
  }

  #shut(): void {
    this.#gate.open = false;
    if (this.#target !== null) this.#ports.legOf(this.#target.callId)?.outgoing.hush();
    this.#cancelReach();
    this.#setReach(null);
  }

  #reached(callId: CallId, level: number): void {
    const { clock, onLevel } = this.#ports;
    onLevel(level);
    if (level >= SPEECH_LEVEL) this.#spokeAt.set(callId, clock.now());
    this.#setReach(callId);
    this.#cancelReach();
    this.#cancelReach = clock.after(REACH_MS, () => this.#setReach(null));
  }

  #setReach(callId: CallId | null): void {
    if (callId === this.#reach) return;
    this.#reach = callId;
    this.#ports.onReach(callId);
  }
}

function targetOf({ microphone, calls }: SoundPlan): Target | null {
  if (microphone === null) return null;
  const { from = 'call', toAgent = false } = calls.get(microphone) ?? {};
  return { callId: microphone, from, toAgent };
}

function isSame(a: Target, b: Target | null): boolean {
  return b !== null && a.callId === b.callId && a.from === b.from && a.toAgent === b.toAgent;
}
