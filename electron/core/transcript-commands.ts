import { z } from 'zod';
import { ATTENTION_KINDS } from './attention.ts';
import { aboutCall, callName } from './command-parts.ts';
import { TRANSCRIPT_FORMATS } from './transcript.ts';
import { KEYED_TRANSCRIBERS, TRANSCRIBERS } from './transcription.ts';

const pack = <Name extends string>(name: Name) =>
  z.object({ command: z.literal(name), packId: z.string().min(1).max(100) });

/** What can be asked about the words of calls. */
export const transcriptCommands = [
  /** Lets somebody else write down a live call from now on, or nobody. */
  z.object({ command: z.literal('transcribe'), ...callName, by: z.enum([...TRANSCRIBERS, 'off']) }),
  /** What was said on a call of any run. */
  aboutCall('transcript'),
  /** Writes a transcript to a file, in the format named, whatever the file is called. */
  z.object({
    command: z.literal('export-transcript'),
    ...callName,
    path: z.string().min(1).max(4096),
    format: z.enum(TRANSCRIPT_FORMATS),
  }),
  /** Looks for words in all transcripts, and for names and numbers, within calls that are over. */
  z.object({
    command: z.literal('search'),
    query: z.string().max(200),
    /** Part of the other side's number. */
    number: z.string().max(100).optional(),
    /** Calls that began in this time, in ms since the epoch; `until` is exclusive. */
    since: z.number().min(0).optional(),
    until: z.number().min(0).optional(),
    /** This desk's number on the call. */
    ours: z.string().max(100).optional(),
    direction: z.enum(['inbound', 'outbound']).optional(),
    /** How long the parties were connected, in seconds. */
    atLeastSeconds: z.number().min(0).optional(),
    atMostSeconds: z.number().min(0).optional(),
    limit: z.number().int().min(1).max(500).optional(),
  }),
  /** Somebody looked: a call does not ask for attention with this any more. */
  z.object({
    command: z.literal('dismiss-attention'),
    ...callName,
    kind: z.enum(ATTENTION_KINDS),
  }),
  /** Uses a key of a service from now on; null forgets it. */
  z.object({
    command: z.literal('set-transcriber-key'),
    transcriber: z.enum(KEYED_TRANSCRIBERS),
    key: z.string().trim().min(1).max(500).nullable(),
  }),
  /** What can be fetched so that this computer understands languages by itself. */
  z.object({ command: z.literal('packs') }),
  /** Fetches a pack, or goes on where it stopped. */
  pack('fetch-pack'),
  pack('pause-pack'),
  pack('remove-pack'),
] as const;
