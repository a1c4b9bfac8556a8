import { ApiError } from './api-error.ts';
import { httpUrl, parseEnds, parseStatusCallback } from './call-request.ts';
import {
  type Beep,
  CONFERENCE_EVENTS,
  type ConferenceCallback,
  type Interlude,
  type JitterBufferSize,
  type JoinOptions,
  PLAIN_JOIN,
} from './conference-options.ts';
import type { ParticipantChange } from './conference-participant.ts';
import { type Form, methodIn, textIn, wholeNumberIn } from './form.ts';
import type { StatusCallback } from './status-callbacks.ts';

/** Somebody to be called into a conference. Times in milliseconds. */
export type ParticipantRequest = {
  readonly from: string;
  /** With its parameters. */
  readonly to: string;
  readonly join: JoinOptions;
  readonly statusCallback: StatusCallback;
  readonly timeoutMs: number;
  readonly timeLimitMs: number;
};

const BAD_PARAMETER = 20001;
const BAD_URL = 21609;
const BAD_LABEL = 16024;

/** Twilio's limit for a label. */
const LABEL_CHARS = 128;

const BEEPS: readonly Beep[] = ['true', 'false', 'onEnter', 'onExit'];
const JITTER_BUFFER_SIZES: readonly JitterBufferSize[] = ['off', 'small', 'medium', 'large'];

/** Reads the form that calls somebody into a conference. Throws `ApiError` with Twilio's code for what is wrong. */
export function parseParticipantRequest(form: Form): ParticipantRequest {
  const ends = parseEnds(form);
  const limit = { from: 1, to: 86_400, otherwise: 14_400 };
  return {
    ...ends,
    join: joinIn(form),
    statusCallback: parseStatusCallback(form),
    timeoutMs: wholeNumberIn(form, 'Timeout', { from: 5, to: 600, otherwise: 60 }) * 1000,
    timeLimitMs: wholeNumberIn(form, 'TimeLimit', limit) * 1000,
  };
}

/** Reads the form that changes a participant. Throws `ApiError`. */
export function parseParticipantChange(form: Form): ParticipantChange {
  const wait = interludeIn(form, 'Wait', 'POST');
  const holdSound = interludeIn(form, 'Hold', 'GET');
  return {
    muted: flagIn(form, 'Muted'),
    hold: flagIn(form, 'Hold'),
    ...(holdSound === undefined ? {} : { holdSound }),
    ...coachingIn(form),
    beepOnExit: flagIn(form, 'BeepOnExit'),
    endConferenceOnExit: flagIn(form, 'EndConferenceOnExit'),
    ...(wait === undefined ? {} : { wait }),
  };
}

/** What is to be played once; undefined when nothing is. Throws `ApiError`. */
export function parseAnnouncement(form: Form): Interlude | undefined {
  return textIn(form, 'AnnounceUrl') === '' ? undefined : interludeIn(form, 'Announce', 'POST');
}

function joinIn(form: Form): JoinOptions {
  const coached = coachingIn(form);
  return {
    label: labelIn(form),
    muted: flagIn(form, 'Muted') ?? PLAIN_JOIN.muted,
    coaching: coached.coaching ?? coached.callSidToCoach !== undefined,
    callSidToCoach: coached.callSidToCoach,
    beep: wordIn(form, 'Beep', BEEPS, PLAIN_JOIN.beep),
    startConferenceOnEnter:
      flagIn(form, 'StartConferenceOnEnter') ?? PLAIN_JOIN.startConferenceOnEnter,
    endConferenceOnExit: flagIn(form, 'EndConferenceOnExit') ?? PLAIN_JOIN.endConferenceOnExit,
    wait: interludeIn(form, 'Wait', 'POST') ?? PLAIN_JOIN.wait,
    jitterBufferSize: wordIn(
      form,
      'JitterBufferSize',
      JITTER_BUFFER_SIZES,
      PLAIN_JOIN.jitterBufferSize,
    ),
    maxParticipants: wholeNumberIn(form, 'MaxParticipants', {
      from: 2,
      to: PLAIN_JOIN.maxParticipants,
      otherwise: PLAIN_JOIN.maxParticipants,
    }),
    callback: callbackIn(form),
  };
}

/** Whom a participant coaches. Throws `ApiError` for coaching without anybody. */
function coachingIn(form: Form): Pick<ParticipantChange, 'coaching' | 'callSidToCoach'> {
  const callSidToCoach = textIn(form, 'CallSidToCoach') || undefined;
  return { coaching: flagIn(form, 'Coaching'), callSidToCoach };
}

function labelIn(form: Form): string {
  const label = textIn(form, 'Label') ?? '';
  if (label.length > LABEL_CHARS || /^CA[0-9a-f]{32}$|\/|%2F/i.test(label)) {
    throw new ApiError(400, BAD_LABEL, 'The participant label is not valid');
  }
  return label;
}

function callbackIn(form: Form): ConferenceCallback | undefined {
  const url = httpUrl(form, 'ConferenceStatusCallback', BAD_URL);
  if (url === undefined) return undefined;
  const asked = form['ConferenceStatusCallbackEvent']?.flatMap(text => text.split(/[\s,]+/));
  return {
    url,
    method: methodIn(form, 'ConferenceStatusCallbackMethod'),
    events: CONFERENCE_EVENTS.filter(event => (asked ?? ['start', 'end']).includes(event)),
  };
}

/** A URL that is played with its method; an empty one is silence. */
function interludeIn(
  form: Form,
  name: string,
  otherwise: Interlude['method'],
): Interlude | undefined {
  if (textIn(form, `${name}Url`) === undefined) return undefined;
  const url = httpUrl(form, `${name}Url`, BAD_URL) ?? '';
  const given = textIn(form, `${name}Method`);
  return { url, method: given === undefined ? otherwise : methodIn(form, `${name}Method`) };
}

/** Anything but true is false, as Twilio takes it; undefined when it is absent. */
function flagIn(form: Form, name: string): boolean | undefined {
  const text = textIn(form, name);
  return text === undefined || text === '' ? undefined : text.toLowerCase() === 'true';
}

function wordIn<Word extends string>(
  form: Form,
  name: string,
  words: readonly Word[],
  otherwise: Word,
): Word {
  const text = textIn(form, name) ?? '';
  if (text === '') return otherwise;
  const word = words.find(one => one.toLowerCase() === text.toLowerCase());
  if (word === undefined) {
    throw new ApiError(400, BAD_PARAMETER, `The parameter ${name} is not valid`);
  }
  return word;
}
