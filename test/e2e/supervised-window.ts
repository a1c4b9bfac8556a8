import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { createResampler } from '../../electron/audio/resampler.ts';
import { asLive, type LiveCall } from '../../electron/core/call.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { createWorkerSpeaker } from '../../electron/speech/speaker.ts';
import { createSpeech } from '../../electron/speech/speech.ts';
import { createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { reachedAccount } from '../support/account-environment.ts';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { look } from '../support/look.ts';
import { quietLog } from '../support/quiet-log.ts';
import { amplitudeAt, sine } from '../support/tones.ts';
import {
  CARD_RATE_HZ,
  openVirtualSoundCard,
  type VirtualSoundCard,
} from '../support/virtual-sound-card.ts';

const SPEECH_WORKER = join(import.meta.dirname, '../../out/main/speech-worker.cjs');

/** The rate of everything on the telephone. */
export const RATE_HZ = 8000;

/** What this desk says, in Hz: little of a voice is there. */
const DESK_HZ = 2300;
const TONE_MS = 600;
const TONE_GAIN = 0.5;

/** Who serves in scenes, beside the directory. */
const AGENTS = ['+14155550114', '+14155550115', '+14155550116'];

const DAY_MS = 86_400_000;

/** A tone is looked for in pieces so long, in samples: no voice holds one for 400 ms. */
const PIECE = (RATE_HZ * 2) / 5;

/** What was said before may still be on its way for so long: from the microphone to the ears. */
const ON_ITS_WAY_MS = 300;

/** Half as loud as it was said. */
const HEARD = 8000;
/** As loud as a voice may be at one frequency. */
const UNHEARD = 1000;

/** The real window on an account of the practice line, with a sound card that tells what it plays. */
export type SupervisedWindow = {
  readonly practice: PracticeLine;
  readonly card: VirtualSoundCard;
  readonly console: ConsoleWindow;
  /** What the main process says. */
  readonly state: () => Promise<ConsoleState>;
  /** The live call on this desk that began last. */
  readonly call: () => Promise<LiveCall>;
  /** The CallSid of somebody on a call of the account, by their first name. */
  readonly legOf: (name: string) => Promise<string>;
  readonly button: (name: string | RegExp) => Locator;
  /** Waits until the sentence about who hears this desk holds these words. */
  readonly reaches: (words: string | RegExp) => Promise<void>;
  /** Looks at what is on screen: it is accessible, and nothing is cut off. */
  readonly looks: (name: string) => Promise<void>;
  /** Says a tone into the microphone. @returns who of these heard it */
  readonly speak: (listeners: Readonly<Record<string, string>>) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** Opens it. @param before what goes on at the account when the window opens */
export async function openSupervisedWindow(
  before: (practice: PracticeLine) => Promise<unknown> = () => Promise.resolve(),
): Promise<SupervisedWindow> {
  // In a worker, as in the app: a synthesiser on this thread would hold up everybody's frames.
  const speech = createSpeech(createWorkerSpeaker(SPEECH_WORKER));
  const practice = await createPracticeLine({ clock: systemClock, log: quietLog, speech });
  const card = await openVirtualSoundCard();
  const data = await settledFolder({
    agentUrl: practice.agentUrl,
    agentName: 'Booker',
    deskName: 'Robin',
  });
  remember(data.path, practice);
  const port = await freePort();
  await before(practice);
  const console = await openConsole(data.path, {
    ...card.env,
    ...reachedAccount(practice, port),
  });
  const { page } = console;
  await page.locator('.line-status[data-line=ready]').waitFor();

  const state = (): Promise<ConsoleState> =>
    page.evaluate(() => {
      const { earshot } = window as unknown as {
        earshot: { snapshot: () => Promise<ConsoleState> };
      };
      return earshot.snapshot();
    });

  const heardBy = (sid: string): Int16Array => practice.heardBy(sid) ?? new Int16Array(0);

  return {
    practice,
    card,
    console,
    state,
    async call() {
      const { calls } = await state();
      const call = asLive(calls.findLast(({ status }) => status === 'live'));
      if (call === null) throw new Error('no call is live');
      return call;
    },
    async legOf(name) {
      const { calls, accountCalls } = await state();
      const rooms = [...calls.flatMap(call => asLive(call)?.room ?? []), ...accountCalls];
      const leg = rooms
        .flatMap(({ legs }) => legs)
        .find(({ party }) => party.name?.startsWith(name) === true);
      if (leg === undefined) throw new Error(`${name} is on no call`);
      return leg.sid;
    },
    button: name => page.getByRole('button', { name, exact: typeof name === 'string' }),
    async reaches(words) {
      const bar = page.locator('.reach[data-reach]');
      const read = () => bar.textContent();
      const told = expect.poll(read);
      await (typeof words === 'string' ? told.toContain(words) : told.toMatch(words));
    },
    async looks(name) {
      expect(await look(console, name)).toEqual([]);
    },
    async speak(listeners) {
      await wait(ON_ITS_WAY_MS);
      const before = new Map(
        Object.values(listeners).map(sid => [sid, heardBy(sid).length] as const),
      );
      await card.play(sine(DESK_HZ, TONE_MS, TONE_GAIN, CARD_RATE_HZ));
      return Object.entries(listeners).flatMap(([name, sid]) => {
        const loudest = loudestAt(heardBy(sid).subarray(before.get(sid)), DESK_HZ);
        if (loudest > HEARD) return [name];
        return loudest < UNHEARD ? [] : [`${name}? ${Math.round(loudest)}`];
      });
    },
    async close() {
      await console.kill();
      await practice.close();
      await card.close();
      await data.remove();
    },
  };
}

/** A call with everybody, some days ago: an account has no names but those of earlier calls. */
function remember(folder: string, practice: PracticeLine): void {
  const opened = openDatabase(join(folder, 'earshot.db'), 'unreadable');
  const store = createCallStore(opened.database, () => {});
  const numbers = [...practice.directory.map(person => person.number), ...AGENTS];
  for (const [index, number] of numbers.entries()) {
    const callId = `earlier-${index}`;
    const them = { number, name: practice.nameOf(number) };
    const at = Date.now() - (index + 2) * DAY_MS;
    const call = {
      callId,
      callSid: null,
      direction: 'outbound',
      them,
      ours: practice.number,
    } as const;
    store.append({ event: 'call-requested', ...call, at });
    store.append({ event: 'call-answered', callId, at: at + 5000 });
    store.append({ event: 'call-ended', callId, reason: 'hung-up-here', at: at + 65_000 });
  }
  store.close();
}

/** How loud a frequency is where it is loudest: the amplitude of its sine. */
export function loudestAt(samples: Int16Array, hz: number): number {
  let loudest = 0;
  for (let at = 0; at + PIECE <= samples.length; at += PIECE / 8) {
    loudest = Math.max(loudest, amplitudeAt(samples.subarray(at, at + PIECE), hz));
  }
  return loudest;
}

/** What was played on the card, at the telephone's rate. */
export async function atPhoneRate(samples: Int16Array): Promise<Int16Array> {
  const resampler = await createResampler(CARD_RATE_HZ, RATE_HZ);
  const pieces: number[] = [];
  for (let at = 0; at < samples.length; at += 960) {
    pieces.push(...resampler.convert(samples.subarray(at, at + 960)));
  }
  resampler.close();
  return Int16Array.from(pieces);
}

/** Waits until a lane of the waveform shows something loud: bars away from its middle. */
export async function waveformMoves(page: Page, side: 'them' | 'us'): Promise<void> {
  await page.waitForFunction(which => {
    const canvas = document.querySelector<HTMLCanvasElement>(
      `main canvas[data-waveform="${which}"]`,
    );
    const context = canvas?.getContext('2d');
    if (!canvas || !context || canvas.width === 0) return false;
    const upper = context.getImageData(0, 0, canvas.width, Math.floor(canvas.height * 0.4));
    return upper.data.some((value, i) => i % 4 === 3 && value > 0);
  }, side);
}
