import { z } from 'zod';

/** How a command names a call. */
export const callName = {
  /** Earshot's name of the call. */
  callId: z.string().max(100).optional(),
  /** Twilio's name of the call. */
  callSid: z.string().max(64).optional(),
};

/** A command about a call. */
export const aboutCall = <Name extends string>(name: Name) =>
  z.object({ command: z.literal(name), ...callName });

/** A command that switches something on a call on or off. */
export const switchOnCall = <Name extends string>(name: Name) =>
  z.object({ command: z.literal(name), ...callName, on: z.boolean() });

/** A text to be spoken. Source: `<Say>`, at most 4096 characters. */
export const text = z.string().trim().min(1).max(4096);
