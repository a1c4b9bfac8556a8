import { availableParallelism } from 'node:os';
import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { SoundTranscriber } from '../core/transcriber.ts';
import type { Log } from '../log.ts';
import type { HelperOptions, LaunchHelper } from '../processes/helper-process.ts';
import { createListeningSide, type ListeningSide } from './listening-side.ts';
import { BROKEN_MODEL, NO_PACK, RECOGNISER_ENDED } from './offline-problems.ts';
import type { Packs } from './packs.ts';
import { createRecogniserLink } from './recogniser-link.ts';
import type { RecogniserReport, RecogniserRequest, SoundRow } from './recogniser-messages.ts';
import type { SaidSound } from './speech-gate.ts';

/** How its process is started: native code takes a thread for each voice it works on. */
export const RECOGNISER_PROCESS = {
  name: 'recogniser-process',
  title: 'Earshot recogniser',
  threads: Math.max(2, availableParallelism()),
} as const satisfies HelperOptions;

/** The sound of all sides goes to the process in one message. */
const BATCH_MS = 100;

/** More sound than this that waits is late. */
const LATE_MS = 2000;

/** How long the last words may take when a side is closed. */
const LAST_WORDS_MS = 2000;

type OfflinePorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly launch: LaunchHelper<RecogniserRequest, RecogniserReport>;
  readonly packs: Pick<Packs, 'ready' | 'condemn' | 'setUser'>;
};

/**
 * Understands calls on this computer alone, in a process of its own. Words that are likely to be said
 * are not used: the engine can only be held to a list of words, not be made to expect some.
 */
export function createOfflineTranscriber(ports: OfflinePorts): SoundTranscriber {
  const { clock, log, packs } = ports;
  const sides = new Map<number, ListeningSide>();
  const closings = new Map<number, () => void>();
  let nextSide = 1;
  let stopBatches: Cancel | null = null;

  const send = (sounds: readonly (readonly [number, SaidSound])[], again: boolean): void => {
    if (sounds.length === 0) return;
    const rows = sounds.map(
      ([side, { atMs, mulaw, ends }]): SoundRow => ({
        side,
        atMs,
        length: mulaw.length,
        ends,
        again,
      }),
    );
    link.send({ kind: 'sound', rows, mulaw: Buffer.concat(sounds.map(([, one]) => one.mulaw)) });
  };

  const sendBatch = (): void => {
    // What is said while there is no recogniser is kept, and said to the next.
    if (!link.isRunning()) return;
    const sounds = [...sides].flatMap(([number, side]) =>
      side.takeUnsent().map(sound => [number, sound] as const),
    );
    send(sounds, false);
  };

  const openAt = (number: number, { pack, saidAgain }: ListeningSide): void => {
    if (pack === null) return;
    const { libraryPath, modelPath, sampleRateHz } = pack;
    link.send({ kind: 'open', side: number, libraryPath, modelPath, rateHz: sampleRateHz });
    send(
      saidAgain().map(sound => [number, sound]),
      true,
    );
  };

  const gone = (number: number): void => {
    sides.get(number)?.stop();
    sides.delete(number);
    closings.get(number)?.();
    closings.delete(number);
    if (sides.size > 0) return;
    stopBatches?.();
    stopBatches = null;
    link.rest();
  };

  const condemn = (modelPath: string): void => {
    for (const [number, side] of [...sides]) {
      if (side.pack?.modelPath !== modelPath) continue;
      packs.condemn(side.pack.packId, BROKEN_MODEL);
      side.listener.onFault(BROKEN_MODEL, null);
      gone(number);
    }
  };

  const hear = (report: RecogniserReport): void => {
    switch (report.kind) {
      case 'ready':
        sides.get(report.side)?.listener.onReady();
        return;
      case 'heard':
        sides.get(report.side)?.heard(report);
        return;
      case 'skipped':
        sides.get(report.side)?.skipped(report.atMs + report.lengthMs);
        return;
      case 'closed':
        if (closings.has(report.side)) gone(report.side);
        return;
      case 'taken':
        if (report.waitingMs > LATE_MS) for (const side of sides.values()) side.late();
        return;
      case 'unusable':
        log.warn({ detail: report.detail }, 'model cannot be loaded');
        condemn(report.modelPath);
        return;
      case 'loading':
      case 'proved':
        return;
    }
  };

  const link = createRecogniserLink({
    clock,
    log,
    launch: ports.launch,
    onReport: hear,
    onStart: () => {
      for (const [number, side] of sides) openAt(number, side);
    },
    onEnd: retryAt => {
      for (const number of [...closings.keys()]) gone(number);
      for (const { listener } of sides.values()) listener.onFault(RECOGNISER_ENDED, retryAt);
    },
    onBroken: condemn,
  });

  packs.setUser({
    isUsing: packId => [...sides.values()].some(({ pack }) => pack?.packId === packId),
    letGo: link.end,
  });

  const close = async (number: number): Promise<void> => {
    const side = sides.get(number);
    if (side === undefined || closings.has(number)) return;
    side.gate.close();
    sendBatch();
    if (!link.isRunning()) return gone(number);
    await new Promise<void>(resolve => {
      const cancel = clock.after(LAST_WORDS_MS, () => gone(number));
      closings.set(number, () => {
        cancel();
        resolve();
      });
      link.send({ kind: 'close', side: number });
    });
  };

  return {
    name: 'offline',
    obstacle: language => (packs.ready(language) === null ? NO_PACK : null),
    open: (request, listener) => {
      const number = nextSide;
      nextSide += 1;
      const pack = packs.ready(request.language);
      const side = createListeningSide(clock, pack, request, listener);
      if (pack === null) clock.after(0, () => listener.onFault(NO_PACK, null));
      else {
        const wasRunning = link.isRunning();
        sides.set(number, side);
        link.need();
        if (wasRunning) openAt(number, side);
        stopBatches ??= every(clock, BATCH_MS, sendBatch);
      }
      return {
        feed: (atMs, mulaw) => side.gate.feed(atMs, mulaw),
        talking: side.gate.talking,
        close: () => close(number),
      };
    },
    close: async () => {
      await Promise.all([...sides.keys()].map(close));
      link.rest();
      await link.end();
    },
  };
}
