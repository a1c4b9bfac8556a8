import { type BrowserWindow, app as electron } from 'electron/main';
import type { App } from '../app.ts';
import { takeTelLinks } from '../links/tel-handler.ts';
import type { Log } from '../log.ts';
import { followTheme } from './window.ts';

/** Keeps the window and the system as the settings say: the colours, and who opens telephone links. */
export function followSettings(app: App, window: BrowserWindow, log: Log): void {
  const takeLinks = (on: boolean): void => {
    // In development the system would start Electron itself.
    if (electron.isPackaged) takeTelLinks(on, electron, log);
  };
  followTheme(window, app.state().settings.theme);
  takeLinks(app.state().settings.openTelLinks);
  app.steps.on(({ before, after }) => {
    if (before.settings.theme !== after.settings.theme) followTheme(window, after.settings.theme);
    const { openTelLinks } = after.settings;
    if (before.settings.openTelLinks !== openTelLinks) takeLinks(openTelLinks);
  });
}
