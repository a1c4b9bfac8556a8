import { asLive, type CallId, goesOn, type LiveCall } from '../core/call.ts';
import { within } from '../core/clock.ts';
import { type ConsoleEvent, type Fact, isCallEvent } from '../core/events.ts';
import type { Side } from '../core/segment.ts';
import { type ConsoleState, findCall } from '../core/state.ts';
import type {
  TranscriberName,
  TranscriptionNews,
  TranscriptionWish,
} from '../core/transcription.ts';
import type { CallTranscript } from './call-transcript.ts';
import { createEarlyNews } from './early-news.ts';
import { createSegmentTeller, type SegmentTeller } from './segment-teller.ts';
import { type TranscribedCallPorts, transcribeCall } from './transcribed-call.ts';
import { labelsOf } from './twilio-plan.ts';
import type { Choice } from './writer-run.ts';

/** What the transcripts need of the rest. */
type TranscriptsPorts = TranscribedCallPorts & {
  /** Names segments; never the same twice. */
  readonly newId: () => string;
};

/** A step of the fact lane. */
type Step = {
  readonly event: ConsoleEvent;
  readonly before: ConsoleState;
  readonly after: ConsoleState;
};

/** Writes down what is said on live calls: which call, by whom, and all that goes wrong with it. */
export type Transcripts = {
  /** Does what a step of the fact lane means here. */
  readonly follow: (step: Step) => void;
  /** Takes what Twilio tells of transcriptions. */
  readonly told: (news: TranscriptionNews) => void;
  /** Sound of a call. @param atMs its place, in ms of the call @param mulaw 8 kHz */
  readonly hear: (callId: CallId, side: Side, atMs: number, mulaw: Uint8Array) => void;
  /** One side of a call began to talk or stopped. @param atMs where, in ms of the call */
  readonly talking: (callId: CallId, side: Side, on: boolean, atMs: number) => void;
  /** From now on it is not told who talks, until it is again. */
  readonly talkUnknown: () => void;
  /** Lets somebody else write down a live call from now on, or nobody. */
  readonly transcribe: (callId: CallId, by: TranscriberName | 'off') => void;
  /** How Twilio is to transcribe a call that goes live now; null when it is not. */
  readonly wish: (callId: CallId) => TranscriptionWish | null;
  /** What others tell of a call, as it may be told on: without what must not be kept. */
  readonly redacted: (fact: Fact) => Fact;
  readonly close: () => Promise<void>;
};

/** A call that is carried as words and has not begun with its transcription by then, in ms, does not any more. */
const BEGUN_MS = 3000;

/** How long the end may wait until Twilio was told to stop, in ms. */
const CLOSE_LIMIT_MS = 1000;

