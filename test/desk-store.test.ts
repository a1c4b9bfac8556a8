import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { markRun } from '../electron/diagnostics/run-mark.ts';
import { systemClock } from '../electron/system-clock.ts';
import { openDesk } from './support/desk.ts';
import { quietLog } from './support/quiet-log.ts';
import { secretBox } from './support/secret-box.ts';
import { tempFolder } from './support/temp-folder.ts';
import { until } from './support/until.ts';

/** Whoever has no right to what is in a folder would see of it, by their modes. */
function openToOthers(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]
    .map(name => (name === folder ? folder : join(folder, name)))
    .filter(path => (statSync(path).mode & 0o077) !== 0)
    .map(path => `${(statSync(path).mode & 0o777).toString(8)} ${relative(folder, path) || '.'}`);
}

/** A session that leaves something of everything: calls, words, sound, settings, an account and keys. */
async function session(dataDir: string): Promise<void> {
  const mark = markRun(join(dataDir, 'last-run.json'), systemClock, quietLog);
  mark.fault(new Error('odd'));
  const desk = await openDesk({ dataDir, secrets: secretBox() });
  await desk.run({ command: 'change-settings', settings: { longHoldSeconds: 2 } });
  await desk.run({ command: 'set-transcriber-key', transcriber: 'deepgram', key: 'a-key' });
  await desk.run({ command: 'ring-me' });
  const { callId } = await desk.event('call-ringing');
  await desk.run({ command: 'answer', callId });
  await desk.event('stream-started', { callId });
  expect(await desk.run({ command: 'record', callId, on: true })).toEqual({ ok: true });
  await until(() => desk.state().segments.length > 0);
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(expect.arrayContaining(['earshot.db', 'earshot.db-wal', 'earshot.db-shm']));
  expect(openToOthers(dataDir)).toEqual([]);
  await desk.run({ command: 'hang-up', callId });
  await desk.event('call-ended', { callId });
  await desk.close();
}

// Windows has no modes: there the folder is closed by the rights of the person's own folder.
test.skipIf(process.platform === 'win32')(
  'Nobody else on this computer can read anything of a session',
  async () => {
    const dataDir = join(tempFolder(), 'data');
    await session(dataDir);
    expect(openToOthers(dataDir)).toEqual([]);
    const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
    expect(files.some(name => name.endsWith('.wav'))).toBe(true);
    expect(files).toEqual(expect.arrayContaining(['settings.json', 'last-run.json']));
  },
);

test.skipIf(process.platform === 'win32')(
  'A history that an earlier version left open to others is closed',
  async () => {
    const dataDir = tempFolder();
    const desk = await openDesk({ dataDir });
    await desk.close();
    chmodSync(join(dataDir, 'earshot.db'), 0o644);
    writeFileSync(join(dataDir, 'earshot.db-wal'), '', { mode: 0o644 });
    await openDesk({ dataDir });
    expect(openToOthers(dataDir)).toEqual([]);
  },
);
