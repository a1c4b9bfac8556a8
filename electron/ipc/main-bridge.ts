import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron/main';
import { z } from 'zod';
import type { App } from '../app.ts';
import type { Clock } from '../core/clock.ts';
import { Scope } from '../core/scope.ts';
import type { Log } from '../log.ts';
import { CHANNELS } from './contract.ts';

/** Shortest time between two pushes of the state: 30 a second. */
const PUSH_MS = 33;

const callIdSchema = z.string().max(100);

/**
 * Serves one window: the only user of `ipcMain`. Refuses messages that do not come from that
 * window's own page.
 * @param isTrusted whether a page address is the app's own
 */
export function bridgeWindow(
  app: App,
  contents: WebContents,
  isTrusted: (url: string) => boolean,
  clock: Clock,
  log: Log,
): Scope {
  const scope = new Scope(error => log.error({ err: error }, 'closing the bridge failed'));
  const handle = (channel: string, answer: (argument: unknown) => unknown): void => {
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, argument: unknown) => {
      const frame = event.senderFrame;
      if (event.sender !== contents || frame === null || !isTrusted(frame.url)) {
        log.warn({ channel }, 'a message from elsewhere was refused');
        throw new Error('refused');
      }
      return answer(argument);
    });
    scope.add(() => ipcMain.removeHandler(channel));
  };
  handle(CHANNELS.run, command => app.run(command));
  handle(CHANNELS.snapshot, () => app.state());
  handle(CHANNELS.waveform, callId => app.waveform(callIdSchema.parse(callId)));

  /** What the page held open is let go with it: a page that is gone cannot release the talk key. */
  const release = (): void => {
    const { talkKeyHeld, soundCheck } = app.state();
    if (talkKeyHeld) void app.run({ command: 'hold-to-talk', on: false });
    if (soundCheck) void app.run({ command: 'sound-check', on: false });
  };
  contents.on('did-start-navigation', release);
  contents.on('render-process-gone', () => {
    log.error('the page crashed and is loaded again');
    release();
    if (!contents.isDestroyed()) contents.reload();
  });
  contents.on('destroyed', release);

  let armed = false;
  const push = (): void => {
    armed = false;
    if (!contents.isDestroyed()) contents.send(CHANNELS.state, app.state());
  };
  scope.add(
    app.steps.on(({ before, after }) => {
      if (before === after || armed) return;
      armed = true;
      clock.after(PUSH_MS, push);
    }),
  );
  scope.add(
    app.signals.on(batch => {
      if (!contents.isDestroyed()) contents.send(CHANNELS.signals, batch);
    }),
  );
  return scope;
}
