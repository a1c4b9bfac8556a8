import type { Clock } from '../core/clock.ts';
import { NO_ADDRESS, type PublicAddress } from '../core/line.ts';
import { isLoopback } from '../core/loopback.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { Log } from '../log.ts';
import type { ngrokAgent } from '../tunnel/ngrok.ts';
import { type Connect, openTunnel } from '../tunnel/tunnel.ts';

/** How Twilio is told to reach this computer. */
export type AddressChoice =
  | { readonly kind: 'tunnel'; readonly authtoken: string; readonly domain: string | null }
  | { readonly kind: 'given'; readonly url: string }
  /** The line is on this computer too. */
  | { readonly kind: 'local' }
  | { readonly kind: 'none' };

/** Where a tunnel signs in and where it leads. */
type TunnelOptions = Pick<
  Parameters<typeof ngrokAgent>[0],
  'authtoken' | 'domain' | 'host' | 'port'
>;

/** What an address needs of the rest. */
type AddressPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Opens the connections of a tunnel. */
  readonly agent: (options: TunnelOptions) => Connect;
  /** Where the server listens. */
  readonly host: string;
  readonly port: number;
  /** Told of every change. */
  readonly onChange: (address: PublicAddress) => void;
};

/** The public address while a line is open. */
export type OpenAddress = {
  readonly current: () => PublicAddress;
  /** Tries again now instead of when the pause is over. */
  readonly retry: () => void;
  readonly close: () => Promise<void>;
};

/** Makes the public address, or begins to: a tunnel tells by `onChange` when it is up. */
export function openAddress(choice: AddressChoice, ports: AddressPorts): OpenAddress {
  let current: PublicAddress = { ...NO_ADDRESS, kind: choice.kind };
  const become = (change: Partial<PublicAddress>): void => {
    current = { ...current, ...change };
    ports.onChange(current);
  };
  const fixed = (url: string | null, problem: Problem | null): OpenAddress => {
    become({ url, status: problem === null ? 'up' : 'down', problem });
    return { current: () => current, retry: () => {}, close: async () => {} };
  };
  switch (choice.kind) {
    case 'local':
      return fixed(`http://${ports.host}:${ports.port}`, null);
    case 'given':
      return fixed(checkedUrl(choice.url), null);
    case 'none':
      return fixed(null, null);
    case 'tunnel': {
      const { clock } = ports;
      const tunnel = openTunnel({
        clock,
        random: ports.random,
        connect: ports.agent({
          authtoken: choice.authtoken,
          domain: choice.domain,
          port: ports.port,
          host: ports.host,
        }),
        onState: state => {
          if (state.status === 'up') {
            become({ url: state.url, status: 'up', downSince: null, retryAt: null, problem: null });
          } else if (state.status === 'connecting') become({ status: 'connecting', retryAt: null });
          else {
            become({
              status: 'down',
              downSince: current.downSince ?? clock.now(),
              retryAt: state.retryAt,
              problem: state.problem,
            });
          }
        },
      });
      return { current: () => current, retry: tunnel.retryNow, close: tunnel.close };
    }
  }
}

/** Twilio takes https only; plain http reaches nothing but this computer. Throws an `invalid-configuration` problem. */
export function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHere = url !== null && isLoopback(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) {
    throw new ProblemError({
      kind: 'invalid-configuration',
      message: 'The public address is not one that Twilio can reach.',
      remedy: 'Write it as https://desk.example.com, as Twilio would open it.',
    });
  }
  return text.replace(/[?#].*$/, '').replace(/\/+$/, '');
}
