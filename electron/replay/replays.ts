import type { Frame } from '../core/audio/frame.ts';
import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import type { SoundTape } from '../core/audio/sound-tape.ts';
import type { WaveformRecord, Zoom } from '../core/audio/waveform-record.ts';
import type { CallId } from '../core/call.ts';
import type { ConsoleEvent, Fact } from '../core/events.ts';
import { ProblemError } from '../core/problem.ts';
import type { Recording } from '../core/recording.ts';
import type { Replay, ReplaySpeed } from '../core/replay.ts';
import type { Signals, Waveform, WaveformPart } from '../core/signals.ts';
import { keptSource } from './kept-source.ts';
import { createKeptWaveforms } from './kept-waveforms.ts';
import { ReplayDeck } from './replay-deck.ts';
import { tapeSource } from './tape-source.ts';

/** How far a live call is rewound when not told. */
const REWIND_MS = 10_000;

/** What is kept of the sound of a live call. */
type LiveSound = {
  readonly tape: SoundTape;
  readonly waveform: WaveformRecord;
};

/** What replaying needs of the rest. */
export type ReplayPorts = {
  readonly emit: (fact: Fact) => void;
  /** The sound of a call that is live; null when it is not, or has none. */
  readonly liveSound: (callId: CallId) => LiveSound | null;
  /** The recordings of a call that are kept here. */
  readonly kept: (callId: CallId) => Promise<readonly Recording[]>;
  readonly readLevels: (path: string) => Promise<Waveform>;
  /** Plays on the speaker; null stops. */
  readonly play: (
    voice: { readonly pull: () => Frame; readonly position: () => Signals['replay'] } | null,
  ) => void;
};

/** Sound of the past, played to the speaker only: of a live call, or of recordings. One at a time. */
export type Replays = {
  /** Plays a call again. Rejects with `no-recording` or `file-unreadable`. @param atMs ms of the call */
  readonly start: (callId: CallId, atMs?: number, speed?: ReplaySpeed) => Promise<void>;
  readonly pause: (on: boolean) => void;
  readonly seek: (atMs: number) => void;
  readonly tune: (tuning: { speed?: ReplaySpeed; skipSilence?: boolean }) => void;
  readonly end: () => void;
  /** A call that ends is no longer live, and is played to its end; what is deleted is no longer played. */
  readonly follow: (event: ConsoleEvent) => void;
  /** A stretch of a call's waveform; null when nothing is kept of its sound. */
  readonly waveform: (
    callId: CallId,
    zoom: Zoom,
    first: number,
    count: number,
  ) => Promise<WaveformPart | null>;
};

/** Builds what replays. */
export function createReplays(ports: ReplayPorts): Replays {
  const { emit } = ports;
  const waveforms = createKeptWaveforms(ports.readLevels);
  let deck: ReplayDeck | null = null;
  let replay: Replay | null = null;
  /** Whether what plays is the rest of a call that was live when it began, of which there may be no more. */
  let isRest = false;
  /** Counts starts: one that took long gives way to one that came after it. */
  let starts = 0;
  let tuning: Pick<Replay, 'speed' | 'skipSilence'> = { speed: 1, skipSilence: false };

  const tell = (next: Replay | null): void => {
    replay = next;
    emit({ event: 'replay-changed', replay: next });
  };

  const end = (): void => {
    starts += 1;
    ports.play(null);
    deck?.close();
    deck = null;
    if (replay !== null) tell(null);
  };

  const current = (): { deck: ReplayDeck; replay: Replay } => {
    if (deck === null || replay === null) throw nothingPlays();
    return { deck, replay };
  };

  /** The end of its sound: a live call is heard as it is again, its rest is over, a recording stands still. */
  const reached = (callId: CallId): void => {
    if (replay?.callId !== callId) return;
    if (replay.source === 'live' || isRest) end();
    else tell({ ...replay, playing: false });
  };

  const begin = (
    callId: CallId,
    source: Replay['source'],
    next: ReplayDeck,
    speed: ReplaySpeed = tuning.speed,
  ): void => {
    tuning = { ...tuning, speed };
    isRest = false;
    ports.play(null);
    deck?.close();
    deck = next;
    next.speed = tuning.speed;
    next.skipSilence = tuning.skipSilence;
    next.play(true);
    ports.play({ pull: () => next.pull(), position: () => next.position() });
    tell({ callId, source, playing: true, ...tuning });
  };

  return {
    start: async (callId, atMs, speed) => {
      starts += 1;
      const mine = starts;
      const sound = ports.liveSound(callId);
      if (sound !== null) {
        const endMs = (sound.tape.end * 1000) / SAMPLE_RATE_HZ;
        const isLive = (): boolean => ports.liveSound(callId) !== null;
        const source = tapeSource(sound, isLive);
        const at = atMs ?? Math.max(0, endMs - REWIND_MS);
        begin(callId, 'live', new ReplayDeck(source, at, () => reached(callId)), speed);
        return;
      }
      const kept = await ports.kept(callId);
      if (kept.length === 0) throw noRecording();
      const source = await keptSource(kept, await waveforms.of(callId, kept));
      if (mine !== starts) source.close();
      else begin(callId, 'kept', new ReplayDeck(source, atMs ?? 0, () => reached(callId)), speed);
    },
    pause: on => {
      const now = current();
      now.deck.play(!on);
      tell({ ...now.replay, playing: !on });
    },
    seek: atMs => current().deck.seek(atMs),
    tune: ({ speed, skipSilence }) => {
      const now = current();
      tuning = {
        speed: speed ?? tuning.speed,
        skipSilence: skipSilence ?? tuning.skipSilence,
      };
      now.deck.speed = tuning.speed;
      now.deck.skipSilence = tuning.skipSilence;
      tell({ ...now.replay, ...tuning });
    },
    end,
    follow: event => {
      if (replay === null || !('callId' in event) || event.callId !== replay.callId) return;
      if (event.event === 'call-ended') {
        isRest = true;
        // What stands still would stand for ever: nothing of it need be kept.
        if (replay.playing) tell({ ...replay, source: 'kept' });
        else end();
      } else if (event.event === 'recording-deleted') end();
    },
    waveform: async (callId, zoom, first, count) => {
      const live = ports.liveSound(callId);
      if (live !== null) return live.waveform.part(zoom, first, count);
      const kept = await ports.kept(callId);
      if (kept.length === 0) return null;
      return (await waveforms.of(callId, kept)).part(zoom, first, count);
    },
  };
}

function noRecording(): ProblemError {
  return new ProblemError({
    kind: 'no-recording',
    message: 'There is no recording of this call.',
    remedy:
      'Record a call with R while it is live, or choose in the settings which calls are recorded.',
  });
}

function nothingPlays(): ProblemError {
  return new ProblemError({
    kind: 'wrong-call-state',
    message: 'Nothing is played now.',
    remedy: 'Start with start-replay and a call.',
  });
}
