import type { CallId } from '../core/call.ts';
import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { Side } from '../core/segment.ts';
import type { Log } from '../log.ts';
import { createActivityLink, type LaunchVoiceActivity } from './activity-link.ts';
import { createSoundBatch } from './sound-batch.ts';

/** Samples of a call in one millisecond. */
const SAMPLES_PER_MS = 8;

/** How often sound is handed over: three chunks of the model. */
const BEAT_MS = 96;

/** Beats without sound of a side after which whoever talked there has stopped: about half a second. */
const STALLED_BEATS = 6;

type VoiceActivityPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly launch: LaunchVoiceActivity;
  /**
   * Somebody began to talk or stopped, told by turns for each side, about half a second late; a word
   * below 512 ms is told when it is over. @param atMs where, in ms of the call
   */
  readonly onTalk: (callId: CallId, side: Side, on: boolean, atMs: number) => void;
  /** For a moment nobody listened: of what was said then nothing is told. */
  readonly onLost?: () => void;
};

/** Tells who talks on which call, by the sound of voices. */
export type VoiceActivity = {
  /** Sound may come soon: starts the process, which holds up this one for a moment, before there is any to be held up. */
  readonly prepare: () => void;
  /** Takes sound of one side. @param atMs its place, in ms of the call @param mulaw 8 kHz; it is copied */
  readonly hear: (callId: CallId, side: Side, atMs: number, mulaw: Uint8Array) => void;
  /** A call is over: whoever still talks has stopped. */
  readonly forget: (callId: CallId) => void;
  /** Whether talk is told now: not before the first sound, after a crash, or where the native library cannot run. */
  readonly available: () => boolean;
  /** Listens no more; nothing is told after it. */
  readonly close: () => void;
};

type HeardSide = {
  readonly number: number;
  readonly callId: CallId;
  readonly side: Side;
  /** Where whoever talks began, in ms of the call; null while nobody does. */
  talkingSince: number | null;
  /** Where its sound so far ends, in samples of the call. */
  to: number;
  /** Beats since it last had sound. */
  quietBeats: number;
  /** Whether it is known that nothing comes any more. */
  isStalled: boolean;
};

/** Listens for voices in a process of its own, which starts when it is told to prepare, at the latest with the first sound. */
export function createVoiceActivity(ports: VoiceActivityPorts): VoiceActivity {
  const { clock, log, launch, onTalk } = ports;
  const calls = new Map<CallId, Record<Side, HeardSide>>();
  const sides = new Map<number, HeardSide>();
  const batch = createSoundBatch();
  let forgotten: number[] = [];
  let numbers = 0;
  let stopBeating: Cancel | null = null;
  let isClosed = false;

  const turn = (side: HeardSide, on: boolean, atMs: number): void => {
    if (on === (side.talkingSince !== null)) return;
    side.talkingSince = on ? atMs : null;
    onTalk(side.callId, side.side, on, atMs);
  };

  /** Ends what is open where sound was last heard. */
  const endTalk = (side: HeardSide): void => {
    const since = side.talkingSince;
    if (since !== null) turn(side, false, Math.max(since, side.to / SAMPLES_PER_MS));
  };

  const link = createActivityLink({
    clock,
    log,
    launch,
    onTurns: turns => {
      for (let i = 0; i + 2 < turns.length; i += 3) {
        const [number = 0, on = 0, at = 0] = turns.subarray(i, i + 3);
        const side = sides.get(number);
        if (side !== undefined) turn(side, on === 1, at / SAMPLES_PER_MS);
      }
    },
    onEnd: () => {
      batch.clear();
      forgotten = [];
      for (const side of sides.values()) endTalk(side);
      ports.onLost?.();
      if (link.failed()) rest();
    },
  });

  /** Nothing is to be handed over. */
  const rest = (): void => {
    calls.clear();
    sides.clear();
    stopBeating?.();
    stopBeating = null;
  };

  const newSide = (callId: CallId, side: Side): HeardSide => {
    numbers += 1;
    const heard: HeardSide = {
      number: numbers,
      callId,
      side,
      talkingSince: null,
      to: 0,
      quietBeats: 0,
      isStalled: true,
    };
    sides.set(numbers, heard);
    return heard;
  };

  const newCall = (callId: CallId): Record<Side, HeardSide> => {
    const call = { them: newSide(callId, 'them'), us: newSide(callId, 'us') };
    calls.set(callId, call);
    link.start();
    stopBeating ??= every(clock, BEAT_MS, beat);
    return call;
  };

  const beat = (): void => {
    link.beat();
    for (const side of sides.values()) side.quietBeats += 1;
    if (link.status() !== 'ready') return;
    const stalled: number[] = [];
    for (const side of sides.values()) {
      if (side.isStalled || side.quietBeats < STALLED_BEATS) continue;
      side.isStalled = true;
      stalled.push(side.number);
    }
    const sound = batch.take();
    if (sound.pieces.length + stalled.length + forgotten.length > 0) {
      link.send({ ...sound, stalled, forgotten });
      forgotten = [];
    } else if (calls.size === 0) rest();
  };

  return {
    prepare: () => {
      if (!isClosed) link.start();
    },
    hear: (callId, name, atMs, mulaw) => {
      if (isClosed || link.failed()) return;
      const side = (calls.get(callId) ?? newCall(callId))[name];
      const at = Math.round(atMs * SAMPLES_PER_MS);
      side.to = at + mulaw.length;
      side.quietBeats = 0;
      side.isStalled = false;
      if (link.status() !== 'away') batch.add(side.number, at, mulaw);
    },
    forget: callId => {
      const call = calls.get(callId);
      if (call === undefined) return;
      calls.delete(callId);
      for (const side of [call.them, call.us]) {
        endTalk(side);
        sides.delete(side.number);
        forgotten.push(side.number);
      }
    },
    available: link.listening,
    close: () => {
      isClosed = true;
      rest();
      link.close();
    },
  };
}
