import type { LiveCall } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import type { LegTrack, LineTranscriptions } from '../core/transcription.ts';
import type { Log } from '../log.ts';
import { type ContentNews, type LegTranscription, transcribeLeg } from './leg-transcription.ts';
import type { TalkStretches } from './talk-stretches.ts';
import { type LegPlan, type PlanShape, planOf, type TrackVoice } from './twilio-plan.ts';
import { createUtterances, type UtterancePiece, type Utterances } from './utterances.ts';
import {
  STARTING,
  statusOf,
  type Understood,
  type Writer,
  type WriterListener,
  type WriterRequest,
  type WriterStatus,
} from './writer.ts';

/** What a writer by Twilio needs. */
type TwilioWriterPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly line: () => LineTranscriptions | null;
  readonly deskName: () => string;
  /** Where who talked. */
  readonly stretches: TalkStretches;
  /** What time of the call's sound it is, in ms; null when it has none. */
  readonly soundNowMs: () => number | null;
  readonly shape: PlanShape;
  /** The call began with its transcription. */
  readonly isBegun: boolean;
  /** Twilio does not transcribe a leg that way. */
  readonly onRefused: () => void;
};

/** One leg. */
type Part = {
  plan: LegPlan;
  status: WriterStatus;
  readonly transcription: LegTranscription;
  readonly tracks: Map<string, Utterances>;
  /** Twilio understood nothing before it, in ms of the call's sound; 0 from the beginning. */
  sinceMs: number;
};

/** An utterance that goes on. */
type OpenUtterance = {
  readonly voice: TrackVoice;
  /** When its first words came, in ms of the call's sound. */
  readonly firstMs: number | null;
  beginMs: number | null;
};

/** Without voice activity words are taken to have been said so long before they come, in ms. */
const USUAL_DELAY_MS = 400;

/** How long a word takes, in ms, at 150 words a minute. */
const WORD_MS = 400;

/** Lets Twilio write down a call. */
export function createTwilioWriter(
  { call, language, hints }: WriterRequest,
  { onStatus, onPiece }: WriterListener,
  ports: TwilioWriterPorts,
): Writer {
  const { stretches } = ports;
  const parts = new Map<string, Part>();
  const leaving = new Set<LegTranscription>();
  const open = new Map<string, OpenUtterance>();
  let wasOn = false;

  const tellStatus = (): void => {
    const status = statusOf(
      [...parts.values()].map(part => part.status),
      wasOn,
    );
    wasOn ||= status.status === 'on' || status.status === 'behind';
    onStatus(status);
  };
  const listen = (plan: LegPlan): void => {
    const tracks = (['inbound', 'outbound'] as const).filter(name => name in plan.voices);
    const { sid: callSid, labels } = plan;
    let own: Part | null = null;
    const first: { status: WriterStatus; sinceMs: number } = { status: STARTING, sinceMs: 0 };
    const transcription = transcribeLeg({
      ...ports,
      request: { callSid, tracks, language, hints, labels },
      onStatus: status => {
        if (own === null) first.status = status;
        else own.status = status;
        if (own !== null && parts.get(callSid) === own) tellStatus();
      },
      onBegun: () => {
        (own ?? first).sinceMs = ports.soundNowMs() ?? 0;
      },
      onContent: news => {
        if (own !== null) heard(own, news);
      },
    });
    own = { plan, ...first, transcription, tracks: new Map() };
    parts.set(callSid, own);
  };
  const heard = (part: Part, news: ContentNews): void => {
    const name = `${news.transcriptionSid}/${news.track}`;
    const utterances = part.tracks.get(name) ?? createUtterances(name);
    part.tracks.set(name, utterances);
    for (const piece of utterances.take(news)) tell(part, news.track, piece);
  };
  const tell = ({ plan, sinceMs }: Part, track: LegTrack, piece: UtterancePiece): void => {
    const nowMs = ports.soundNowMs();
    const known = open.get(piece.key);
    const voice = known?.voice ?? plan.voices[track];
    if (voice === undefined) return;
    const utterance = known ?? { voice, firstMs: nowMs, beginMs: null };
    if (piece.isFinal) open.delete(piece.key);
    else open.set(piece.key, utterance);
    // What began as music stays music; what was said before it is told to its end.
    if (voice.isMusic || (plan.voices[track]?.isMusic === true && !piece.isFinal)) return;
    const { speaker, who, whispered } = voice;
    const place = placeOf(utterance, piece, nowMs, sinceMs);
    onPiece({ ...piece, speaker, who, whispered, place, wordsAtMs: null });
  };
  const placeOf = (
    utterance: OpenUtterance,
    { isFinal, text }: UtterancePiece,
    nowMs: number | null,
    sinceMs: number,
  ): Understood['place'] => {
    if (nowMs === null) return null;
    const { voice, firstMs } = utterance;
    utterance.beginMs ??= stretches.beginOf(voice.speaker, nowMs, sinceMs);
    const endMs =
      (isFinal ? stretches.endOf(voice.speaker, nowMs, sinceMs) : null) ?? nowMs - USUAL_DELAY_MS;
    // Of words that come all at once only the end is known.
    const isWhole = isFinal && firstMs === nowMs;
    const spokenMs = isWhole ? text.split(/\s+/).length * WORD_MS : 0;
    const beginMs = utterance.beginMs ?? (firstMs ?? nowMs) - USUAL_DELAY_MS - spokenMs;
    const atMs = Math.max(0, Math.round(Math.max(beginMs, sinceMs)));
    return { atMs, lengthMs: Math.max(0, Math.round(endMs - atMs)) };
  };
  const leave = async (transcription: LegTranscription, isOver: boolean): Promise<void> => {
    leaving.add(transcription);
    await transcription.end(isOver);
  };
  const follow = (now: LiveCall): void => {
    const plan = planOf(now, ports.shape, ports.deskName());
    // While its legs are on their way nobody is let go.
    if (plan.shape !== ports.shape) return;
    const wanted = new Map(plan.legs.map(leg => [leg.sid, leg]));
    for (const [sid, part] of parts) {
      const leg = wanted.get(sid);
      if (leg !== undefined) {
        part.plan = leg;
        continue;
      }
      parts.delete(sid);
      void leave(part.transcription, false);
    }
    for (const [sid, leg] of wanted) if (!parts.has(sid)) listen(leg);
    tellStatus();
  };
  follow(call);

  return {
    by: 'twilio',
    follow,
    hear: () => {},
    talking: () => {},
    told: news =>
      [...leaving].some(transcription => transcription.told(news)) ||
      [...parts.values()].some(({ transcription }) => transcription.told(news)),
    retry: () => {
      for (const { transcription } of parts.values()) transcription.retry();
    },
    end: async isOver => {
      const all = [...parts.entries()];
      await Promise.all(
        // Other legs may go on without this call.
        all.map(([sid, { transcription }]) => leave(transcription, isOver && sid === call.sid)),
      );
    },
  };
}
