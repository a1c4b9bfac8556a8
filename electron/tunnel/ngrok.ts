import { ProblemError } from '../core/problem.ts';
import { explainNgrok, LOST, NO_AGENT, NO_URL } from './ngrok-problems.ts';
import type { Connect } from './tunnel.ts';

/** What is used of ngrok's agent. */
type NgrokModule = { readonly SessionBuilder: new () => SessionBuilder };

type SessionBuilder = {
  authtoken(authtoken: string): unknown;
  heartbeatInterval(seconds: number): unknown;
  heartbeatTolerance(seconds: number): unknown;
  serverAddr(address: string): unknown;
  handleDisconnection(handler: (address: string, error: string) => boolean): unknown;
  handleHeartbeat(handler: (latencyMs: number) => void): unknown;
  connect(): Promise<Session>;
};

type Session = { httpEndpoint(): Endpoint; close(): Promise<void> };

type Endpoint = {
  domain(domain: string): unknown;
  listenAndForward(url: string): Promise<Listener>;
};

type Listener = { url(): string | null; join(): Promise<void>; close(): Promise<void> };

/** Where an agent signs in and where it leads. */
export type NgrokOptions = {
  /** The secret of the ngrok account; never logged, never in a problem. */
  readonly authtoken: string;
  /** A domain of the account; null takes the one it was given. */
  readonly domain: string | null;
  /** Where Earshot listens. */
  readonly host: string;
  readonly port: number;
  /** Where ngrok listens, `host:port`; its own when absent. */
  readonly serverAddr?: string;
  /** Loads the agent; its binary may be missing on this system. */
  readonly load?: () => Promise<NgrokModule>;
};

/** How often the session is checked, in seconds; also how soon a session that came back is noticed. */
const HEARTBEAT_S = 5;

/** How long a heartbeat may be unanswered before the session is taken for lost, in seconds. */
const HEARTBEAT_TOLERANCE_S = 10;

/**
 * Opens tunnels with ngrok's agent, which runs in this process. The agent is loaded with the first
 * tunnel, so that a system without its binary only lacks the tunnel.
 */
export function ngrokAgent(options: NgrokOptions): Connect {
  const load = options.load ?? (() => import('@ngrok/ngrok'));
  return async ({ onLost, onBack }) => {
    const ngrok = await load().catch((error: unknown) => {
      throw new ProblemError(NO_AGENT, { cause: error });
    });
    const builder = new ngrok.SessionBuilder();
    builder.authtoken(options.authtoken);
    builder.heartbeatInterval(HEARTBEAT_S);
    builder.heartbeatTolerance(HEARTBEAT_TOLERANCE_S);
    // The session comes back by itself; refusing that would end the process, says its maker.
    builder.handleDisconnection(() => {
      onLost(LOST);
      return true;
    });
    builder.handleHeartbeat((latencyMs: unknown) => {
      // A heartbeat that nobody answered is told without its time.
      if (typeof latencyMs === 'number') onBack();
    });
    const session = await explained(async () => {
      if (options.serverAddr !== undefined) builder.serverAddr(options.serverAddr);
      return builder.connect();
    });
    try {
      const endpoint = session.httpEndpoint();
      if (options.domain !== null) endpoint.domain(options.domain);
      const to = `http://${hereBy(options.host)}:${options.port}`;
      const listener = await explained(() => endpoint.listenAndForward(to));
      const url = listener.url();
      if (url === null) throw new ProblemError(NO_URL);
      // The end of the forwarding is the end of the session: it was stopped at ngrok's dashboard, or is broken for good.
      const over = (): void => onLost(LOST);
      void listener.join().then(over, over);
      return {
        url: url.replace(/\/+$/, ''),
        close: async () => {
          await listener.close();
          await session.close();
        },
      };
    } catch (error) {
      await session.close().catch(() => {});
      throw error;
    }
  };
}

/** The address of a server of this computer: one that listens everywhere is not asked at "everywhere". */
function hereBy(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** Waits for the agent; what it refuses becomes a problem without its text, which may hold the authtoken. */
async function explained<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw new ProblemError(explainNgrok(error instanceof Error ? error.message : String(error)));
  }
}
