import type { Clock } from '../core/clock.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { Rest } from './rest.ts';

/** A server that keeps the Twilio account and starts calls for its employees. */
type RelayOptions = {
  /** Its address, with or without a path. */
  readonly baseUrl: string;
  readonly employeeId: string;
  /** The agent key. */
  readonly key: string;
};

/** How long the relay may take to answer, in milliseconds. */
const ANSWER_LIMIT_MS = 10_000;

/** Where an answer may name the call. */
const SID_FIELDS = ['callSid', 'call_sid', 'sid'];

const UNCERTAIN: Problem = {
  kind: 'call-uncertain',
  message: 'The relay did not confirm the call; it may ring anyway.',
  remedy: 'Wait a moment to see whether it rings before dialling again.',
};

/** What no relay can do. */
const NOT_HERE: Problem = {
  kind: 'not-available',
  message: 'Calls are started by a relay, which can do nothing else with them.',
  remedy: 'Enter the auth token of the account to change calls from here.',
};

/**
 * Calls that are started by a relay. Everything else is asked of the account, where one is known,
 * and is `not-available` where none is.
 */
export function createRelayRest(relay: RelayOptions, account: Rest | null, clock: Clock): Rest {
  const refuse = async (): Promise<never> => {
    throw new ProblemError(NOT_HERE);
  };
  return {
    end: refuse,
    fetch: refuse,
    redirect: refuse,
    liveCalls: refuse,
    ...account,
    dial: async ({ to }) => (await dialThrough(relay, to, clock)).callSid,
  };
}

/**
 * Asks a relay for a call, once: one that may have been started is told as `call-uncertain`.
 * @returns its CallSid, or null when the relay does not tell it
 */
async function dialThrough(
  { baseUrl, employeeId, key }: RelayOptions,
  to: PhoneNumber,
  clock: Clock,
): Promise<{ readonly callSid: string | null }> {
  const base = baseUrl.replace(/\/+$/, '');
  const url = `${base}/api/employees/${encodeURIComponent(employeeId)}/twilio/call`;
  const limit = new AbortController();
  const cancel = clock.after(ANSWER_LIMIT_MS, () => limit.abort());
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tabhr-agent-key': key },
      body: JSON.stringify({ to }),
      redirect: 'manual',
      signal: limit.signal,
    });
    // What it says is of use only where it took the call; the rest is told by its status.
    const body = await answer.text().catch(() => '');
    if (!answer.ok) throw new ProblemError(refusal(answer.status));
    return { callSid: callSidIn(body) };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(failure(error), { cause: error });
  } finally {
    cancel();
  }
}

function callSidIn(body: string): string | null {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof answer !== 'object' || answer === null) return null;
  const fields = new Map<string, unknown>(Object.entries(answer));
  const sid = SID_FIELDS.map(field => fields.get(field)).find(value => value !== undefined);
  return typeof sid === 'string' && sid !== '' ? sid : null;
}

function refusal(status: number): Problem {
  const code = String(status);
  if (status >= 500) return { ...UNCERTAIN, code };
  if (status >= 300 && status < 400) {
    return {
      kind: 'line-down',
      message: 'The relay has moved to another address, so calls cannot start.',
      remedy: 'Enter the address it leads to.',
      code,
    };
  }
  if (status === 401 || status === 403) {
    return {
      kind: 'credentials-refused',
      message: 'The relay refused the agent key. Calls cannot start.',
      remedy: 'Enter the agent key again; it may have been replaced.',
      code,
    };
  }
  if (status === 404) {
    return {
      kind: 'line-down',
      message: 'The relay does not know this employee, or is not at this address.',
      remedy: 'Check the address of the relay and the employee.',
      code,
    };
  }
  if (status === 429) {
    return {
      kind: 'rate-limited',
      message: 'The relay takes no more calls for a moment.',
      remedy: 'Wait a minute and try again.',
      code,
    };
  }
  return {
    kind: 'not-available',
    message: 'The relay did not start the call.',
    remedy: 'Check the number and dial again.',
    code,
  };
}

/** Only a connection that never came to be is known not to have started the call. */
function failure(error: unknown): Problem {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (!/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(code)) {
    return code === '' ? UNCERTAIN : { ...UNCERTAIN, code };
  }
  return {
    kind: 'line-down',
    message: 'The relay does not answer, so calls cannot start. Live calls go on.',
    remedy: 'Check the address of the relay and the internet connection.',
    code,
  };
}
