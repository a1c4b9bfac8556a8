import { type Command, commandSchema } from './commands.ts';
import type { Problem } from './problem.ts';

const NAMES: ReadonlySet<string> = new Set(
  commandSchema.options.map(option => option.shape.command.value),
);

/** Understands a command from outside, or says what is wrong with it. */
export function parseCommand(
  input: unknown,
):
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly problem: Problem } {
  const parsed = commandSchema.safeParse(input);
  if (parsed.success) return { ok: true, command: parsed.data };
  const name = commandNameOf(input);
  if (name !== null && !NAMES.has(name)) {
    return {
      ok: false,
      problem: {
        kind: 'unknown-command',
        message: `There is no command "${name.slice(0, 60)}".`,
        remedy: `Use one of: ${[...NAMES].join(', ')}.`,
      },
    };
  }
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : issue.path.join('.');
  return {
    ok: false,
    problem: {
      kind: 'invalid-command',
      message: `The command is not understood: ${where === '' ? '' : `${where}: `}${issue?.message ?? 'wrong shape'}.`,
      remedy: 'Send an object with "command" and the fields that command takes.',
    },
  };
}

function commandNameOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('command' in input)) return null;
  return typeof input.command === 'string' ? input.command : null;
}
