import type { ListenRequest } from '../core/transcriber.ts';
import {
  LIVE_MODEL,
  type OpenAiError,
  type OpenAiEvent,
  type OpenAiModel,
  parseOpenAi,
  sessionUpdate,
} from './openai-messages.ts';
import type { Fault, Talk, TalkPorts } from './speech-service.ts';

/** A turn that is committed must have so much sound, in ms. Source: error `input_audio_buffer_commit_empty`. */
const SHORTEST_TURN_MS = 100;

/** Somebody who does not pause is understood after so long, in ms, as what is kept to be sent again is limited. */
const LONGEST_TURN_MS = 20_000;

/** The documented length of a session, in ms. Source: Realtime conversations guide, Session lifecycle events. */
const SESSION_MS = 3_600_000;

/** What a conversation needs to know of its service. */
type OpenAiTalkOptions = {
  readonly model: OpenAiModel;
  readonly nowMs: () => number;
  /** What an error means; null: the session goes on. */
  readonly explain: (error: OpenAiError, isReady: boolean) => Fault | null;
};

/** A stretch of the connection's sound. */
type Turn = {
  /** The event that committed it; null when the server did. */
  readonly eventId: string | null;
  /** All of its sound. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** Where somebody talks in it. */
  readonly saidFromMs: number;
  readonly saidUntilMs: number;
};

/** One connection's conversation with OpenAI's Realtime API, as a transcription session. */
export function openAiTalk(
  request: ListenRequest,
  context: string,
  { model, nowMs, explain }: OpenAiTalkOptions,
  ports: TalkPorts,
): Talk {
  const isLive = model === LIVE_MODEL;
  /** Turns whose item is not known yet, in order. */
  const unnamed: Turn[] = [];
  const items = new Map<string, { text: string; turn: Turn | null }>();
  const done = new Set<string>();
  let count = 0;
  let committedMs = 0;
  /** Where somebody began and stopped to talk in what is not committed. */
  let saidFromMs: number | null = null;
  let saidUntilMs: number | null = null;
  let isTalking = false;
  let isReady = false;
  let isFinishing = false;

  const present = (): Turn => ({
    eventId: null,
    fromMs: committedMs,
    untilMs: ports.sentMs(),
    saidFromMs: saidFromMs ?? committedMs,
    saidUntilMs: saidUntilMs ?? ports.sentMs(),
  });
  const settle = (): void => {
    if (isFinishing && unnamed.length === 0 && items.size === 0) ports.onOver();
  };
  const commit = (): void => {
    const turn = present();
    if (turn.untilMs - turn.fromMs < SHORTEST_TURN_MS) return;
    count += 1;
    const eventId = `turn-${count}`;
    ports.send(JSON.stringify({ type: 'input_audio_buffer.commit', event_id: eventId }));
    unnamed.push({ ...turn, eventId });
    committedMs = turn.untilMs;
    saidFromMs = isTalking ? committedMs : null;
    saidUntilMs = null;
  };
  const item = (id: string): { text: string; turn: Turn | null } | null => {
    if (done.has(id)) return null;
    const known = items.get(id) ?? { text: '', turn: null };
    items.set(id, known);
    return known;
  };
  const name = (id: string): { text: string; turn: Turn } | null => {
    const known = item(id);
    if (known === null) return null;
    known.turn ??= unnamed.shift() ?? present();
    return { text: known.text, turn: known.turn };
  };
  const hear = (key: string, text: string, turn: Turn, isFinal: boolean): void =>
    ports.onHeard({
      key,
      text: text.trim(),
      isFinal,
      confidence: null,
      fromMs: turn.saidFromMs,
      untilMs: Math.max(turn.saidFromMs, turn.saidUntilMs),
      wordsMs: null,
    });
  const close = (id: string, text: string): void => {
    const known = name(id);
    if (known === null) return;
    done.add(id);
    items.delete(id);
    hear(id, text, known.turn, true);
    ports.onUnderstood(known.turn.fromMs, known.turn.untilMs);
    settle();
  };
  const fail = (error: OpenAiError): void => {
    if (error.code === 'input_audio_buffer_commit_empty') {
      const index = unnamed.findIndex(({ eventId }) => eventId === error.event_id);
      unnamed.splice(Math.max(index, 0), 1);
      settle();
      return;
    }
    const fault = explain(error, isReady);
    if (fault === null) ports.onOddity(wordOf(error));
    else ports.onFault(fault);
  };
  const take = (event: OpenAiEvent): void => {
    switch (event.type) {
      case 'session.created': {
        const toldMs = (event.session.expires_at ?? 0) * 1000 - nowMs();
        // The two clocks may differ; what cannot be is not believed.
        ports.onLimit(toldMs > 0 && toldMs < SESSION_MS ? toldMs : SESSION_MS);
        return;
      }
      case 'session.updated':
        isReady = true;
        ports.onReady();
        return;
      case 'input_audio_buffer.speech_started': {
        const known = item(event.item_id);
        saidFromMs = event.audio_start_ms;
        if (known !== null) known.turn = { ...present(), saidFromMs: event.audio_start_ms };
        return;
      }
      case 'input_audio_buffer.speech_stopped': {
        const known = item(event.item_id);
        if (known === null) return;
        const untilMs = Math.min(event.audio_end_ms, ports.sentMs());
        known.turn = { ...(known.turn ?? present()), untilMs, saidUntilMs: untilMs };
        committedMs = untilMs;
        saidFromMs = null;
        return;
      }
      case 'input_audio_buffer.committed':
        name(event.item_id);
        return;
      case 'conversation.item.input_audio_transcription.delta': {
        const known = item(event.item_id);
        if (known === null) return;
        known.text += event.delta;
        hear(event.item_id, known.text, known.turn ?? unnamed[0] ?? present(), false);
        return;
      }
      case 'conversation.item.input_audio_transcription.completed':
        close(event.item_id, event.transcript);
        return;
      case 'conversation.item.input_audio_transcription.failed': {
        const fault = explain(event.error, isReady);
        if (fault !== null) {
          ports.onFault(fault);
          return;
        }
        ports.onOddity(wordOf(event.error));
        // It would not be understood the next time either: what came of it stays.
        close(event.item_id, items.get(event.item_id)?.text ?? '');
        return;
      }
      case 'error':
        fail(event.error);
        return;
    }
  };

  return {
    begin: () => ports.send(sessionUpdate(model, request, context)),
    sound: mulaw => {
      const audio = Buffer.from(mulaw.buffer, mulaw.byteOffset, mulaw.length).toString('base64');
      if (isLive && ports.sentMs() - committedMs >= LONGEST_TURN_MS) commit();
      ports.send(JSON.stringify({ type: 'input_audio_buffer.append', audio }));
    },
    turn: (isOn, atMs) => {
      if (!isLive) return;
      isTalking = isOn;
      if (isOn) {
        saidFromMs ??= Math.max(atMs, committedMs);
        saidUntilMs = null;
        return;
      }
      saidUntilMs = Math.max(atMs, saidFromMs ?? committedMs);
      commit();
    },
    message: text => {
      const event = parseOpenAi(text);
      if (event === null) ports.onOddity('malformed');
      else if (event !== 'other') take(event);
    },
    idle: () => {},
    finish: () => {
      isFinishing = true;
      commit();
      settle();
    },
    ended: () => {},
  };
}

/** What an error is called; its message may hold anything. */
function wordOf({ code, type }: OpenAiError): string {
  const word = code ?? type ?? '';
  return /^[a-z_]{1,60}$/.test(word) ? word : 'error';
}
