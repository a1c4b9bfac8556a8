import { asLive, type LiveCall } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import { type ConsoleState, findCall } from '../core/state.ts';
import type { SoundTranscriber } from '../core/transcriber.ts';
import type { LineTranscriptions, Transcription } from '../core/transcription.ts';
import type { Log } from '../log.ts';
import { type CallTranscript, createCallTranscript } from './call-transcript.ts';
import type { SegmentTeller } from './segment-teller.ts';
import { createSoundWriter } from './sound-writer.ts';
import { createTalkStretches } from './talk-stretches.ts';
import { NOT_HERE } from './transcript-problems.ts';
import { bestShape } from './twilio-plan.ts';
import { createTwilioWriter } from './twilio-writer.ts';
import { noWriter, type WriterListener, type WriterRequest } from './writer.ts';

/** What writing down a call needs of the rest. */
export type TranscribedCallPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
  /** The line in use; null while it is down. */
  readonly line: () => LineTranscriptions | null;
  /** All that this run has beside Twilio. */
  readonly transcribers: readonly SoundTranscriber[];
  /** What time of a call's sound it is, in ms; null while it has none. */
  readonly soundNowMs: (callId: string) => number | null;
  /** Whether it is told now who talks. */
  readonly talkIsKnown: () => boolean;
  /** Names this desk to others. */
  readonly deskName: () => string;
};

/** Joins what writes down one live call. */
export function transcribeCall(
  { id: callId, ...first }: LiveCall,
  teller: SegmentTeller,
  ports: TranscribedCallPorts,
): CallTranscript {
  const { clock, emit } = ports;
  const stretches = createTalkStretches();
  /** Until its end is known it is as it was. */
  let latest: LiveCall = { id: callId, ...first };
  let shown: Transcription = first.transcription;
  /** The zero of the call's sound, in ms of the clock: words also come when the sound is over. */
  let zeroMs: number | null = null;
  let isFirst = true;

  const call = (): LiveCall => {
    latest = asLive(findCall(ports.state(), callId)) ?? latest;
    return latest;
  };
  const soundNowMs = (): number | null => {
    const now = ports.soundNowMs(callId);
    if (now !== null) zeroMs = clock.monotonic() - now;
    return zeroMs === null ? null : clock.monotonic() - zeroMs;
  };
  const transcript = createCallTranscript({
    clock,
    teller,
    stretches,
    open: ({ by, language, hints }, shape, listener: WriterListener, onRefused) => {
      const request: WriterRequest = { call: call(), language, hints };
      const isBegun = isFirst && shape === 'both' && (ports.line()?.isBegun(callId) ?? false);
      isFirst = false;
      if (by === 'twilio') {
        const own = { stretches, soundNowMs, shape, isBegun, onRefused };
        return createTwilioWriter(request, listener, { ...ports, ...own });
      }
      const transcriber = ports.transcribers.find(({ name }) => name === by);
      if (transcriber === undefined) return noWriter(by, listener, NOT_HERE);
      return createSoundWriter(request, listener, { transcriber, talkIsKnown: ports.talkIsKnown });
    },
    bestShape: () => bestShape(call()),
    onChange: transcription => {
      if (isSame(shown, transcription)) return;
      shown = transcription;
      if (asLive(findCall(ports.state(), callId)) === null) return;
      emit({ event: 'transcription-changed', callId, transcription });
    },
  });
  return {
    ...transcript,
    talking: (side, on, atMs) => {
      // Known before the words come.
      soundNowMs();
      transcript.talking(side, on, atMs);
    },
  };
}

function isSame(one: Transcription, other: Transcription): boolean {
  return (
    one.by === other.by &&
    one.status === other.status &&
    one.language === other.language &&
    one.retryAt === other.retryAt &&
    one.problem?.message === other.problem?.message
  );
}
