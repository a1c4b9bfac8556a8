import { type Call, type CallId, isTalk, type LiveCall } from './call.ts';
import { hearersOf } from './room.ts';
import { type ConsoleState, findCall } from './state.ts';

/** What is heard here while a call rings. */
export type RingTone = 'none' | 'ring' | 'soft-ring' | 'ringback';

/** What the sound of one live call should do. */
export type CallSound = {
  /** Gain of the other side on the speaker; 0 is silence. */
  readonly gain: number;
  /** Where the other side is heard: -1 left, 0 in the middle, 1 right. */
  readonly pan: number;
  /** Whether the other side hears hold music. */
  readonly holdMusic: boolean;
  /**
   * Where the call is heard from: its own stream, the stream beside a call of others, or this desk's
   * seat, which brings the whole mix without this desk's own voice.
   */
  readonly from: 'call' | 'monitor' | 'seat';
  /** Whether what its voice agent says goes to the other side; null when it has none. */
  readonly agent: 'heard' | 'unheard' | null;
  /** Whether the microphone, when it is open to this call, goes to its voice agent alone. */
  readonly toAgent: boolean;
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
  /** Gain of sound of the past: 1, or soft while the microphone is open to somebody else. */
  readonly replayGain: number;
  readonly ring: RingTone;
  /** Whether the sound card is to be open. */
  readonly card: boolean;
};

/** Loudness of a second ring while somebody is spoken with. */
export const SOFT_RING_GAIN = 0.25;

/** Loudness of what is not in focus, about -10 dB: half as loud, and still understood. */
const DUCKED_GAIN = 0.3;

/** Works out the sound plan. On any doubt the microphone is shut. */
export function soundPlan(state: ConsoleState): SoundPlan {
  const microphone = openMicrophone(state);
  const solo = state.calls.some(isAlone);
  const focus = focusOf(state, solo);
  const calls = new Map<CallId, CallSound>();
  for (const call of state.calls) {
    if (call.status !== 'live') continue;
    const ducked = focus !== null && focus !== call.id;
    const gain = ownGain(state, call, solo) * (ducked ? DUCKED_GAIN : 1);
    calls.set(call.id, {
      gain,
      pan: call.pan,
      // In a conference Twilio plays the music.
      holdMusic: call.heldAt !== null && call.room === null,
      from: sourceOf(call),
      agent: agentSound(call),
      toAgent: call.agent?.whispered === true,
    });
  }
  const talksToOther = focus !== null && focus === microphone && focus !== state.replay?.callId;
  return {
    calls,
    microphone,
    microphoneGain: state.settings.inputVolume,
    outputGain: state.settings.outputVolume,
    replayGain: talksToOther ? DUCKED_GAIN : 1,
    ring: ringTone(state),
    card: state.soundCheck || state.replay !== null || state.calls.some(hasSound),
  };
}

/**
 * What the others are softer than: the call of the microphone while it is heard here, or else what
 * is played of the past. Null when there is none, or when the person wants all equally loud.
 */
function focusOf(state: ConsoleState, solo: boolean): CallId | null {
  if (!state.settings.duckOthers) return null;
  const call = findCall(state, state.microphone);
  if (call?.status === 'live' && ownGain(state, call, solo) > 0) return call.id;
  return state.replay?.playing === true ? state.replay.callId : null;
}

/** How loud a call is heard, were there no other in focus. @param solo whether any is heard alone */
function ownGain(state: ConsoleState, call: LiveCall, solo: boolean): number {
  if (isShut(call) || isRewound(state, call)) return 0;
  return solo && !call.solo ? 0 : call.volume;
}

/** Whether a call is to be heard alone. One that is shut itself does not silence the others. */
function isAlone(call: Call): boolean {
  return call.status === 'live' && call.solo && !isShut(call);
}

function isShut(call: LiveCall): boolean {
  return call.heldAt !== null || call.silenced;
}

/** Whether the past of a call is listened to instead of its present. */
function isRewound({ replay }: ConsoleState, call: LiveCall): boolean {
  return replay?.source === 'live' && replay.callId === call.id;
}

function openMicrophone(state: ConsoleState): CallId | null {
  const call = findCall(state, state.microphone);
  if (call?.status !== 'live' || call.heldAt !== null || !isReached(call)) return null;
  return state.talkKeyHeld || !call.muted ? call.id : null;
}

/** Whether an open microphone would reach somebody on the call. */
function isReached(call: LiveCall): boolean {
  const { room, agent } = call;
  if (room !== null) return room.seat?.way !== 'phone' && hearersOf(room).length > 0;
  if (agent?.whispered === true) return agent.status === 'serving';
  const isServed = agent !== null && agent.status !== 'silent' && agent.status !== 'lost';
  return call.stream && !isServed;
}

function sourceOf({ room }: LiveCall): CallSound['from'] {
  if (room === null) return 'call';
  const { seat } = room;
  return seat?.stream === true && seat.way !== 'phone' ? 'seat' : 'monitor';
}

function agentSound({ agent }: LiveCall): CallSound['agent'] {
  if (agent === null) return null;
  return agent.status === 'serving' ? 'heard' : 'unheard';
}

/** Whether anything of a call may be heard here. Who waits in the queue, and who is only sent a message, is not. */
function hasSound(call: Call): boolean {
  if (call.status === 'dialing' || call.status === 'ringing') return call.kind === 'direct';
  if (call.status !== 'live') return false;
  return isTalk(call) || isHeardBeside(call);
}

/** Whether a call of others comes here as sound. */
function isHeardBeside({ room }: LiveCall): boolean {
  return room !== null && (room.listening || room.seat !== null);
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
