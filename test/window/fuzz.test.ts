import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../support/chance.ts';
import { type ConsoleWindow, isPackaged, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';
import { diceOf } from '../support/hostile.ts';
import { answerSaveSheet } from '../support/save-sheet.ts';
import { until } from '../support/until.ts';

/** How much is thrown. */
const MESSAGES = 600;

/** What the main process may keep for the next time. */
const SPARE_FILES = 20;

/** A call as far as it is looked at here. */
type SeenCall = { readonly id: string; readonly status: string };

type Qualities = { readonly qualities: readonly { quality: { receivedFrames: number } }[] };

/** The bridge as a page that was taken over sees it: anything may be said to it. */
type Bridge = {
  readonly [name: string]: (...words: readonly unknown[]) => Promise<unknown>;
  readonly snapshot: () => Promise<{ readonly calls: readonly SeenCall[] }>;
  readonly run: (command: unknown) => Promise<Qualities>;
};

let data: Awaited<ReturnType<typeof settledFolder>>;
let console: ConsoleWindow;
let callId: string;

beforeAll(async () => {
  data = await settledFolder({ practiceRing: false });
  console = await openConsole(data.path, { EARSHOT_LINE: 'practice' });
  await console.page.locator('.line-status[data-line=ready]').waitFor();
  // A file sheet would wait for a person.
  await answerSaveSheet(console, null);
  await throwAtBridge([['run', [{ command: 'ring-me' }]]]);
  await until(async () => (await calls()).some(({ status }) => status === 'ringing'));
  callId = (await calls())[0]?.id ?? '';
  await throwAtBridge([['run', [{ command: 'answer', callId }]]]);
  await until(async () => (await calls()).some(({ status }) => status === 'live'));
});

afterAll(async () => {
  await console?.kill();
  await data?.remove();
});

/** Calls functions of the bridge, all at once. @returns how each went */
function throwAtBridge(
  messages: readonly (readonly [name: string, words: readonly unknown[]])[],
): Promise<readonly ('answered' | 'refused')[]> {
  return console.page.evaluate(thrown => {
    const { earshot } = window as unknown as { earshot: Bridge };
    return Promise.all(
      thrown.map(async ([name, words]) => {
        try {
          await earshot[name]?.(...words);
          return 'answered' as const;
        } catch {
          return 'refused' as const;
        }
      }),
    );
  }, messages);
}

function calls(): Promise<readonly SeenCall[]> {
  return console.page.evaluate(async () => {
    const { earshot } = window as unknown as { earshot: Bridge };
    return (await earshot.snapshot()).calls;
  });
}

/** Frames of the call that came in so far. */
function framesNow(): Promise<number> {
  return console.page.evaluate(async id => {
    const { earshot } = window as unknown as { earshot: Bridge };
    const { qualities } = await earshot.run({ command: 'quality', callId: id });
    return qualities[0]?.quality.receivedFrames ?? 0;
  }, callId);
}

/** Files that the main process has open; nothing where the system does not tell. */
function openFiles(): number {
  if (process.platform !== 'linux') return 0;
  return readdirSync(join('/proc', String(console.app.process().pid), 'fd')).length;
}

/** The app goes on: its call, its window, and nothing of the attack is kept. */
async function goesOn(filesBefore: number): Promise<void> {
  const before = await framesNow();
  await until(async () => (await framesNow()) > before);
  expect((await calls()).map(({ status }) => status)).toEqual(['live']);
  expect(await console.page.locator('main.panel').getAttribute('data-status')).toBe('live');
  await until(() => openFiles() <= filesBefore + SPARE_FILES);
}

describe.skipIf(isPackaged)('a page that was taken over', () => {
  it('gets nothing but answers and refusals for whatever it says to the main process', async () => {
    const { below, one, json, text } = diceOf(seeded(11));
    const before = openFiles();
    const some = (most: number): unknown[] => Array.from({ length: below(most + 1) }, () => json());
    const commands = ['hold', 'mute', 'transfer', 'export-transcript', 'play-file', 'x'];
    const messages = Array.from({ length: MESSAGES }, () =>
      one<() => readonly [string, readonly unknown[]]>([
        () => ['run', some(2)],
        () => ['run', [{ command: 'hang-up', callId: json() }]],
        () => ['run', [{ command: one(commands), callId: json(), path: text(), on: json() }]],
        () => ['run', [{ command: one(commands), callId, path: json(), on: text() }]],
        () => ['waveform', some(5)],
        () => ['waveform', [callId, one([1, 10, json()]), json(), one([5, 1e9, json()])]],
        () => ['saveAs', some(2)],
        () => ['snapshot', some(2)],
      ])(),
    );
    const went = await throwAtBridge(messages);
    expect(went).toContain('refused');
    expect(went).toContain('answered');
    await goesOn(before);
  });

  it('gets no further with what JSON cannot say', async () => {
    const before = openFiles();
    await console.page.evaluate(async () => {
      const { earshot } = window as unknown as { earshot: Bridge };
      const circle: Record<string, unknown> = { command: 'calls' };
      circle['self'] = circle;
      let deep: unknown = 'x';
      for (let i = 0; i < 500; i += 1) deep = [deep];
      const odd: readonly unknown[] = [
        circle,
        deep,
        new Map([['command', 'shut-down']]),
        new Set(['shut-down']),
        new Date(Number.NaN),
        10n ** 100n,
        /x/,
        new Error('hostile'),
        new ArrayBuffer(1_000_000),
        new Float64Array(100_000),
        { command: 'say', text: 'x'.repeat(5_000_000) },
        Array(100_000).fill({ command: 'dial' }),
        Number.NaN,
        undefined,
        () => {},
        Symbol('x'),
      ];
      for (const word of odd) {
        for (const name of ['run', 'waveform', 'saveAs']) {
          await earshot[name]?.(word).catch(() => {});
        }
      }
    });
    await goesOn(before);
  });

  it('may ask for the way of sound again and again, and say anything on it', async () => {
    const { json } = diceOf(seeded(12));
    const before = openFiles();
    await console.page.evaluate(
      async words => {
        const { earshot } = window as unknown as { earshot: Bridge };
        const ports: MessagePort[] = [];
        const take = ({ ports: [port] }: MessageEvent): void => {
          if (port !== undefined) ports.push(port);
        };
        window.addEventListener('message', take);
        for (let i = 0; i < 40; i += 1) await earshot['joinSound']?.();
        for (const port of ports) {
          for (const word of words) port.postMessage(word);
          port.postMessage({ kind: 'frames' }, [new MessageChannel().port1]);
          port.postMessage(new Float32Array(50_000));
          port.close();
        }
        window.removeEventListener('message', take);
      },
      Array.from({ length: 40 }, () => json()),
    );
    await goesOn(before);
  });
});
