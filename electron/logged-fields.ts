import { ProblemError } from './core/problem.ts';
import { toldError } from './diagnostics/told-error.ts';

/** Fields that are blanked at any depth: what they are named after is nobody's business. */
const PRIVATE_FIELDS = new Set([
  ...['from', 'to', 'number', 'digits', 'name', 'text', 'words', 'body', 'url'],
  ...['key', 'secret', 'password', 'token', 'authtoken', 'headers', 'authorization'],
]);

/** Stands for what is not told. */
const NOT_TOLD = '[private]';

/** A number that is longer might be somebody's telephone. */
const LONGEST_NUMBER = 99_999;

/** How deep objects are looked into, how long lists are told, and how far causes are followed. */
const DEPTH = 4;
const MOST_ENTRIES = 20;

/** A word of a program, such as `mp3-encoder` or `/media-stream`: what people say has spaces. */
const WORD = /^\/?[A-Za-z][\w.:/-]{0,60}$/;

/** An error code of Twilio, in the field of that name. */
const CODE = /^\d{5}$/;

/** The name of a call of this desk. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What the log may tell of the fields beside a sentence. Nothing that people said, dialled or keep secret
 * gets through, wherever it stands; an error tells what kind it is and where it came from.
 * @param inWords also tells what errors and longer texts say, with all that could be private masked
 */
export function loggedFields(fields: object, inWords: boolean): Record<string, unknown> {
  if (fields instanceof Error) return { err: loggedError(fields, inWords, 0) };
  return loggedObject(fields, inWords, 0);
}

/** A text without numbers, addresses, names of Twilio's things, tokens and what stands in quotes. */
export function masked(text: string): string {
  if (UUID.test(text)) return text;
  return (
    text
      .replace(/"[^"]*"|“[^”]*”|`[^`]*`|(?<![\w’])'[^']*'(?!\w)/g, '"…"')
      .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '(address)')
      .replace(/[^\s@<>]+@[^\s@<>]+/g, '(address)')
      .replace(/\b([A-Z]{2})[0-9a-fA-F]{32}\b/g, '$1…')
      // Keys and tokens: long words with digits in them.
      .replace(/(?=[\w+=-]*\d)[\w+=-]{16,}/g, '…')
      // However digits are written: apart, in brackets, with dashes.
      .replace(/\+?\d(?:[\s().-]{0,2}\d){3,}/g, '…')
  );
}

function loggedObject(fields: object, inWords: boolean, depth: number): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields).slice(0, MOST_ENTRIES)) {
    if (PRIVATE_FIELDS.has(name.toLowerCase())) told[name] = NOT_TOLD;
    else if (name === 'code' && CODE.test(String(value))) told[name] = value;
    else told[name] = loggedValue(value, inWords, depth + 1);
  }
  return told;
}

function loggedValue(value: unknown, inWords: boolean, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return inWords || WORD.test(value) || UUID.test(value) ? masked(value) : NOT_TOLD;
    case 'number':
      return Math.abs(value) <= LONGEST_NUMBER ? value : NOT_TOLD;
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      break;
    default:
      return typeof value;
  }
  if (value === null) return null;
  if (value instanceof Error) return loggedError(value, inWords, 0);
  if (depth >= DEPTH || ArrayBuffer.isView(value)) return 'object';
  return Array.isArray(value)
    ? value.slice(0, MOST_ENTRIES).map(each => loggedValue(each, inWords, depth + 1))
    : loggedObject(value, inWords, depth);
}

/** Those of HTTP clients carry their request with its password: nothing is taken that is not named here. */
function loggedError(error: Error, inWords: boolean, depth: number): object {
  const { cause } = error;
  return {
    ...toldError(error),
    ...(error instanceof ProblemError ? { kind: error.problem.kind } : {}),
    ...(inWords ? { message: masked(error.message) } : {}),
    ...(cause instanceof Error && depth < DEPTH
      ? { cause: loggedError(cause, inWords, depth + 1) }
      : {}),
  };
}
