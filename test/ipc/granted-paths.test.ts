import { expect, test } from 'vitest';
import { z } from 'zod';
import { commandSchema } from '../../electron/core/commands.ts';
import { createGrantedPaths } from '../../electron/ipc/granted-paths.ts';

const PATH = '/home/sam/diagnostics.zip';
const ASKED = { command: 'export-diagnostics', path: PATH };

test('A file is written only where the person chose, and once', () => {
  const files = createGrantedPaths();
  expect(files.refusal(ASKED)?.kind).toBe('file-not-written');
  files.grant(PATH);
  expect(files.refusal(ASKED)).toBeNull();
  expect(files.refusal(ASKED)?.kind).toBe('file-not-written');
});

test('A choice is for the very path that was chosen', () => {
  const files = createGrantedPaths();
  files.grant(PATH);
  for (const path of [`${PATH}/../.bashrc`, '/home/sam/./diagnostics.zip', `${PATH} `, '', null]) {
    expect(files.refusal({ ...ASKED, path }), String(path)).not.toBeNull();
  }
  for (const path of [[PATH], { toString: PATH }, undefined, 0]) {
    expect(files.refusal({ ...ASKED, path })).not.toBeNull();
  }
  files.grant('/home/sam/audit.csv');
  expect(files.refusal(ASKED)).toBeNull();
  expect(files.refusal({ command: 'export-audit', path: '/home/sam/audit.csv' })).toBeNull();
});

test('The window plays no file to a call, wherever it was chosen', () => {
  const files = createGrantedPaths();
  files.grant(PATH);
  expect(files.refusal({ command: 'play-file', path: PATH })?.kind).toBe('not-available');
  expect(files.refusal({ command: 'play-file' })?.kind).toBe('not-available');
});

test('What names no file is not looked at, nor is what is no command', () => {
  const files = createGrantedPaths();
  for (const command of [
    null,
    undefined,
    'export-audit',
    7,
    [],
    {},
    { command: 'dial', to: '1' },
  ]) {
    expect(files.refusal(command)).toBeNull();
  }
});

test('Every command that names a file calls it path, where it is looked for', () => {
  const { oneOf = [], anyOf = oneOf } = z.toJSONSchema(commandSchema, { io: 'input' });
  expect(anyOf.length).toBeGreaterThan(50);
  const fields = (schema: unknown, at: string): readonly string[] => {
    if (typeof schema !== 'object' || schema === null) return [];
    const {
      properties = {},
      type,
      enum: words,
    } = schema as {
      properties?: Record<string, unknown>;
      type?: string;
      enum?: unknown;
    };
    const own = type === 'string' && words === undefined ? [at] : [];
    const parts = Object.entries(properties).flatMap(([name, part]) =>
      fields(part, `${at} ${name}`),
    );
    const others = Object.entries(schema)
      .filter(([name]) => name !== 'properties')
      .flatMap(([, part]) => fields(part, at));
    return [...own, ...parts, ...others];
  };
  const named = anyOf.flatMap(part => {
    const { properties = {} } = part as { properties?: { command?: { const?: string } } };
    return fields(part, '').map(field => `${properties.command?.const}${field}`);
  });
  expect(
    named
      .filter(field =>
        /path|file|folder|dir(ectory)?$|location/i.test(field.split(' ').slice(1).join(' ')),
      )
      .sort(),
  ).toEqual([
    'export-audit path',
    'export-diagnostics path',
    'export-recording path',
    'export-transcript path',
    'play-file path',
  ]);
});
