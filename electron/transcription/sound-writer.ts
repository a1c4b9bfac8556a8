import type { LiveCall } from '../core/call.ts';
import { modeOf } from '../core/room.ts';
import type { Side } from '../core/segment.ts';
import type { ListeningSession, SoundTranscriber } from '../core/transcriber.ts';
import { NO_SOUND } from './transcript-problems.ts';
import { servedBy } from './twilio-plan.ts';
import {
  LISTENING,
  STARTING,
  statusOf,
  type Writer,
  type WriterListener,
  type WriterRequest,
  type WriterStatus,
} from './writer.ts';

/** What lets a transcriber write. */
type SoundWriterPorts = {
  readonly transcriber: SoundTranscriber;
  /** Whether it is told who talks. While it is not, somebody may always talk. */
  readonly talkIsKnown: () => boolean;
};

const SIDES: readonly Side[] = ['them', 'us'];

/** Who is heard on a side, told with its words. */
type Voice = { readonly who: string | null; readonly whispered: boolean };

/** Lets a transcriber listen to both sides of a call. */
export function createSoundWriter(
  request: WriterRequest,
  { onStatus, onPiece }: WriterListener,
  { transcriber, talkIsKnown }: SoundWriterPorts,
): Writer {
  const { language, hints } = request;
  let call = request.call;
  let sessions = new Map<Side, ListeningSession>();
  const statuses = new Map<Side, WriterStatus>();
  /** Who was heard when each piece that goes on began. */
  const voices = new Map<string, Voice>();
  /** The sides of which nobody can say whether somebody talks, and no sound came yet. */
  const unknown = new Set<Side>();
  const ending: Promise<void>[] = [];
  let opened = 0;
  let wasOn = false;
  let isEnded = false;

  const tellStatus = (): void => {
    if (isEnded) return;
    const status = statusOf([...statuses.values()], wasOn);
    wasOn ||= status.status === 'on' || status.status === 'behind';
    onStatus(status);
  };
  const listen = (speaker: Side): ListeningSession => {
    opened += 1;
    const own = opened;
    const note = (status: WriterStatus): void => {
      // One that was given up says nothing about the one after it.
      if (own <= opened - SIDES.length) return;
      statuses.set(speaker, status);
      tellStatus();
    };
    statuses.set(speaker, STARTING);
    return transcriber.open(
      { callId: call.id, speaker, language, hints },
      {
        onReady: () => note(LISTENING),
        onFault: (problem, retryAt) => note({ status: 'failed', problem, retryAt }),
        onBehind: problem =>
          note(problem === null ? LISTENING : { status: 'behind', problem, retryAt: null }),
        onPiece: ({ id, text, ...piece }) => {
          const key = `${own}/${id}`;
          const voice = voices.get(key) ?? voiceOf(call, speaker);
          if (piece.isFinal) voices.delete(key);
          else voices.set(key, voice);
          onPiece({ ...piece, ...voice, key, speaker, text: text.trim() });
        },
      },
    );
  };
  const close = (): void => {
    for (const session of sessions.values()) ending.push(session.close());
    sessions = new Map();
  };
  const begin = (): void => {
    close();
    const obstacle = call.carrier === 'gather' ? NO_SOUND : transcriber.obstacle(language);
    if (obstacle !== null) {
      wasOn = false;
      onStatus({ status: 'failed', problem: obstacle, retryAt: null });
      return;
    }
    sessions = new Map(SIDES.map(side => [side, listen(side)]));
    for (const side of talkIsKnown() ? [] : SIDES) unknown.add(side);
    tellStatus();
  };
  begin();

  return {
    by: transcriber.name,
    follow: now => {
      call = now;
    },
    hear: (side, atMs, mulaw) => {
      const session = sessions.get(side);
      if (session !== undefined && unknown.delete(side)) session.talking(true, atMs);
      session?.feed(atMs, mulaw);
    },
    talking: (side, on, atMs) => {
      unknown.delete(side);
      sessions.get(side)?.talking(on, atMs);
    },
    told: () => false,
    retry: () => {
      const isGivenUp = [...statuses.values()].some(
        ({ status, retryAt }) => status === 'failed' && retryAt === null,
      );
      if (!isEnded && (sessions.size === 0 || isGivenUp)) begin();
    },
    end: async () => {
      isEnded = true;
      close();
      await Promise.all(ending);
    },
  };
}

/** Who is heard on a side of a call: its sound has all others of the call on one side, but this desk alone whispers. */
function voiceOf(call: LiveCall, side: Side): Voice {
  const { room } = call;
  if (side === 'them' || room === null) return { who: null, whispered: false };
  // The sound beside a call of others has what its customer hears, and never a whisper.
  if (room.listening) return { who: servedBy(call), whispered: false };
  return { who: null, whispered: modeOf(room) === 'whisper' };
}
