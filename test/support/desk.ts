import { onTestFinished } from 'vitest';
import { type App, createApp } from '../../electron/app.ts';
import { type Environment, readConfig } from '../../electron/config.ts';
import type { ToldEvent } from '../../electron/core/events.ts';
import type { SoundDevices } from '../../electron/desk-sound.ts';
import type { Diagnostics } from '../../electron/diagnostics/diagnostics.ts';
import type { Log } from '../../electron/log.ts';
import type { HelperLauncher } from '../../electron/processes/helper-process.ts';
import type { SecretBox } from '../../electron/store/account-file.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { quietLog } from './quiet-log.ts';
import { tempFolder } from './temp-folder.ts';
import { until } from './until.ts';

/** The whole app without a window and without a sound card, and everything it told. */
export type Desk = Pick<App, 'run' | 'state' | 'close'> & {
  readonly app: App;
  readonly dataDir: string;
  readonly events: readonly ToldEvent[];
  /** Waits for an event with these fields. */
  readonly event: <Name extends ToldEvent['event']>(
    name: Name,
    fields?: Readonly<Record<string, unknown>>,
  ) => Promise<Extract<ToldEvent, { event: Name }>>;
};

/** What a desk is opened with. */
type DeskOptions = {
  readonly env?: Environment;
  /** The folder of an earlier run; a new one by default. */
  readonly dataDir?: string;
  readonly secrets?: SecretBox | null;
  /** Starts processes of its own; none by default: nothing is listened to for speech. */
  readonly helpers?: HelperLauncher;
  /** The devices of this computer; none by default. */
  readonly sound?: SoundDevices;
  /** The app's own log at the level of errors by default. */
  readonly log?: Log;
  /** What helps to find a fault; not collected by default. */
  readonly diagnostics?: Diagnostics;
  /** Whether a number's messages are sent here; not by default. */
  readonly takesMessages?: boolean;
};

/** Opens a desk and its line; closed when the test ends. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const { env = {}, dataDir = tempFolder(), secrets = null } = options;
  const { diagnostics = null, log = quietLog } = options;
  const { helpers = null, sound = null, takesMessages = false } = options;
  const app = await createApp({
    config: readConfig({ PORT: '0', ...env }, []),
    dataDir,
    clock: systemClock,
    log,
    helpers,
    sound,
    userName: 'Robin',
    secrets,
    takesMessages,
    updater: null,
    diagnostics,
    onShutDown: () => {},
  });
  onTestFinished(() => app.close());
  const events: ToldEvent[] = [];
  app.steps.on(({ event }) => events.push(event));
  await app.open();
  return {
    app,
    dataDir,
    events,
    run: app.run,
    state: app.state,
    close: app.close,
    event: async (name, fields = {}) => {
      type Wanted = Extract<ToldEvent, { event: typeof name }>;
      const isWanted = (event: ToldEvent): event is Wanted =>
        event.event === name &&
        Object.entries(fields).every(
          ([key, value]) => (event as Readonly<Record<string, unknown>>)[key] === value,
        );
      await until(() => events.some(isWanted));
      const found = events.find(isWanted);
      if (found === undefined) throw new Error(`no ${name}`);
      return found;
    },
  };
}
