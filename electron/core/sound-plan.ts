import { type Call, type CallId, isTalk } from './call.ts';
import { type ConsoleState, findCall } from './state.ts';

/** What is heard here while a call rings. */
export type RingTone = 'none' | 'ring' | 'soft-ring' | 'ringback';

/** What the sound of one live call should do. */
export type CallSound = {
  /** Gain of the other side on the speaker; 0 is silence. */
  readonly gain: number;
  /** Whether the other side hears hold music. */
  readonly holdMusic: boolean;
};

/** What all sound should do, worked out from the state alone. */
export type SoundPlan = {
  readonly calls: ReadonlyMap<CallId, CallSound>;
  /** The one call the microphone may reach; null keeps the gate shut. */
  readonly microphone: CallId | null;
  /** Loudness of the microphone on the wire. */
  readonly microphoneGain: number;
  /** Loudness of everything heard here. */
  readonly outputGain: number;
  readonly ring: RingTone;
  /** Whether the sound card is to be open. */
  readonly card: boolean;
};

/** Loudness of a second ring while somebody is spoken with. */
export const SOFT_RING_GAIN = 0.25;

/** Works out the sound plan. On any doubt the microphone is shut. */
export function soundPlan(state: ConsoleState): SoundPlan {
  const calls = new Map<CallId, CallSound>();
  for (const call of state.calls) {
    if (call.status !== 'live') continue;
    const held = call.heldAt !== null;
    calls.set(call.id, { gain: held ? 0 : call.volume, holdMusic: held });
  }
  return {
    calls,
    microphone: openMicrophone(state),
    microphoneGain: state.settings.inputVolume,
    outputGain: state.settings.outputVolume,
    ring: ringTone(state),
    card: state.soundCheck || state.calls.some(hasSound),
  };
}

function openMicrophone(state: ConsoleState): CallId | null {
  const call = findCall(state, state.microphone);
  if (call?.status !== 'live' || !call.stream || call.heldAt !== null) return null;
  return state.talkKeyHeld || !call.muted ? call.id : null;
}

/** Whether anything of a call may be heard here. Who waits in the queue, and who is only sent a message, is not. */
function hasSound(call: Call): boolean {
  if (call.status === 'dialing' || call.status === 'ringing') return call.kind === 'direct';
  return isTalk(call);
}

function ringTone(state: ConsoleState): RingTone {
  const talking = state.calls.some(call => isTalk(call) && call.heldAt === null);
  const ringsHere = state.calls.some(
    call => call.status === 'ringing' && call.direction === 'inbound',
  );
  if (ringsHere && state.settings.ringSound) return talking ? 'soft-ring' : 'ring';
  const ringsThere = state.calls.some(
    call => call.status === 'ringing' && call.direction === 'outbound' && call.kind === 'direct',
  );
  return ringsThere && !talking ? 'ringback' : 'none';
}
