import { z } from 'zod';

/** Most places of a stack that are told. */
const MOST_FRAMES = 20;

/** A place in the program: a function and a file of the bundle, without the folders it lies in. */
const frame = z.string().regex(/^[\w$.<>]{1,80} [\w-]{1,60}\.(cjs|js|ts):\d{1,7}$/);

/** What is told of an error: what kind it is and where it came from, never its words. */
export const toldErrorSchema = z.object({
  name: z.string().regex(/^([A-Z][A-Za-z]{0,40})?Error$/),
  code: z
    .string()
    .regex(/^(E[A-Z_]{2,40}|\d{5})$/)
    .nullable(),
  frames: z.array(frame).max(MOST_FRAMES),
});

/** What is told of an error. */
export type ToldError = Readonly<z.output<typeof toldErrorSchema>>;

/**
 * What may be told of an error. Its message may hold anything, and so may the folders of a stack and
 * the properties of other objects: none of them is looked at.
 */
export function toldError(error: unknown): ToldError {
  if (!(error instanceof Error)) return { name: 'Error', code: null, frames: [] };
  const code = 'code' in error ? String(error.code) : null;
  return {
    name: toldErrorSchema.shape.name.safeParse(error.name).data ?? 'Error',
    code: toldErrorSchema.shape.code.safeParse(code).data ?? null,
    frames: framesOf(error),
  };
}

function framesOf({ message, stack = '' }: Error): string[] {
  // The message comes first and may look like a stack itself.
  const start = stack.indexOf(message) + message.length;
  const places = stack
    .slice(start)
    .matchAll(/^ {4}at (?:async )?(.*?)[^\s/\\(]*[/\\]([^/\\\s]+):(\d+):\d+\)?$/gm);
  const frames: string[] = [];
  for (const [, before = '', file = '', line = ''] of places) {
    const caller = /^([\w$.<>]+) /.exec(before)?.[1] ?? '<anonymous>';
    const told = frame.safeParse(`${caller} ${file}:${line}`);
    if (told.success && frames.length < MOST_FRAMES) frames.push(told.data);
  }
  return frames;
}
