import {
  frameNeedSchema,
  isCapturedFrame,
  type PageListeners,
  pageReportSchema,
  type SoundPage,
} from '../core/page-sound.ts';
import type { Log } from '../log.ts';

/** A message port of Electron's main process, as far as it is used here. */
export type PagePort = {
  readonly postMessage: (message: unknown) => void;
  readonly on: {
    (event: 'message', listener: (message: PortMessage) => void): unknown;
    (event: 'close', listener: () => void): unknown;
  };
  readonly start: () => void;
  readonly close: () => void;
};

type PortMessage = { readonly data: unknown; readonly ports: readonly PagePort[] };

const NOBODY: PageListeners = {
  onReport: () => {},
  onNeed: () => {},
  onCaptured: () => {},
  onGone: () => {},
};

/**
 * The page at the other end of a port. What it says is taken for what it should be only once it was
 * looked at; anything else is left out.
 */
export function soundPageAt(port: PagePort, log: Log): SoundPage {
  let listeners = NOBODY;
  let frames: PagePort | null = null;

  const take = (fresh: PagePort): void => {
    frames?.close();
    frames = fresh;
    fresh.on('message', ({ data }) => {
      if (frames !== fresh) return;
      if (isCapturedFrame(data)) return listeners.onCaptured(data);
      const need = frameNeedSchema.safeParse(data);
      if (need.success) listeners.onNeed(need.data);
    });
    fresh.start();
  };

  port.on('message', ({ data, ports: [fresh] }) => {
    const report = pageReportSchema.safeParse(data);
    if (!report.success) {
      log.warn('the page said something about sound that is not understood');
      return;
    }
    if (report.data.kind === 'frames' && fresh !== undefined) take(fresh);
    listeners.onReport(report.data);
  });
  port.on('close', () => {
    frames?.close();
    frames = null;
    listeners.onGone();
  });
  port.start();

  return {
    send: request => port.postMessage(request),
    play: frame => frames?.postMessage(frame),
    listen: next => {
      listeners = next;
    },
    close: () => {
      listeners = NOBODY;
      frames?.close();
      frames = null;
      port.close();
    },
  };
}
