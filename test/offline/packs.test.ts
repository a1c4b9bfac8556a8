import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ProblemError } from '../../electron/core/problem.ts';
import { createPacks } from '../../electron/offline/packs.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { packServer, tgzOf, zipOf } from './pack-server.ts';

const LIBRARY = 'package/lib/libvosk.so';
const MODEL = {
  'model/am/final.mdl': 'numbers',
  'model/conf/mfcc.conf': '--use-energy=false\n--sample-frequency=8000\n',
  'model/graph/words.txt': new Uint8Array(200_000).map(
    (_, i) => Math.imul(i * i + 7, 2654435761) >>> 24,
  ),
};

/** Packs of one's own in a folder, served on loopback. */
async function rig(model: Uint8Array = zipOf(MODEL)) {
  const server = await packServer();
  const folder = tempFolder();
  const engineFile = await tgzOf({ [LIBRARY]: 'a library', 'package/other.so': 'for another' });
  const engine = { ...server.serve('/engine.tgz', engineFile), library: LIBRARY };
  const pack = {
    id: 'en-test',
    title: 'English',
    languages: ['en-US'],
    licence: 'none',
    model: server.serve('/model.zip', model),
  };
  const write = (): void =>
    writeFileSync(join(folder, 'packs.json'), JSON.stringify({ engine, packs: [pack] }));
  write();
  const told: string[] = [];
  const start = () => {
    const packs = createPacks({
      clock: systemClock,
      log: quietLog,
      folder,
      catalogue: { engine: null, packs: [] },
      onChanged: ([one]) => {
        if (one !== undefined && one.status !== told.at(-1)) told.push(one.status);
      },
    });
    onTestFinished(() => packs.close());
    const is = (status: string) => until(() => packs.list()[0]?.status === status);
    return { packs, is };
  };
  return { server, folder, engine, pack, told, write, start, ...start() };
}

