import type { Problem } from '../core/problem.ts';
import type { ConnectionEnd, Fault } from './speech-service.ts';

/** What is said about a service in problems. */
export type ServiceWords = {
  /** Its name for a person. */
  readonly title: string;
  /** Where its keys are made. */
  readonly keysLink: string;
  /** Where it is paid for. */
  readonly billingLink: string;
};

/** Nobody gave a key. */
export function noKey({ title, keysLink }: ServiceWords): Problem {
  return {
    kind: 'transcriber-unready',
    message: `There is no ${title} key, so ${title} cannot write down what is said. The call goes on.`,
    remedy: `Enter ${/^[AEIOU]/.test(title) ? 'an' : 'a'} ${title} key in the settings, or choose another transcriber.`,
    link: keysLink,
  };
}

/** Sound was dropped because it could not be sent. */
export function leftOut(title: string): Problem {
  return {
    kind: 'transcript-behind',
    message: `The way to ${title} is too slow or broken, so some of what is said is not written down. The call goes on.`,
    remedy: 'Check the internet connection, or choose another transcriber.',
  };
}

/** The key is not taken. */
export function keyRefused({ title, keysLink }: ServiceWords): Fault {
  return {
    problem: {
      kind: 'key-refused',
      message: `${title} refused the key, so nothing is written down. The call goes on.`,
      remedy: `Make a new key at ${title} and enter it in the settings.`,
      link: keysLink,
    },
    retry: 'never',
  };
}

/** The account has nothing left. */
export function nothingLeft({ title, billingLink }: ServiceWords): Fault {
  return {
    problem: {
      kind: 'transcript-failed',
      message: `The ${title} account has no credit left, so nothing is written down. The call goes on.`,
      remedy: `Add credit at ${title}, or choose another transcriber.`,
      link: billingLink,
    },
    retry: 'late',
  };
}

/** Too much was asked of the service at once. */
export function tooMany({ title }: ServiceWords, afterMs: number | null): Fault {
  return {
    problem: {
      kind: 'transcript-failed',
      message: `${title} is asked for more at once than this account may. The call goes on.`,
      remedy: 'Wait; it is tried again by itself. A larger plan allows more.',
    },
    retry: 'soon',
    ...(afterMs === null ? {} : { afterMs }),
  };
}

/** The service does not take how it was asked. */
export function requestRefused({ title }: ServiceWords): Fault {
  return {
    problem: {
      kind: 'transcript-failed',
      message: `${title} does not take this language or these hints, so nothing is written down. The call goes on.`,
      remedy: 'Choose another language in the settings, or another transcriber.',
    },
    retry: 'late',
  };
}

/** There was no connection. @param code a name of the error */
function notReached({ title }: ServiceWords, code: string | null): Fault {
  return {
    problem: {
      kind: 'transcript-failed',
      message: `${title} cannot be reached. The call goes on, and what is said meanwhile is kept for up to 30 seconds.`,
      remedy: 'Check the internet connection if it stays so; it is tried again by itself.',
      ...(code === null ? {} : { code }),
    },
    retry: 'soon',
  };
}

/** The connection broke, or the service closed it. @param code a name of the error */
export function connectionLost({ title }: ServiceWords, code: string | null): Fault {
  return {
    problem: {
      kind: 'transcript-failed',
      message: `The connection with ${title} was lost. The call goes on, and what is said meanwhile is kept for up to 30 seconds.`,
      remedy: 'Check the internet connection if it stays so; it is tried again by itself.',
      ...(code === null ? {} : { code }),
    },
    retry: 'soon',
  };
}

/** What the end of any service's connection means. */
export function explainEnd(words: ServiceWords, end: ConnectionEnd): Fault {
  if (end.kind === 'unreachable') return notReached(words, end.code);
  if (end.kind === 'lost') return connectionLost(words, end.code);
  if (end.kind === 'closed') return connectionLost(words, closeCode(end.code, end.reason));
  const { status, body, retryAfterMs } = end;
  if (status === 401 || status === 403) return keyRefused(words);
  // A used-up account is answered 402 by Deepgram, and 429 with this code by OpenAI.
  if (status === 402 || /insufficient_quota|billing/.test(body)) return nothingLeft(words);
  if (status === 429) return tooMany(words, retryAfterMs);
  if (status === 400 || status === 404) return requestRefused(words);
  const fault = notReached(words, `HTTP ${status}`);
  return retryAfterMs === null ? fault : { ...fault, afterMs: retryAfterMs };
}

/** The service's own word for a close, such as `NET-0001`, or the number. Other words may hold anything. */
function closeCode(code: number, reason: string): string {
  return /\b[A-Z]{3,8}-\d{4}\b/.exec(reason)?.[0] ?? String(code);
}
