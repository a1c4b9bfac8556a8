import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { people } from '../../electron/practice/people/people.ts';
import { obey } from '../../electron/practice/standalone-commands.ts';
import { eventually, openLine } from './fixture.ts';

async function commanded() {
  const line = await openLine(people);
  const heardDir = mkdtempSync(join(tmpdir(), 'heard-'));
  onTestFinished(() => rmSync(heardDir, { recursive: true }));
  const targets = { line: line.line, heardDir, shutDown: () => {} };
  return { ...line, obey: (command: object) => obey(command, targets) };
}

it('begins a scene, whose calls are heard and hung up like any other', async () => {
  const line = await commanded();
  const { callSid } = (await line.obey({ command: 'scene', scene: 'conference' })) as {
    callSid: string;
  };
  await eventually(async () =>
    expect(await line.obey({ command: 'heard', callSid })).toMatchObject({ callSid }),
  );
  await line.obey({ command: 'hang-up', callSid });
  expect(await line.status(callSid)).toBe('completed');
  await expect(line.obey({ command: 'scene', scene: 'opera' })).rejects.toMatchObject({
    problem: { kind: 'invalid-command' },
  });
  const from = '+14155550118';
  expect(await line.obey({ command: 'scene', scene: 'queue', from })).toMatchObject({
    callSid: expect.stringMatching(/^CA/),
  });
  await expect(
    line.obey({ command: 'scene', scene: 'queue', from: '+14155550107' }),
  ).rejects.toMatchObject({ problem: { kind: 'invalid-number' } });
});

it('pretends faults of single routes, whose paths are regular expressions', async () => {
  const line = await commanded();
  const fault = { path: 'Calls\\.json$', times: 1, status: 500, when: 'before' };
  await line.obey({ command: 'pretend', restFaults: [fault], appRefused: true });
  await expect(line.client.calls.list()).rejects.toMatchObject({ status: 500, code: 20500 });
  expect(await line.client.calls.list()).toEqual([]);
  const wrong = { ...fault, path: '(' };
  await expect(line.obey({ command: 'pretend', restFaults: [wrong] })).rejects.toMatchObject({
    problem: { kind: 'invalid-command' },
  });
});
