import {
  type BrowserWindow,
  app as electron,
  Notification,
  type NotificationConstructorOptions,
  powerMonitor,
} from 'electron/main';
import type { CallId } from '../core/call.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import type { Emitter } from '../core/emitter.ts';
import { createNotices, type Notice } from '../core/notice.ts';
import type { Step } from '../fact-lane.ts';
import type { Log } from '../log.ts';

type NotificationPorts = {
  readonly steps: Emitter<Step>;
  readonly window: BrowserWindow;
  readonly clock: Clock;
  readonly log: Log;
  /** The person asked to see a call. */
  readonly onOpen: (callId: CallId) => void;
};

/** Most notifications that are held; an older one stays on the desktop and a click on it does nothing more. */
const MOST_HELD = 50;

/**
 * Shows notifications of the desktop while nobody looks at the window. Where the system has none, or
 * refuses them, nothing else changes. Returns how to stop.
 */
export function showNotifications(ports: NotificationPorts): Cancel {
  const { steps, window, clock, log, onOpen } = ports;
  // One that is not held is forgotten with its click.
  const held = new Map<string, Notification>();

  const withdraw = (id: string): void => {
    held.get(id)?.close();
    held.delete(id);
  };
  const show = (notice: Notice): void => {
    if (!Notification.isSupported()) return;
    const notification = new Notification(optionsOf(notice));
    notification.on('click', () => {
      held.delete(notice.id);
      bringToFront(window);
      onOpen(notice.callId);
    });
    notification.on('failed', (_event, error) => {
      log.warn({ reason: error }, 'the system showed no notification');
      held.delete(notice.id);
    });
    withdraw(notice.id);
    held.set(notice.id, notification);
    const oldest = held.size > MOST_HELD ? held.keys().next().value : undefined;
    if (oldest !== undefined) held.delete(oldest);
    notification.show();
  };
  const notices = createNotices({
    clock,
    isLookedAt: () => !window.isDestroyed() && window.isVisible() && window.isFocused(),
    // Linux does not tell; it answers that somebody is there.
    isLocked: () => powerMonitor.getSystemIdleState(1) === 'locked',
    show,
    withdraw,
  });
  const stop = steps.on(notices.follow);
  return () => {
    stop();
    notices.close();
  };
}

function optionsOf({ kind, title, body }: Notice): NotificationConstructorOptions {
  if (kind !== 'ring') return { title, body };
  // The ring itself sounds on the devices that were chosen for it.
  return { title, body, silent: true, urgency: 'critical', timeoutType: 'never' };
}

/** Shows the window and gives it the keyboard, as a click on a notification asks. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  if (process.platform === 'darwin') electron.focus({ steal: true });
}
