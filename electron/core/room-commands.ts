import { z } from 'zod';
import { aboutCall, callName, text } from './command-parts.ts';
import { SCENES } from './room.ts';

/** A leg of a call by its CallSid. */
const leg = z
  .string()
  .regex(/^CA[0-9a-fA-F]{32}$/, 'a leg is named by its CallSid, CA and 32 hex digits');

const aboutLeg = <Name extends string>(name: Name) =>
  z.object({ command: z.literal(name), ...callName, leg });

const switchOnLeg = <Name extends string>(name: Name) =>
  z.object({ command: z.literal(name), ...callName, leg, on: z.boolean() });

/** Whom to bring into a call: a number, `client:name` or `sip:address`. */
const person = z.string().trim().min(1).max(200);

/** What can be asked about calls of others, and about others on calls of this desk. */
export const roomCommands = [
  /** What is live on the account, whoever started it; `callSid` names a call of it by any of its legs. */
  z.object({ command: z.literal('account-calls') }),
  /** Hears a call of others, without a seat, or goes back to only hearing it. Answers the call's `callId`. */
  aboutCall('listen'),
  /**
   * Speaks to one who serves, alone: `leg` chooses which. A `text` goes to a voice agent of this desk.
   * `move` agrees that the legs of a call that is no conference are brought into one.
   */
  z.object({
    command: z.literal('whisper'),
    ...callName,
    leg: leg.optional(),
    text: text.optional(),
    move: z.boolean().optional(),
  }),
  /** Speaks to everybody on a call of others. */
  z.object({ command: z.literal('barge'), ...callName, move: z.boolean().optional() }),
  /** Speaks to the customer alone; who serves is held, or leaves when it is a voice agent of this desk. */
  z.object({ command: z.literal('take-over'), ...callName, move: z.boolean().optional() }),
  /** Lets those who served serve again, and only listens. */
  aboutCall('hand-back'),
  /** Takes this desk out of a call; the others go on. */
  aboutCall('leave'),
  /** Brings the legs of a call into a conference without dropping anybody. */
  aboutCall('make-conference'),
  z.object({ command: z.literal('add-person'), ...callName, to: person }),
  /** `cold` leaves at once, `warm` stays until asked to leave. */
  z.object({
    command: z.literal('transfer'),
    ...callName,
    to: person,
    kind: z.enum(['warm', 'cold']),
  }),
  switchOnLeg('hold-person'),
  switchOnLeg('mute-person'),
  aboutLeg('remove-person'),
  /** Ends the call for everybody on it. */
  aboutCall('end-for-all'),
  /** Takes a call that waits in a queue of the account, whichever its place. */
  aboutCall('pick-up'),
  /** Lets the voice agent of the settings serve a direct call. */
  aboutCall('hand-to-agent'),
  /** Who heard, spoke to or changed calls of others, the newest first; `since` in ms since the epoch. */
  z.object({
    command: z.literal('audit'),
    ...callName,
    since: z.number().int().min(0).optional(),
    limit: z.number().int().min(1).max(10_000).optional(),
  }),
  /** Writes the whole audit to a file of its own. */
  z.object({
    command: z.literal('export-audit'),
    path: z.string().min(1).max(4096),
    format: z.enum(['csv', 'json']),
  }),
  /** Lets people of the practice line call each other, for somebody to supervise. */
  z.object({ command: z.literal('practice-scene'), scene: z.enum(SCENES) }),
] as const;