/** Builds the transcripts; none is written yet. */
export function createTranscripts(ports: TranscriptsPorts): Transcripts {
  const { clock, log, state, line } = ports;
  const calls = new Map<CallId, CallTranscript>();
  const tellers = new Map<CallId, SegmentTeller>();
  /** Calls for which it is settled who begins to write. */
  const settled = new Set<CallId>();
  const early = createEarlyNews();
  /** Transcriptions nobody here wants. */
  const unwanted = new Set<string>();

  const choiceOf = (by?: TranscriberName): Choice | null => {
    const { settings, line: lineState } = state();
    const chosen = settings.transcripts[lineState.kind];
    const writer = by ?? chosen.by;
    return writer === null ? null : { ...chosen, by: writer };
  };
  const tellerOf = (callId: CallId): SegmentTeller => {
    const known = tellers.get(callId);
    if (known !== undefined) return known;
    const teller = createSegmentTeller(callId, {
      ...ports,
      newId: () => `segment-${ports.newId()}`,
      settings: () => state().settings,
    });
    const call = findCall(state(), callId);
    // Nobody would forget that of a call which is over.
    if (call !== undefined && call.status !== 'ended') tellers.set(callId, teller);
    return teller;
  };
  const begin = (call: LiveCall, choice: Choice | null): void => {
    settled.add(call.id);
    if (choice === null) return;
    const transcript = calls.get(call.id) ?? transcribeCall(call, tellerOf(call.id), ports);
    calls.set(call.id, transcript);
    transcript.choose(choice);
    for (const news of call.sid === null ? [] : early.take(call.sid)) transcript.told(news);
  };
  const beginInTime = (callId: CallId): void => {
    const call = asLive(findCall(state(), callId));
    if (call === null || settled.has(callId)) return;
    begin(call, choiceOf());
  };
  const consider = (call: LiveCall): void => {
    const known = calls.get(call.id);
    if (known !== undefined) known.follow(call);
    else if (settled.has(call.id) || call.kind === 'notify') return;
    else if (isHeard(call) || line()?.isBegun(call.id) === true) begin(call, choiceOf());
    else if (call.carrier === 'gather') clock.after(BEGUN_MS, () => beginInTime(call.id));
  };
  const end = (callId: CallId, isOver: boolean): void => {
    const transcript = calls.get(callId);
    const sid = findCall(state(), callId)?.sid ?? null;
    if (sid !== null) early.take(sid);
    const forget = (): void => {
      calls.delete(callId);
      tellers.delete(callId);
      settled.delete(callId);
    };
    if (transcript === undefined) forget();
    else void transcript.end(isOver).then(forget);
  };
  /** A call that nobody writes down now is written as the settings say now; any other goes on as it is. */
  const chooseAnew = (callId: CallId, { settings }: ConsoleState): void => {
    const written = asLive(findCall(state(), callId))?.transcription;
    if (written?.status !== 'failed' || written.by === null) {
      calls.get(callId)?.retry();
      return;
    }
    const { kind } = state().line;
    const isOther = state().settings.transcripts[kind].by !== settings.transcripts[kind].by;
    calls.get(callId)?.choose(isOther ? choiceOf() : choiceOf(written.by));
  };
  /** One that runs for a call which is written down by another, or by nobody, says all twice. */
  const stopUnwanted = ({ callSid, transcriptionSid, news }: TranscriptionNews): void => {
    if (news === 'stopped' || news === 'failed') unwanted.delete(transcriptionSid);
    else if (!unwanted.has(transcriptionSid)) {
      unwanted.add(transcriptionSid);
      line()
        ?.stop(callSid, transcriptionSid)
        .catch((error: unknown) => log.debug({ err: error }, 'ending a transcription failed'));
    }
  };

  return {
    follow: ({ event, before, after }) => {
      switch (event.event) {
        case 'call-ended':
          end(event.callId, !goesOn(event.reason));
          return;
        case 'digits-received':
        case 'digits-sent':
          tellerOf(event.callId).pressed();
          return;
        case 'settings-changed':
          if (mayHelp(before, after)) for (const callId of calls.keys()) chooseAnew(callId, before);
          return;
        case 'transcriber-keys-changed':
        case 'packs-changed':
          if (mayHelp(before, after)) for (const call of calls.values()) call.retry();
          return;
        default:
          break;
      }
      const call = isCallEvent(event) ? asLive(findCall(after, event.callId)) : null;
      // Its own events change nothing here.
      if (call !== null && event.event !== 'segment') consider(call);
    },
    told: news => {
      for (const transcript of calls.values()) if (transcript.told(news)) return;
      const call = state().calls.find(({ sid }) => sid === news.callSid);
      if (call?.status === 'ended') return;
      if (call !== undefined && settled.has(call.id)) stopUnwanted(news);
      else early.add(news);
    },
    hear: (callId, side, atMs, mulaw) => calls.get(callId)?.hear(side, atMs, mulaw),
    talking: (callId, side, on, atMs) => calls.get(callId)?.talking(side, on, atMs),
    talkUnknown: () => {
      for (const transcript of calls.values()) transcript.talkUnknown();
    },
    transcribe: (callId, by) => {
      const call = asLive(findCall(state(), callId));
      if (call === null) return;
      if (by !== 'off') begin(call, choiceOf(by));
      else {
        settled.add(callId);
        calls.get(callId)?.choose(null);
      }
    },
    wish: callId => {
      const call = findCall(state(), callId);
      const choice = choiceOf();
      if (call === undefined || call.kind === 'notify' || choice?.by !== 'twilio') return null;
      const { language, hints } = choice;
      const labels = labelsOf(call, ports.deskName());
      return { tracks: ['inbound', 'outbound'], language, hints, labels };
    },
    redacted: fact => {
      switch (fact.event) {
        case 'segment':
          return { ...fact, ...tellerOf(fact.callId).redacted(fact) };
        case 'text-said':
        case 'agent-told':
          return { ...fact, text: tellerOf(fact.callId).said(fact.text) };
        case 'digits-received':
          return { ...fact, digits: tellerOf(fact.callId).keys('them', fact.digits) };
        case 'digits-sent':
          return { ...fact, digits: tellerOf(fact.callId).keys('us', fact.digits) };
        default:
          return fact;
      }
    },
    close: async () => {
      const stopped = [...calls].flatMap(([callId, transcript]) => {
        // Calls of this desk end with the line; those of others go on without being written down.
        const isOwn = findCall(state(), callId)?.kind !== 'supervised';
        const last = transcript.end(isOwn);
        return isOwn ? [] : [last];
      });
      await within(clock, CLOSE_LIMIT_MS, Promise.all(stopped));
      for (const transcript of calls.values()) transcript.cut();
      calls.clear();
    },
  };
}

/** Whether the sound of a call comes here, or came. */
function isHeard({ stream, room }: LiveCall): boolean {
  return stream || room?.listening === true || room?.seat?.stream === true;
}

/** Whether what has failed may go well now: a key, a pack or a choice is another. */
function mayHelp(before: ConsoleState, after: ConsoleState): boolean {
  const ready = ({ packs }: ConsoleState): string =>
    packs.flatMap(({ id, status }) => (status === 'ready' ? [id] : [])).join();
  return (
    before.transcriberKeys !== after.transcriberKeys ||
    ready(before) !== ready(after) ||
    JSON.stringify(before.settings.transcripts) !== JSON.stringify(after.settings.transcripts)
  );
}
