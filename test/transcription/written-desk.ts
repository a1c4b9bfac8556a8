import type { Fact, ToldEvent } from '../../electron/core/events.ts';
import type { Segment } from '../../electron/core/segment.ts';
import { type ConsoleState, findCall } from '../../electron/core/state.ts';
import type { SoundTranscriber } from '../../electron/core/transcriber.ts';
import type { Transcription } from '../../electron/core/transcription.ts';
import { createFactLane } from '../../electron/fact-lane.ts';
import { createTranscripts, type Transcripts } from '../../electron/transcription/transcripts.ts';
import { liveCallFacts } from '../support/builders.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { type TranscribingLine, transcribingLine } from './transcribing-line.ts';

/** The transcripts of a desk whose clock stands still until it is moved. */
export type WrittenDesk = {
  readonly clock: FakeClock;
  readonly line: TranscribingLine;
  readonly transcripts: Transcripts;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
  readonly events: readonly ToldEvent[];
  /** Time goes by, and all that comes with it. */
  readonly passes: (ms: number) => Promise<void>;
  readonly transcription: (callId: string) => Transcription | undefined;
  /** What was told, the last of each piece, in the order in which they began. */
  readonly segments: () => readonly Segment[];
  /** The sound of every call began then, in ms of the clock; null: they have none. */
  soundSince: number | null;
  /** Voice activity is there. */
  talkIsKnown: boolean;
};

/** Opens it. @param transcribers beside Twilio */
export function openWrittenDesk(
  transcribers: (clock: FakeClock) => readonly SoundTranscriber[] = () => [],
): WrittenDesk {
  const clock = fakeClock();
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `${ids}`;
  };
  const lane = createFactLane(clock, quietLog, newId);
  const events: ToldEvent[] = [];
  const line = transcribingLine(clock, news => transcripts.told(news));
  const desk: WrittenDesk = {
    clock,
    line,
    get transcripts() {
      return transcripts;
    },
    state: lane.state,
    emit: lane.emit,
    events,
    passes: async ms => {
      // In small steps: what is asked for is answered in between.
      for (let left = ms; left > 0; left -= FINE_MS) {
        clock.advance(Math.min(left, FINE_MS));
        await settled();
      }
    },
    transcription: callId => {
      const call = findCall(lane.state(), callId);
      return call?.status === 'live' ? call.transcription : undefined;
    },
    segments: () => {
      const last = new Map<string, Segment>();
      for (const event of events) if (event.event === 'segment') last.set(event.segmentId, event);
      return [...last.values()];
    },
    soundSince: null,
    talkIsKnown: true,
  };
  const transcripts = createTranscripts({
    clock,
    log: quietLog,
    newId,
    state: lane.state,
    emit: lane.emit,
    line: () => line,
    transcribers: transcribers(clock),
    soundNowMs: () => (desk.soundSince === null ? null : clock.monotonic() - desk.soundSince),
    talkIsKnown: () => desk.talkIsKnown,
    deskName: () => 'Robin',
  });
  lane.steps.on(step => {
    events.push(step.event);
    transcripts.follow(step);
  });
  return desk;
}

/** The facts of a live call, told to a desk. */
export function goLive(desk: WrittenDesk, callId = 'c1'): void {
  for (const fact of liveCallFacts(callId)) desk.emit(fact);
}

const FINE_MS = 20;

/** What was promised is kept. */
async function settled(): Promise<void> {
  for (let i = 0; i < 6; i += 1) await Promise.resolve();
}
