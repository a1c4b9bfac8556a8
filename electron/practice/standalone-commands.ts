import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { assertNever } from '../core/assert-never.ts';
import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { resample } from '../core/audio/resample.ts';
import { readWav } from '../core/audio/wav.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import { SCENES } from '../core/room.ts';
import type { PracticeLine } from './practice-line.ts';
import type { Pretences } from './pretences.ts';
import { writeHeard } from './standalone-events.ts';

const number = z.string().regex(/^\+[1-9]\d{6,14}$/);
const callSid = z.string().min(1);
const flag = z.boolean().optional();
const count = z.number().int().min(0).optional();

const restFault = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'DELETE']).optional(),
    path: z.string().refine(isPattern, 'is no regular expression'),
    times: z.number().int().min(1),
    delayMs: count,
    status: z.number().int().min(400).max(599).optional(),
    code: z.number().int().min(10_000).optional(),
    when: z.enum(['before', 'after', 'lost']),
  })
  .transform(({ path, ...fault }) => ({ ...fault, path: new RegExp(path) }));

const command = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('ring'),
    from: number.optional(),
    to: number.optional(),
  }),
  z.strictObject({
    command: z.literal('scene'),
    scene: z.enum(SCENES),
    from: number.optional(),
  }),
  z.strictObject({ command: z.literal('play'), callSid, path: z.string().min(1) }),
  z.strictObject({ command: z.literal('say'), callSid, text: z.string().min(1).max(4096) }),
  z.strictObject({
    command: z.literal('digits'),
    callSid,
    digits: z.string().regex(/^[0-9*#A-Dw]+$/),
  }),
  z.strictObject({
    command: z.literal('text'),
    body: z.string().max(1600),
    from: number.optional(),
    to: number.optional(),
    mediaUrls: z.array(z.url()).max(10).optional(),
  }),
  z.strictObject({ command: z.literal('hang-up'), callSid }),
  z.strictObject({ command: z.literal('people') }),
  z.strictObject({ command: z.literal('heard'), callSid, path: z.string().min(1).optional() }),
  z.strictObject({
    command: z.literal('pretend'),
    trial: flag,
    wrongToken: flag,
    tooManyRequests: count,
    serverErrors: count,
    slowRestMs: count,
    lostReplies: count,
    unreachable: flag,
    callbackDelayMs: count,
    repeatCallbacks: flag,
    shuffleCallbacks: flag,
    replayWebhooks: flag,
    slowWebhooksMs: count,
    slowRecordingsMs: count,
    restFaults: z.array(restFault).optional(),
    appRefused: flag,
    streamError: z.union([z.literal(31920), z.literal(31921), z.null()]).optional(),
    transcriptionError: z.union([z.number().int().min(10_000), z.null()]).optional(),
    lostCallbacks: count,
    coachFallsThrough: flag,
  }),
  z.strictObject({ command: z.literal('lose-streams') }),
  z.strictObject({ command: z.literal('shut-down') }),
]);

type Command = z.infer<typeof command>;

/** What commands act on. */
export type StandaloneTargets = {
  readonly line: PracticeLine;
  readonly heardDir: string;
  readonly shutDown: () => void;
};

/** Does what one command asks; gives what is replied. Throws `ProblemError`. */
export async function obey(given: unknown, targets: StandaloneTargets): Promise<object> {
  const parsed = command.safeParse(given);
  if (!parsed.success) throw refusal(given, parsed.error);
  return perform(parsed.data, targets);
}

async function perform(asked: Command, targets: StandaloneTargets): Promise<object> {
  const { line, heardDir } = targets;
  if ('callSid' in asked && line.heardBy(asked.callSid) === null) {
    throw problem('no-such-call', 'There is no such call.', 'Name a call by its callSid.');
  }
  switch (asked.command) {
    case 'ring':
      return ring(line, asked.from, asked.to);
    case 'scene':
      return scene(line, asked);
    case 'play': {
      const samples = await soundAt(asked.path);
      await live(line.play(asked.callSid, samples));
      return {};
    }
    case 'say':
      await live(line.say(asked.callSid, asked.text));
      return {};
    case 'digits':
      line.sendDigits(asked.callSid, asked.digits);
      return {};
    case 'text':
      return text(line, asked);
    case 'hang-up':
      line.farHangUp(asked.callSid);
      return {};
    case 'people':
      return { people: line.directory };
    case 'heard': {
      const path = asked.path ?? join(heardDir, `${asked.callSid}.wav`);
      const heard = writeHeard(line, asked.callSid, path);
      if (heard !== null) return heard;
      throw problem(
        'wrong-call-state',
        'The caller has heard nothing yet.',
        'Wait until the call was answered.',
      );
    }
    case 'pretend': {
      const { command: _, ...change } = asked;
      line.pretend(namedIn(change));
      return {};
    }
    case 'lose-streams':
      line.loseStreams();
      return {};
    case 'shut-down':
      targets.shutDown();
      return {};
    default:
      return assertNever(asked);
  }
}

async function scene(
  line: PracticeLine,
  { scene: kind, from }: Extract<Command, { command: 'scene' }>,
): Promise<object> {
  try {
    return await line.scene(kind, from);
  } catch {
    throw problem(
      'invalid-number',
      'Nobody who calls in scenes has this number.',
      'Take one of the customers in docs/practice-line.md, or leave out "from".',
    );
  }
}

async function ring(line: PracticeLine, from?: string, to?: string): Promise<object> {
  try {
    return await line.ringIn(from, to);
  } catch (error) {
    throw problem(
      'invalid-number',
      error instanceof Error ? `${error.message}.` : 'Nobody can ring like this.',
      'Take a number from the command people, and one of our numbers.',
    );
  }
}

function text(line: PracticeLine, asked: Extract<Command, { command: 'text' }>): object {
  try {
    return line.textIn(asked.body, asked.from, asked.mediaUrls, asked.to);
  } catch {
    throw problem('invalid-number', 'This is no number of ours.', 'Leave out "to".');
  }
}

async function soundAt(path: string): Promise<Int16Array> {
  try {
    const { samples, sampleRateHz } = readWav(await readFile(path));
    return resample(samples, sampleRateHz, SAMPLE_RATE_HZ);
  } catch {
    throw problem(
      'file-unreadable',
      'The sound file could not be read.',
      'Give the path of a WAV file of 8 or 16-bit PCM or µ-law.',
    );
  }
}

async function live(said: Promise<void>): Promise<void> {
  try {
    await said;
  } catch {
    throw problem('wrong-call-state', 'This call is over.', 'Ring again.');
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** The changes that were named. */
function namedIn(change: { [Key in keyof Pretences]?: Pretences[Key] | undefined }) {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function refusal(given: unknown, error: z.ZodError): ProblemError {
  const issue = error.issues[0];
  if (issue?.path[0] === 'command' || issue?.code === 'invalid_union') {
    return problem(
      'unknown-command',
      'There is no such command.',
      'Use ring, scene, play, say, digits, text, hang-up, people, heard, pretend, lose-streams or shut-down.',
    );
  }
  const where = issue?.path.join('.') ?? '';
  const asked = z.object({ command: z.string() }).safeParse(given).data?.command ?? '';
  return problem(
    'invalid-command',
    `The command ${asked} is not complete: ${where === '' ? '' : `${where}: `}${issue?.message ?? ''}`,
    'Compare it with the list in docs/practice-line.md.',
  );
}

function problem(kind: Problem['kind'], message: string, remedy: string): ProblemError {
  return new ProblemError({ kind, message, remedy });
}
