import type { CallAgent } from './agent.ts';
import type { Attention, AttentionKind } from './attention.ts';
import type { AnsweredBy, CallId, CallKind, Carrier, Direction, EndReason, Party } from './call.ts';
import type { DeskFact } from './desk-facts.ts';
import type { MessageFact } from './message.ts';
import type { PhoneNumber } from './phone-number.ts';
import type { Problem } from './problem.ts';
import type { CallQuality } from './quality.ts';
import type { Recorder, RecordingEnd, RecordingId } from './recording.ts';
import type { Mode, RoomView, Seat } from './room.ts';
import type { Segment, Side } from './segment.ts';
import type { TalkFigures, TalkSpan } from './talk.ts';
import type { Transcription } from './transcription.ts';

/** Who is on a call, told with its first event. */
export type CallIntroduction = {
  readonly callId: CallId;
  readonly callSid: string | null;
  readonly direction: Direction;
  readonly them: Party;
  readonly ours: PhoneNumber;
  /** Only told of calls that are not `direct`. */
  readonly kind?: CallKind;
};

/** What happened on a call. These are kept for ever in the store. */
export type CallFact =
  | ({ readonly event: 'call-requested' } & CallIntroduction)
  /** Twilio named a call requested here. */
  | { readonly event: 'call-named'; readonly callId: CallId; readonly callSid: string }
  | ({ readonly event: 'call-ringing' } & CallIntroduction)
  /** A call of an earlier run that still goes on at Twilio. @field answeredAt null while it rings */
  | ({ readonly event: 'call-restored' } & CallIntroduction & {
        readonly startedAt: number;
        readonly answeredAt: number | null;
        readonly carrier?: Carrier;
      })
  /** The line's policy refused the caller, or `busy`: the desk talked on another call. It never rang here. */
  | ({ readonly event: 'call-refused'; readonly because: 'policy' | 'busy' } & CallIntroduction)
  /** A call of others is followed from here on; it was answered before. */
  | ({ readonly event: 'call-followed' } & CallIntroduction & {
        readonly startedAt: number;
        readonly room: RoomView;
      })
  /** Who is on the call changed; for a direct call, that it has legs of its own from now on. */
  | { readonly event: 'room-changed'; readonly callId: CallId; readonly room: RoomView }
  /** The sound of a call comes here by a stream beside it, or no longer. */
  | { readonly event: 'listening-changed'; readonly callId: CallId; readonly on: boolean }
  /** This desk's seat, as far as Twilio confirmed it; null when it is gone. */
  | { readonly event: 'seat-changed'; readonly callId: CallId; readonly seat: Seat | null }
  /** @field speaking the person speaks in the call already and goes on: the microphone stays as it is */
  | {
      readonly event: 'mode-requested';
      readonly callId: CallId;
      readonly mode: Mode;
      readonly speaking: boolean;
    }
  /** Twilio confirmed a mode. @field whom who hears this desk once its microphone is open */
  | {
      readonly event: 'mode-confirmed';
      readonly callId: CallId;
      readonly mode: Mode;
      readonly whom: readonly Party[];
    }
  /** Twilio did not confirm a mode: nobody hears this desk. */
  | {
      readonly event: 'mode-refused';
      readonly callId: CallId;
      readonly mode: Mode;
      readonly problem: Problem;
    }
  /** Something was done to others on a call, and Twilio confirmed it. */
  | {
      readonly event: 'room-acted';
      readonly callId: CallId;
      readonly act: RoomAct;
      readonly whom: readonly Party[];
    }
  /** The microphone's sound began to reach somebody on a call with legs. */
  | {
      readonly event: 'voice-began';
      readonly callId: CallId;
      readonly mode: Mode;
      readonly whom: readonly Party[];
    }
  | { readonly event: 'voice-ended'; readonly callId: CallId }
  /** The voice agent of a call; null when it left. */
  | { readonly event: 'agent-changed'; readonly callId: CallId; readonly agent: CallAgent | null }
  /** The voice agent was told something that only it gets. */
  | { readonly event: 'agent-told'; readonly callId: CallId; readonly text: string }
  /** The call went into the hold queue. */
  | { readonly event: 'call-waiting'; readonly callId: CallId }
  /** `carrier` is only told when the call is not carried by a stream. */
  | { readonly event: 'call-answered'; readonly callId: CallId; readonly carrier?: Carrier }
  /** Answering machine detection. @field detail Twilio's own word, such as `machine_end_beep` */
  | {
      readonly event: 'answerer-detected';
      readonly callId: CallId;
      readonly answeredBy: AnsweredBy;
      readonly detail: string;
    }
  /** `endedAt` is told when the call was over before this was known; in ms since the epoch. */
  | {
      readonly event: 'call-ended';
      readonly callId: CallId;
      readonly reason: EndReason;
      readonly endedAt?: number;
    }
  | { readonly event: 'stream-started'; readonly callId: CallId; readonly streamSid: string }
  | { readonly event: 'stream-stopped'; readonly callId: CallId; readonly streamSid: string }
  | { readonly event: 'mute-changed'; readonly callId: CallId; readonly on: boolean }
  | { readonly event: 'hold-changed'; readonly callId: CallId; readonly on: boolean }
  | { readonly event: 'volume-changed'; readonly callId: CallId; readonly volume: number }
  | { readonly event: 'pan-changed'; readonly callId: CallId; readonly pan: number }
  /** The other side is not to be heard here, or is again. */
  | { readonly event: 'silence-changed'; readonly callId: CallId; readonly on: boolean }
  | { readonly event: 'solo-changed'; readonly callId: CallId; readonly on: boolean }
  /** It was asked to record a call, or not to, before there was a recording to begin or to stop. */
  | { readonly event: 'recording-wanted'; readonly callId: CallId; readonly on: boolean }
  /** `offsetMs` is where its first sample stands in the call's sound. */
  | {
      readonly event: 'recording-started';
      readonly callId: CallId;
      readonly recordingId: RecordingId;
      readonly by: Recorder;
      readonly offsetMs: number;
      /** Twilio's RecordingSid, when Twilio records. */
      readonly recordingSid: string | null;
      /** The account that has it, when Twilio records. */
      readonly account?: string | null;
      /** Its file. */
      readonly path: string;
    }
  | {
      readonly event: 'recording-paused';
      readonly callId: CallId;
      readonly recordingId: RecordingId;
      readonly on: boolean;
    }
  | {
      readonly event: 'recording-stopped';
      readonly callId: CallId;
      readonly recordingId: RecordingId;
      readonly because: RecordingEnd;
    }
  /** The file is whole and lies here. */
  | {
      readonly event: 'recording-saved';
      readonly callId: CallId;
      readonly recordingId: RecordingId;
      readonly durationMs: number;
    }
  /** There will be no file: nothing was recorded, Twilio has none, or it could not be fetched. */
  | { readonly event: 'recording-lost'; readonly callId: CallId; readonly recordingId: RecordingId }
  | {
      readonly event: 'recording-deleted';
      readonly callId: CallId;
      readonly recordingId: RecordingId;
      readonly because: 'asked' | 'retention';
    }
  /** Sound of the other side never came, or came too late to be heard: a second or more. */
  | {
      readonly event: 'sound-lost';
      readonly callId: CallId;
      /** Where it is missing in the call's sound, and how much, in ms. */
      readonly atMs: number;
      readonly lengthMs: number;
    }
  /** How the sound of a call went, told with its end. */
  | { readonly event: 'sound-measured'; readonly callId: CallId; readonly quality: CallQuality }
  /** `turn` names the gather that asked for them, if one did. */
  | {
      readonly event: 'digits-received';
      readonly callId: CallId;
      readonly digits: string;
      readonly turn?: string;
    }
  | { readonly event: 'digits-sent'; readonly callId: CallId; readonly digits: string }
  | ({ readonly event: 'segment' } & Segment)
  /** Its words are written down from now on, by another, or no longer; or that failed. */
  | {
      readonly event: 'transcription-changed';
      readonly callId: CallId;
      readonly transcription: Transcription;
    }
  /** One side stopped talking. */
  | ({ readonly event: 'talk-ended'; readonly callId: CallId } & TalkSpan)
  /** How the talk was shared, told with its end. */
  | { readonly event: 'talk-measured'; readonly callId: CallId; readonly talk: TalkFigures }
  /** @field phrase as its list has it @field words as they were said @field atMs in the call's sound */
  | {
      readonly event: 'watch-word-heard';
      readonly callId: CallId;
      readonly segmentId: string;
      readonly listId: string;
      readonly phrase: string;
      readonly words: string;
      readonly speaker: Side;
      readonly atMs: number | null;
    }
  /** The call wants to be looked at. */
  | { readonly event: 'attention-raised'; readonly callId: CallId; readonly attention: Attention }
  | { readonly event: 'attention-ended'; readonly callId: CallId; readonly kind: AttentionKind }
  /** What one side said there must not be kept: recordings made here have silence in its place. */
  | {
      readonly event: 'sound-masked';
      readonly callId: CallId;
      readonly speaker: Side;
      readonly atMs: number;
      readonly lengthMs: number;
    }
  /** Twilio was asked to listen for words or keys. */
  | { readonly event: 'gather-started'; readonly callId: CallId; readonly turn: string }
  /** A gather is over, `nothing` when its time passed. */
  | {
      readonly event: 'gather-ended';
      readonly callId: CallId;
      readonly turn: string;
      readonly got: 'speech' | 'digits' | 'nothing';
    }
  /** A text was spoken into the call: by a voice made here (`stream`) or by Twilio's (`twiml`). */
  | {
      readonly event: 'text-said';
      readonly callId: CallId;
      readonly text: string;
      readonly by: 'stream' | 'twiml';
    };

