import { type DeepgramResult, parseDeepgram } from './deepgram-messages.ts';
import type { Talk, TalkPorts } from './speech-service.ts';

/** An utterance that goes on for so long, in ms, ends with its next final words. */
const LONGEST_UTTERANCE_MS = 15_000;

/** Results are told to 10 ms. */
const ROUNDING_MS = 15;

/** What was understood of a stretch, in ms of the connection's sound. */
type Part = {
  readonly text: string;
  readonly confidence: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** As many as the text has between spaces; null otherwise. */
  readonly wordsMs: readonly number[] | null;
};

/** One connection's conversation with Deepgram's live streaming API. */
export function deepgramTalk(ports: TalkPorts): Talk {
  /** The final parts of the utterance that goes on. */
  let parts: Part[] = [];
  let count = 0;
  /** Up to where all is final. */
  let finalMs = 0;
  let isFinishing = false;

  const tell = (said: readonly Part[], isFinal: boolean): void => {
    const spoken = said.filter(({ text }) => text !== '');
    const words = spoken.flatMap(({ text }) => text.split(' '));
    const wordsMs = spoken.flatMap(part => part.wordsMs ?? []);
    const weight = spoken.reduce((sum, { text }) => sum + text.length, 0);
    const sure = spoken.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0);
    ports.onHeard({
      key: String(count),
      text: words.join(' '),
      isFinal,
      confidence: weight === 0 ? null : Math.min(Math.max(sure / weight, 0), 1),
      fromMs: spoken[0]?.fromMs ?? finalMs,
      untilMs: spoken.at(-1)?.untilMs ?? finalMs,
      wordsMs: wordsMs.length === words.length ? wordsMs : null,
    });
  };
  const endUtterance = (): void => {
    tell(parts, true);
    parts = [];
    count += 1;
  };
  const take = (result: DeepgramResult): void => {
    const fromMs = result.start * 1000;
    const untilMs = (result.start + result.duration) * 1000;
    // Late, or told before: everything up to there is final.
    if (fromMs < finalMs - ROUNDING_MS || (untilMs <= finalMs && finalMs > 0)) return;
    const part = partOf(result, fromMs, untilMs);
    if (!result.is_final) {
      if (part.text !== '') tell([...parts, part], false);
      return;
    }
    parts.push(part);
    ports.onUnderstood(finalMs, untilMs);
    finalMs = untilMs;
    const firstMs = parts.find(({ text }) => text !== '')?.fromMs ?? untilMs;
    if (
      result.speech_final ||
      result.from_finalize ||
      untilMs - firstMs > LONGEST_UTTERANCE_MS ||
      firstMs === untilMs
    ) {
      endUtterance();
    } else {
      tell(parts, false);
    }
  };

  return {
    begin: ports.onReady,
    sound: ports.send,
    turn: () => {},
    message: text => {
      const message = parseDeepgram(text);
      if (message === null) return ports.onOddity('malformed');
      if (message === 'other') return;
      if (message.type === 'Results') take(message);
      else if (message.type === 'UtteranceEnd' && parts.length > 0) endUtterance();
      else if (message.type === 'Metadata' && isFinishing) ports.onOver();
      else if (message.type === 'Error') ports.onOddity('error');
    },
    idle: () => ports.send(JSON.stringify({ type: 'KeepAlive' })),
    finish: () => {
      isFinishing = true;
      ports.send(JSON.stringify({ type: 'Finalize' }));
      ports.send(JSON.stringify({ type: 'CloseStream' }));
    },
    ended: () => {
      if (parts.length > 0) endUtterance();
    },
  };
}

function partOf({ channel }: DeepgramResult, fromMs: number, untilMs: number): Part {
  const [best] = channel.alternatives;
  const text = (best?.transcript ?? '').trim().replace(/\s+/g, ' ');
  const words = best?.words ?? [];
  const [first, last] = [words[0], words.at(-1)];
  return {
    text,
    confidence: best?.confidence ?? 0,
    fromMs: first === undefined ? fromMs : first.start * 1000,
    untilMs: last === undefined ? untilMs : last.end * 1000,
    // Formatting makes one word of several, such as numbers.
    wordsMs:
      words.length === text.split(' ').length ? words.map(({ start }) => start * 1000) : null,
  };
}
