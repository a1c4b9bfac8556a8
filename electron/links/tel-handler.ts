import type { Log } from '../log.ts';

/** The scheme of links to telephone numbers. Source: RFC 3966. */
const SCHEME = 'tel';

/** Who opens links of a scheme on this system, as Electron's app tells and changes it. */
export type LinkHandlers = {
  readonly isDefaultProtocolClient: (scheme: string) => boolean;
  readonly setAsDefaultProtocolClient: (scheme: string) => boolean;
  readonly removeAsDefaultProtocolClient: (scheme: string) => boolean;
};

/**
 * Makes Earshot the app that opens `tel:` links, or lets them go: only as the person chose. Let go
 * is only what Earshot holds.
 */
export function takeTelLinks(on: boolean, handlers: LinkHandlers, log: Log): void {
  const holds = handlers.isDefaultProtocolClient(SCHEME);
  if (holds === on) return;
  const done = on
    ? handlers.setAsDefaultProtocolClient(SCHEME)
    : handlers.removeAsDefaultProtocolClient(SCHEME);
  if (!done) log.warn({ on }, 'the system did not change who opens links to telephone numbers');
}
