import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PackageUpdater } from '../../electron/updates/package-updater.ts';
import { installedCopy } from './installed-copy.ts';
import { feedName, program, updateServer } from './update-server.ts';

const nobody = (): void => {};
const never = new AbortController().signal;

// An AppImage is a program of Linux; the way to it is the same on all systems.
describe.runIf(process.platform === 'linux')('an update', () => {
  it('is found, downloaded, verified, and put in place when the app ends', async () => {
    const server = await updateServer();
    server.publish('1.1.0', { more: 'releaseNotes: "<p>Calls are <b>clearer</b>.</p>"' });
    const { updater, file, started, quit } = installedCopy('1.0.0', server.url);
    expect(await updater.find('stable', never)).toEqual({
      version: '1.1.0',
      notes: 'Calls are clearer.',
      link: 'https://github.com/earshot/earshot/releases/tag/v1.1.0',
    });
    updater.installOnQuit(true);
    const done: number[] = [];
    await updater.fetch((doneBytes, totalBytes) => done.push(doneBytes / totalBytes), never);
    expect(done.at(-1)).toBe(1);
    expect(file()).toBe(program('1.0.0'));
    await quit();
    expect(file()).toBe(program('1.1.0'));
    expect(started()).toBe('1.1.0');
  });

  it('is not put in place when that is no longer wanted', async () => {
    const { updater, file, quit } = await fetchedCopy();
    updater.installOnQuit(false);
    await quit();
    expect(file()).toBe(program('1.0.0'));
  });

  it('is refused when the package is not the one its feed names', async () => {
    const server = await updateServer();
    server.publish('1.1.0', { served: program('1.1.0').replace('printf', 'prantf') });
    const { updater, file, quit } = installedCopy('1.0.0', server.url);
    await updater.find('stable', never);
    updater.installOnQuit(true);
    await expect(updater.fetch(nobody, never)).rejects.toThrow('checksum mismatch');
    await quit();
    expect(file()).toBe(program('1.0.0'));
  });

  it('is refused when it breaks off, and fetched anew later', async () => {
    const { server, updater, file, quit } = await oldCopy();
    server.files.set('Earshot-1.1.0.AppImage', response => {
      response.writeHead(200, { 'content-length': 40_000 }).write('#!/bin/sh\n');
      response.destroy();
    });
    await updater.find('stable', never);
    updater.installOnQuit(true);
    await expect(updater.fetch(nobody, never)).rejects.toThrow();
    server.publish('1.1.0');
    await updater.find('stable', never);
    await updater.fetch(nobody, never);
    await quit();
    expect(file()).toBe(program('1.1.0'));
  });

  it('is given up on request, and fetched anew later', async () => {
    const { server, updater, file, quit } = await oldCopy();
    const giveUp = new AbortController();
    server.files.set('Earshot-1.1.0.AppImage', response => {
      response.writeHead(200, { 'content-length': 40_000 }).write('#!/bin/sh\n');
      giveUp.abort();
    });
    await updater.find('stable', never);
    updater.installOnQuit(true);
    await expect(updater.fetch(nobody, giveUp.signal)).rejects.toThrow('cancelled');
    server.publish('1.1.0');
    await updater.fetch(nobody, never);
    await quit();
    expect(file()).toBe(program('1.1.0'));
  });

  it('leaves the app as it is when a newer one is given up half-way', async () => {
    const { server, updater, file, quit } = await fetchedCopy();
    server.publish('1.2.0');
    await updater.find('stable', never);
    const giveUp = new AbortController();
    const asked = new Promise<void>(resolve => {
      server.files.set('Earshot-1.2.0.AppImage', () => resolve());
    });
    const fetched = updater.fetch(nobody, giveUp.signal);
    await asked;
    giveUp.abort();
    await quit();
    expect(file()).toBe(program('1.0.0'));
    await expect(fetched).rejects.toThrow('cancelled');
    await quit();
    expect(file()).toBe(program('1.0.0'));
  });

  it('is given up on request when its server tells parts but never gives them', async () => {
    const { server, updater, file, quit } = await oldCopy();
    const giveUp = new AbortController();
    server.files.set(
      feedName('latest'),
      String(server.files.get(feedName('latest'))).replace(
        /( +)size: .*/,
        '$&\n$1blockMapSize: 100',
      ),
    );
    server.files.set('Earshot-1.1.0.AppImage', () => giveUp.abort());
    updater.installOnQuit(true);
    await updater.find('stable', never);
    await expect(updater.fetch(nobody, giveUp.signal)).rejects.toThrow('cancelled');
    server.publish('1.1.0');
    await updater.fetch(nobody, never);
    await quit();
    expect(file()).toBe(program('1.1.0'));
  });

  it('is left alone when somebody emptied the folder it lay in', async () => {
    const { file, cache, quit } = await fetchedCopy();
    rmSync(cache, { recursive: true });
    await quit();
    expect(file()).toBe(program('1.0.0'));
  });

  it('stays ready while a later look for another one hangs', async () => {
    const { server, updater, file, quit } = await fetchedCopy();
    await hungLook(updater, server);
    await quit();
    expect(file()).toBe(program('1.1.0'));
  });

  it('is the newest one that was fetched, whatever hung in between', async () => {
    const { server, updater, file, quit } = await fetchedCopy();
    await hungLook(updater, server);
    server.publish('1.2.0');
    expect(await updater.find('stable', never)).toMatchObject({ version: '1.2.0' });
    await updater.fetch(nobody, never);
    await quit();
    expect(file()).toBe(program('1.2.0'));
  });
});

it('is not fetched when its feed names no checksum', async () => {
  const server = await updateServer();
  server.files.set(
    feedName('latest'),
    'version: 1.1.0\npath: a.AppImage\nfiles:\n  - url: a.AppImage',
  );
  const { updater } = installedCopy('1.0.0', server.url, { installs: false });
  await updater.find('stable', never);
  await expect(updater.fetch(nobody, never)).rejects.toThrow('checksum');
});

it('is not fetched before one was found', async () => {
  const { updater } = installedCopy('1.0.0', 'http://127.0.0.1:9/', { installs: false });
  await expect(updater.fetch(nobody, never)).rejects.toThrow('nothing was found');
});

/** A copy of 1.0.0 whose server publishes 1.1.0. */
async function oldCopy() {
  const server = await updateServer();
  server.publish('1.1.0');
  return { server, ...installedCopy('1.0.0', server.url) };
}

/** The same, with the newer version fetched and put in place on quit. */
async function fetchedCopy() {
  const copy = await oldCopy();
  copy.updater.installOnQuit(true);
  await copy.updater.find('stable', never);
  await copy.updater.fetch(nobody, never);
  return copy;
}

/** Looks for a version at a server that does not answer, and gives up. */
async function hungLook(
  { find }: PackageUpdater,
  { files }: Awaited<ReturnType<typeof updateServer>>,
): Promise<void> {
  const giveUp = new AbortController();
  files.set(feedName('latest'), () => giveUp.abort(new Error('NO_ANSWER')));
  await expect(find('stable', giveUp.signal)).rejects.toThrow('NO_ANSWER');
}
