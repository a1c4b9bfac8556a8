import {
  type IpcMainInvokeEvent,
  ipcMain,
  MessageChannelMain,
  type WebContents,
} from 'electron/main';
import { z } from 'zod';
import type { App } from '../app.ts';
import { ZOOMS } from '../core/audio/waveform-record.ts';
import type { CallId } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import type { Emitter } from '../core/emitter.ts';
import type { SoundPage } from '../core/page-sound.ts';
import { Scope } from '../core/scope.ts';
import type { Log } from '../log.ts';
import { CHANNELS, type Pushes } from './contract.ts';
import { createGrantedPaths } from './granted-paths.ts';
import { soundPageAt } from './sound-port.ts';

/** Shortest time between two pushes of the state: 30 a second. */
const PUSH_MS = 33;

/** What a stretch of a waveform is asked for with; as much as a wide screen shows many times over. */
const waveformSchema = z.tuple([
  z.string().max(100),
  z.literal([...ZOOMS]),
  z.number().int().min(0),
  z.number().int().min(0).max(20_000),
]);

const fileNameSchema = z.string().min(1).max(255);

/** What the bridge needs of the shell. */
type BridgePorts = {
  /** Whether a page address is the app's own. */
  readonly isTrusted: (url: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks the person where to save a file; null when they thought better of it. */
  readonly saveAs: (name: string) => Promise<string | null>;
  /** A page that was loaded lends its sound. */
  readonly onSoundPage: (page: SoundPage) => void;
  /** Calls that the person asked, outside the window, to see. */
  readonly toShow: Emitter<CallId>;
  /** Hands on numbers that links offer; returns how to stop. */
  readonly followOffers: (listener: (number: Pushes['offered']) => void) => () => void;
};

/**
 * Serves one window: the only user of `ipcMain`. Refuses messages that do not come from that
 * window's own page.
 */
export function bridgeWindow(app: App, contents: WebContents, ports: BridgePorts): Scope {
  const { isTrusted, clock, log } = ports;
  const scope = new Scope(error => log.error({ err: error }, 'closing the bridge failed'));
  const handle = (channel: string, answer: (...words: readonly unknown[]) => unknown): void => {
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, ...words: readonly unknown[]) => {
      const frame = event.senderFrame;
      const isPage = event.sender === contents && frame !== null && frame.parent === null;
      if (!isPage || !isTrusted(frame.url)) {
        log.warn({ channel }, 'a message from elsewhere was refused');
        throw new Error('refused');
      }
      return answer(...words);
    });
    scope.add(() => ipcMain.removeHandler(channel));
  };
  let stopOffers = (): void => {};
  const files = createGrantedPaths();
  handle(CHANNELS.run, command => {
    const problem = files.refusal(command);
    return problem === null ? app.run(command) : { ok: false, problem };
  });
  handle(CHANNELS.snapshot, () => {
    // A page that asks listens; before that, a number waits for it.
    stopOffers();
    stopOffers = ports.followOffers(number => tell(CHANNELS.offered, number));
    return app.state();
  });
  handle(CHANNELS.waveform, (...words) => app.waveform(...waveformSchema.parse(words)));
  handle(CHANNELS.saveAs, async name => {
    const path = await ports.saveAs(fileNameSchema.parse(name));
    if (path !== null) files.grant(path);
    return path;
  });
  handle(CHANNELS.joinSound, () => {
    const { port1, port2 } = new MessageChannelMain();
    ports.onSoundPage(soundPageAt(port1, log));
    contents.postMessage(CHANNELS.soundPort, null, [port2]);
  });

  /** What the page held open is let go with it: a page that is gone cannot release the talk key. */
  const release = (): void => {
    stopOffers();
    const { talkKeyHeld, soundCheck } = app.state();
    if (talkKeyHeld) void app.run({ command: 'hold-to-talk', on: false });
    if (soundCheck) void app.run({ command: 'sound-check', on: false });
  };
  contents.on('did-start-navigation', release);
  contents.on('render-process-gone', release);
  contents.on('destroyed', release);

  /** Tells the page something, while it is the app's own that is there. */
  const tell = (channel: string, value: unknown): void => {
    if (!contents.isDestroyed() && isTrusted(contents.getURL())) contents.send(channel, value);
  };

  let armed = false;
  const push = (): void => {
    armed = false;
    tell(CHANNELS.state, app.state());
  };
  scope.add(
    app.steps.on(({ before, after }) => {
      if (before === after || armed) return;
      armed = true;
      clock.after(PUSH_MS, push);
    }),
  );
  scope.add(app.signals.on(batch => tell(CHANNELS.signals, batch)));
  scope.add(ports.toShow.on(callId => tell(CHANNELS.showCall, callId)));
  return scope;
}
