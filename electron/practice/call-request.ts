import { readAddress } from './address.ts';
import { ApiError } from './api-error.ts';
import type { Progress } from './call.ts';
import { type Form, methodIn, textIn, wholeNumberIn } from './form.ts';
import type { MachineDetection } from './machine-detection.ts';
import type { CallRequest } from './place-call.ts';
import { recordingIn } from './recording-form.ts';
import type { TwimlSource } from './run-twiml.ts';
import type { StatusCallback } from './status-callbacks.ts';

const PROGRESS: readonly Progress[] = ['initiated', 'ringing', 'answered', 'completed'];

/** Twilio's test numbers that refuse every call, each with its own error. */
const REFUSED_NUMBERS: Readonly<Record<string, { code: number; message: string }>> = {
  '+15005550001': { code: 21211, message: 'The phone number is not valid' },
  '+15005550002': { code: 21214, message: 'The phone number cannot be reached' },
  '+15005550003': { code: 21215, message: 'No permission to call this country' },
  '+15005550004': { code: 21216, message: 'The phone number is on a deny list' },
};

/** Reads the form that creates a call. Throws `ApiError` with Twilio's code for what is wrong. */
export function parseCallRequest(form: Form): CallRequest {
  const ends = parseEnds(form);
  const twiml = parseTwimlSource(form);
  if (twiml === undefined) throw new ApiError(400, 21205, 'Url or Twiml is required');
  const sendDigits = textIn(form, 'SendDigits') ?? '';
  if (!/^[0-9*#wW]{0,32}$/.test(sendDigits)) {
    throw new ApiError(400, 21217, 'SendDigits is not valid');
  }
  const seconds = { from: 1, to: 600, otherwise: 60 };
  const limit = { from: 1, to: 86_400, otherwise: 14_400 };
  return {
    ...ends,
    twiml,
    sendDigits,
    recording: textIn(form, 'Record')?.toLowerCase() === 'true' ? recordingIn(form) : undefined,
    machineDetection: sendDigits === '' ? machineDetectionIn(form) : undefined,
    statusCallback: parseStatusCallback(form),
    timeoutMs: wholeNumberIn(form, 'Timeout', seconds) * 1000,
    timeLimitMs: wholeNumberIn(form, 'TimeLimit', limit) * 1000,
  };
}

/** Who calls whom. Throws `ApiError`. */
export function parseEnds(form: Form): { readonly from: string; readonly to: string } {
  const to = required(form, 'To', 21201, 'No To number is specified');
  const from = required(form, 'From', 21213, 'A From phone number is required');
  const refused = REFUSED_NUMBERS[to];
  if (refused !== undefined) throw new ApiError(400, refused.code, refused.message);
  if (readAddress(to) === undefined) {
    throw new ApiError(400, 21211, 'The To phone number is not valid');
  }
  if (readAddress(from)?.kind !== 'number') {
    throw new ApiError(400, 21212, 'The From phone number is not valid');
  }
  return { from, to };
}

/** Who is told of the steps of a call. Throws `ApiError`. */
export function parseStatusCallback(form: Form): StatusCallback {
  return {
    url: httpUrl(form, 'StatusCallback', 21609) ?? '',
    method: methodIn(form, 'StatusCallbackMethod'),
    events: progressIn(form),
  };
}

/** What the form says about answering machines, in Twilio's ranges. */
function machineDetectionIn(form: Form): MachineDetection | undefined {
  const mode = textIn(form, 'MachineDetection') ?? '';
  if (mode === '' || /^none$/i.test(mode)) return undefined;
  if (!/^(?:Enable|DetectMessageEnd)$/i.test(mode)) {
    throw new ApiError(400, 20001, 'The parameter MachineDetection is not valid');
  }
  const tell = {
    url: httpUrl(form, 'AsyncAmdStatusCallback', 21609) ?? '',
    method: methodIn(form, 'AsyncAmdStatusCallbackMethod'),
  };
  const ms = (name: string, from: number, to: number, otherwise: number): number =>
    wholeNumberIn(form, `MachineDetection${name}`, { from, to, otherwise });
  return {
    untilEnd: /^DetectMessageEnd$/i.test(mode),
    inBackground: textIn(form, 'AsyncAmd')?.toLowerCase() === 'true' ? tell : undefined,
    timeoutMs: ms('Timeout', 3, 59, 30) * 1000,
    speechMs: ms('SpeechThreshold', 1000, 6000, 2400),
    speechEndMs: ms('SpeechEndThreshold', 500, 5000, 1200),
    silenceMs: ms('SilenceTimeout', 2000, 10_000, 5000),
  };
}

/** The instructions in a form: its Url, else its Twiml. */
export function parseTwimlSource(form: Form): TwimlSource | undefined {
  const url = httpUrl(form, 'Url', 21205);
  const twiml = textIn(form, 'Twiml');
  if (url === undefined) return twiml === undefined ? undefined : { kind: 'text', twiml };
  const source = { kind: 'url', url, method: methodIn(form, 'Method') } as const;
  const fallbackUrl = httpUrl(form, 'FallbackUrl', 21205);
  if (fallbackUrl === undefined) return source;
  return { ...source, fallback: { url: fallbackUrl, method: methodIn(form, 'FallbackMethod') } };
}

function required(form: Form, name: string, code: number, message: string): string {
  const value = textIn(form, name);
  if (value === undefined || value === '') throw new ApiError(400, code, message);
  return value;
}

/** A field that is a URL of HTTP; undefined when it is absent or empty. Throws `ApiError` for another. */
export function httpUrl(form: Form, name: string, code: number): string | undefined {
  const url = textIn(form, name);
  if (url === undefined || url === '') return undefined;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ApiError(400, code, `${name} is not a valid URL`);
  }
  return url;
}

/** Twilio reports only the end of a call unless asked for more; values may be repeated or spaced apart. */
function progressIn(form: Form): readonly Progress[] {
  const asked = form['StatusCallbackEvent']?.flatMap(value => value.split(/[\s,]+/)) ?? [];
  return asked.length === 0 ? ['completed'] : PROGRESS.filter(event => asked.includes(event));
}
