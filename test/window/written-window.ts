import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { asLive, type LiveCall } from '../../electron/core/call.ts';
import type { SettingsChange } from '../../electron/core/settings.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import type { EarshotApi } from '../../electron/ipc/contract.ts';
import type { Person } from '../../electron/practice/person.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { createWorkerSpeaker } from '../../electron/speech/speaker.ts';
import { createSpeech } from '../../electron/speech/speech.ts';
import { createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { reachedAccount } from '../support/account-environment.ts';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { dataFolder, settledFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { quietLog } from '../support/quiet-log.ts';
import { openVirtualSoundCard, type VirtualSoundCard } from '../support/virtual-sound-card.ts';

const SPEECH_WORKER = join(import.meta.dirname, '../../out/main/speech-worker.cjs');
const DAY_MS = 86_400_000;
const SAMPLES_PER_MS = 8;
/** Samples of speech are louder, those of the quiet around it are not: −45 dB of full scale. */
const QUIET = 184;

declare global {
  interface Window {
    readonly earshot: EarshotApi;
  }
}

/** What somebody said, and when. */
export type Said = {
  readonly text: string;
  /** When its sound was over, in ms since the epoch. */
  readonly endedAt: number;
  /** Where its sound begins in all that they said, in ms. */
  readonly beganMs: number;
};

/** The real window on an account of the practice line whose people say only what they are told to. */
export type WrittenWindow = {
  readonly practice: PracticeLine;
  /** The folder of the app's data, and one outside it. */
  readonly dataPath: string;
  readonly elsewhere: string;
  readonly console: () => ConsoleWindow;
  readonly page: () => Page;
  readonly state: () => Promise<ConsoleState>;
  readonly change: (settings: SettingsChange) => Promise<unknown>;
  /** Somebody calls, and is answered. @returns the call's SID */
  readonly answered: (person: Person) => Promise<string>;
  readonly call: (sid: string) => Promise<LiveCall>;
  /** Somebody says something now. */
  readonly say: (sid: string, text: string) => Promise<Said>;
  /** Quits the way a person does and opens the app again on the same data. */
  readonly restart: (between?: () => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens it. @param people whom this desk has called before: an account has no names but those */
export async function openWrittenWindow(people: readonly Person[]): Promise<WrittenWindow> {
  // In a worker, as in the app: a synthesiser on this thread would hold up everybody's frames.
  const speech = createSpeech(createWorkerSpeaker(SPEECH_WORKER));
  const practice = await createPracticeLine({ clock: systemClock, log: quietLog, speech, people });
  const card: VirtualSoundCard = await openVirtualSoundCard();
  const data = await settledFolder({ record: 'always', theme: 'light', deadAirSeconds: null });
  const elsewhere = await dataFolder();
  remember(data.path, practice.number, people);
  const port = await freePort();
  const open = async (): Promise<ConsoleWindow> => {
    const opened = await openConsole(data.path, {
      ...card.env,
      ...reachedAccount(practice, port),
    });
    await opened.page.locator('.line-status[data-line=ready]').waitFor();
    return opened;
  };
  let console = await open();

  const state = () => console.page.evaluate(() => window.earshot.snapshot());
  const call = async (sid: string): Promise<LiveCall> => {
    const { calls } = await state();
    const live = asLive(calls.find(one => one.sid === sid));
    if (live === null) throw new Error('no such call is live');
    return live;
  };
  return {
    practice,
    dataPath: data.path,
    elsewhere: elsewhere.path,
    console: () => console,
    page: () => console.page,
    state,
    call,
    change: settings =>
      console.page.evaluate(
        change => window.earshot.run({ command: 'change-settings', settings: change }),
        settings,
      ),
    async answered(person) {
      const { callSid } = await practice.ringIn(person.number);
      const { page } = console;
      await page.locator('.ring-card .button.ring').click();
      await page.locator(`.rows [data-status=live]`, { hasText: person.name }).waitFor();
      while ((await call(callSid)).transcription.status !== 'on') await wait(50);
      return callSid;
    },
    async say(sid, text) {
      const before = practice.saidBy(sid)?.length ?? 0;
      await practice.say(sid, text);
      const now = Date.now();
      const said = practice.saidBy(sid) ?? new Int16Array(0);
      const isVoice = (sample: number): boolean => Math.abs(sample) > QUIET;
      const began = before + said.subarray(before).findIndex(isVoice);
      const ended = said.findLastIndex(isVoice);
      return {
        text,
        endedAt: now - (said.length - ended) / SAMPLES_PER_MS,
        beganMs: began / SAMPLES_PER_MS,
      };
    },
    async restart(between = () => Promise.resolve()) {
      await console.quit();
      await between();
      console = await open();
    },
    async close() {
      await console.kill();
      await practice.close();
      await card.close();
      await data.remove();
      await elsewhere.remove();
    },
  };
}

/** A call with each of them, some days ago. */
function remember(folder: string, ours: string, people: readonly Person[]): void {
  const opened = openDatabase(join(folder, 'earshot.db'), 'unreadable');
  const store = createCallStore(opened.database, () => {});
  for (const [index, { number, name }] of people.entries()) {
    const callId = `earlier-${index}`;
    const at = Date.now() - (index + 2) * DAY_MS;
    const call = { callId, callSid: null, direction: 'outbound', ours } as const;
    store.append({ event: 'call-requested', ...call, them: { number, name }, at });
    store.append({ event: 'call-answered', callId, at: at + 5000 });
    store.append({ event: 'call-ended', callId, reason: 'hung-up-here', at: at + 65_000 });
  }
  store.close();
}
