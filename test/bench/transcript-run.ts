import { FRAME_MS } from '../../electron/core/audio/frame.ts';
import { type Cancel, type Clock, every } from '../../electron/core/clock.ts';
import type { SoundTranscriber } from '../../electron/core/transcriber.ts';
import type { SpeechFile } from './speech-files.ts';
import type { ToldPiece } from './word-delays.ts';

/** What was understood of one file. */
export type Understood = {
  readonly text: string;
  readonly told: readonly ToldPiece[];
  /** Whether some of it was left out because this computer was too slow. */
  readonly wasBehind: boolean;
};

/** Quiet for so long after a file, so that its last words end. */
const AFTER_MS = 1000;

/** Last words that come later than this are counted as left out. */
const LAST_WORDS_MS = 10_000;

/** The loop looks at the clock so often. */
const TICK_MS = 10;

/** Says one file to a transcriber. @param speed 1 is as fast as it was said. Rejects when the transcriber cannot listen */
export async function understand(
  clock: Clock,
  transcriber: SoundTranscriber,
  file: SpeechFile,
  language: string,
  speed: number,
): Promise<Understood> {
  const told: ToldPiece[] = [];
  let fedMs = 0;
  let wasBehind = false;
  let stop: Cancel = () => {};
  let startedMs: number | null = null;
  /** How far the sound would be by now, had it been fed without steps. */
  const nowMs = (): number =>
    startedMs === null ? 0 : Math.round((clock.monotonic() - startedMs) * speed);
  const session = await new Promise<ReturnType<SoundTranscriber['open']>>((resolve, reject) => {
    const opened = transcriber.open(
      { callId: file.name, speaker: 'them', language, hints: [] },
      {
        onReady: () => resolve(opened),
        onPiece: piece => told.push({ piece, fedMs: nowMs() }),
        onFault: problem => reject(new Error(`${problem.message} ${problem.remedy}`)),
        onBehind: problem => {
          wasBehind ||= problem !== null;
        },
      },
    );
  });
  const silence = new Uint8Array(FRAME_MS * 8).fill(0xff);
  const lengthMs = file.frames.length * FRAME_MS;
  session.talking(true, 0);
  startedMs = clock.monotonic();
  await new Promise<void>(resolve => {
    stop = every(clock, TICK_MS, () => {
      while (fedMs + FRAME_MS <= nowMs() && fedMs < lengthMs + AFTER_MS) {
        session.feed(fedMs, file.frames[fedMs / FRAME_MS] ?? silence);
        fedMs += FRAME_MS;
        if (fedMs === lengthMs) session.talking(false, fedMs);
      }
      if (fedMs < lengthMs + AFTER_MS) return;
      const last = told.at(-1);
      const isOver = last?.piece.isFinal === true && last.fedMs >= lengthMs;
      if (isOver || nowMs() > lengthMs + AFTER_MS + LAST_WORDS_MS * speed) resolve();
    });
  });
  stop();
  await session.close();
  const finals = told.filter(({ piece }) => piece.isFinal);
  return { text: finals.map(({ piece }) => piece.text).join(' '), told, wasBehind };
}