describe('the packs', () => {
  it('are fetched, checked, unpacked and kept, only the library this computer needs', async () => {
    const { packs, is, folder, told, start } = await rig();
    packs.fetch('en-test');
    await is('ready');
    const ready = packs.ready('en-US');
    expect(readFileSync(ready?.libraryPath ?? '', 'utf8')).toBe('a library');
    expect(readdirSync(dirname(ready?.libraryPath ?? '')).sort()).toEqual([
      'libvosk.so',
      'pack.json',
    ]);
    expect(readFileSync(join(ready?.modelPath ?? '', 'am/final.mdl'), 'utf8')).toBe('numbers');
    expect(ready?.sampleRateHz).toBe(8000);
    expect(readdirSync(join(folder, 'parts'))).toEqual([]);
    expect(told).toEqual(expect.arrayContaining(['downloading', 'checking', 'ready']));
    expect(start().packs.ready('en-US')).toEqual(ready);
  });

  // Windows has no modes.
  it.skipIf(process.platform === 'win32')('are closed to others: they become code', async () => {
    const { packs, is, folder } = await rig();
    packs.fetch('en-test');
    await is('ready');
    const open = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      name => name !== 'packs.json' && (statSync(join(folder, name)).mode & 0o077) !== 0,
    );
    expect(open).toEqual([]);
  });

  it('understand another kind of their language, and no other language', async () => {
    const { packs, is } = await rig();
    packs.fetch('en-test');
    await is('ready');
    expect(packs.ready('en-GB')?.packId).toBe('en-test');
    expect(packs.ready('de-DE')).toBeNull();
  });

  it('stop when paused, and go on from there after a restart', async () => {
    const { packs, is, server, start } = await rig();
    server.now.stopAfter = 100_000;
    packs.fetch('en-test');
    await until(() => (packs.list()[0]?.doneBytes ?? 0) > 100_000);
    packs.pause('en-test');
    await is('paused');
    await packs.close();
    server.now.stopAfter = Number.POSITIVE_INFINITY;
    const again = start();
    await again.is('paused');
    expect(again.packs.list()[0]?.doneBytes).toBeGreaterThan(100_000);
    again.packs.fetch('en-test');
    await again.is('ready');
    expect(server.asked.at(-1)?.headers).toMatchObject({
      range: 'bytes=100000-',
      'if-range': '"one"',
    });
  });

  it.each([
    ['has another file now', { etag: '"two"' }],
    ['knows no ranges', { ranges: false }],
  ])('begin again when the server %s', async (_, change) => {
    const { packs, is, server } = await rig();
    server.now.stopAfter = 100_000;
    packs.fetch('en-test');
    await until(() => (packs.list()[0]?.doneBytes ?? 0) > 100_000);
    packs.pause('en-test');
    Object.assign(server.now, change, { stopAfter: Number.POSITIVE_INFINITY });
    packs.fetch('en-test');
    await is('ready');
  });

  it('fail with what is here kept when the connection breaks, and go on when asked', async () => {
    const { packs, is, server } = await rig();
    server.now.stopAfter = 100_000;
    packs.fetch('en-test');
    await until(() => (packs.list()[0]?.doneBytes ?? 0) > 100_000);
    server.drop();
    await is('failed');
    expect(packs.list()[0]).toMatchObject({
      problem: { kind: 'pack-failed', remedy: expect.stringContaining('Fetch it again') },
    });
    server.now.stopAfter = Number.POSITIVE_INFINITY;
    packs.fetch('en-test');
    await is('ready');
    expect(server.asked.at(-1)?.headers.range).toBe('bytes=100000-');
  });

  it('use nothing of a file with another hash', async () => {
    const { packs, is, server, folder, pack } = await rig();
    const wrong = zipOf({ ...MODEL, 'model/am/final.mdl': 'Numbers' });
    expect(wrong.length).toBe(pack.model.sizeBytes);
    server.serve('/model.zip', wrong);
    packs.fetch('en-test');
    await is('failed');
    expect(packs.list()[0]?.problem?.message).toContain('not the file it should be');
    expect(packs.ready('en-US')).toBeNull();
    expect(existsSync(join(folder, 'models', 'en-test'))).toBe(false);
  });

  it('say when a file is gone', async () => {
    const { packs, is, server } = await rig();
    server.forget('/model.zip');
    packs.fetch('en-test');
    await is('failed');
    expect(packs.list()[0]?.problem?.code).toBe('HTTP 404');
  });

  it('refuse an archive that leads out of its folder', async () => {
    const { packs, is, folder } = await rig(zipOf({ ...MODEL, '../../../evil': 'x' }));
    packs.fetch('en-test');
    await is('failed');
    expect(packs.list()[0]?.problem?.message).toContain('not built as it should be');
    expect(existsSync(join(folder, '..', 'evil'))).toBe(false);
    expect(readdirSync(join(folder, 'models'))).toEqual([]);
  });

  it('are removed with the engine nobody else needs, but not while a call needs them', async () => {
    const { packs, is, folder } = await rig();
    packs.fetch('en-test');
    await is('ready');
    let busy = true;
    const letGo: string[] = [];
    packs.setUser({ isUsing: () => busy, letGo: async () => void letGo.push('gone') });
    await expect(packs.remove('en-test')).rejects.toBeInstanceOf(ProblemError);
    expect(packs.ready('en-US')).not.toBeNull();
    busy = false;
    await packs.remove('en-test');
    expect(letGo).toEqual(['gone']);
    expect(packs.list()[0]).toMatchObject({ status: 'absent', doneBytes: 0 });
    expect(readdirSync(join(folder, 'models'))).toEqual([]);
    expect(readdirSync(join(folder, 'engines'))).toEqual([]);
  });

  it('fail when they turn out not to work, until they are fetched again', async () => {
    const { packs, is } = await rig();
    packs.fetch('en-test');
    await is('ready');
    packs.condemn('en-test', { kind: 'pack-failed', message: 'Broken.', remedy: 'Remove it.' });
    expect(packs.ready('en-US')).toBeNull();
    expect(packs.list()[0]).toMatchObject({ status: 'failed', problem: { message: 'Broken.' } });
    packs.fetch('en-test');
    await is('ready');
  });

  it('keep to the built-in ones when the file of one’s own is not understood', async () => {
    const folder = tempFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'packs.json'), '{"packs":[{"id":"../x"}]}');
    const packs = createPacks({
      clock: systemClock,
      log: { ...quietLog, warn: () => {} },
      folder,
      catalogue: { engine: null, packs: [] },
      onChanged: () => {},
    });
    expect(packs.list()).toEqual([]);
    expect(() => packs.fetch('../x')).toThrow(ProblemError);
    await packs.close();
  });
});