/** What was done to others on a call. `moved`: its legs were brought into a conference. */
export type RoomAct =
  | 'moved'
  | 'added'
  | 'removed'
  | 'held'
  | 'unheld'
  | 'muted'
  | 'unmuted'
  | 'transferred'
  | 'ended-for-all';

/** A fact, before it is dated. @field key the verified request it came with: equal keys, same cause */
export type Fact = (CallFact | MessageFact | DeskFact) & { readonly key?: string };

/** A fact with its time, in ms since the epoch. */
export type ConsoleEvent = Fact & { readonly at: number };

/** A fact about a call with its time. */
export type CallEvent = CallFact & { readonly at: number };

/** A fact about a message with its time. */
export type MessageEvent = MessageFact & { readonly at: number };

/** An event as the outside is told of it. */
export type ToldEvent = ConsoleEvent & {
  /** No two events share it. */
  readonly eventId: string;
  /** Equal for events told twice: the key of the request that caused it with its name, or its own id. */
  readonly dedupeKey: string;
};

/** Whether an event belongs to a call, and so to the store. */
export function isCallEvent<Event extends ConsoleEvent>(event: Event): event is Event & CallEvent {
  return 'callId' in event && event.event !== 'microphone-moved' && event.event !== 'reach-changed';
}

/** Whether an event of a call is kept: words that may still change are not. */
export function isKept(event: CallEvent): boolean {
  return event.event !== 'segment' || event.isFinal;
}

/** Whether an event belongs to a message, and so to the store. */
export function isMessageEvent<Event extends ConsoleEvent>(
  event: Event,
): event is Event & MessageEvent {
  return 'messageId' in event;
}
