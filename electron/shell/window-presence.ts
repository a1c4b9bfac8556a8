import { type BrowserWindow, powerMonitor } from 'electron/main';
import type { App } from '../app.ts';

/** Where nobody may be at the desk, calls of others are only heard. Linux tells no locking. */
export function followPresence(app: App, window: BrowserWindow): void {
  powerMonitor.on('suspend', () => app.stepBack('sleep'));
  powerMonitor.on('lock-screen', () => app.stepBack('lock'));
  const look = (): void => app.watched(window.isVisible() && !window.isMinimized());
  window.on('show', look);
  window.on('hide', look);
  window.on('minimize', look);
  window.on('restore', look);
  look();
}
