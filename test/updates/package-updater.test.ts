import { describe, expect, it } from 'vitest';
import { installedCopy } from './installed-copy.ts';
import { program, updateServer } from './update-server.ts';

const nobody = (): void => {};
const never = new AbortController().signal;

// An AppImage is a program of Linux; the way to it is the same on all systems.
describe.runIf(process.platform === 'linux')('an update', () => {
  it('is found, downloaded, verified, and put in place when the app ends', async () => {
    const server = await updateServer();
    server.publish('1.1.0', { more: 'releaseNotes: "<p>Calls are <b>clearer</b>.</p>"' });
    const { updater, file, started, quit } = installedCopy('1.0.0', server.url);
    expect(await updater.find('stable')).toEqual({
      version: '1.1.0',
      notes: 'Calls are clearer.',
      link: 'https://github.com/earshot/earshot/releases/tag/v1.1.0',
    });
    updater.installOnQuit(true);
    const done: number[] = [];
    await updater.fetch((doneBytes, totalBytes) => done.push(doneBytes / totalBytes), never);
    expect(done.at(-1)).toBe(1);
    expect(file()).toBe(program('1.0.0'));
    quit();
    expect(file()).toBe(program('1.1.0'));
    expect(started()).toBe('1.1.0');
  });

  it('is not put in place when that is no longer wanted', async () => {
    const server = await updateServer();
    server.publish('1.1.0');
    const { updater, file, quit } = installedCopy('1.0.0', server.url);
    await updater.find('stable');
    updater.installOnQuit(true);
    await updater.fetch(nobody, never);
    updater.installOnQuit(false);
    quit();
    expect(file()).toBe(program('1.0.0'));
  });

  it('is refused when the package is not the one its feed names', async () => {
    const server = await updateServer();
    server.publish('1.1.0', { served: program('1.1.0').replace('printf', 'prantf') });
    const { updater, file, quit } = installedCopy('1.0.0', server.url);
    await updater.find('stable');
    updater.installOnQuit(true);
    await expect(updater.fetch(nobody, never)).rejects.toThrow('checksum mismatch');
    quit();
    expect(file()).toBe(program('1.0.0'));
  });

  it('is refused when it breaks off, and fetched anew later', async () => {
    const server = await updateServer();
    server.publish('1.1.0');
    server.files.set('Earshot-1.1.0.AppImage', response => {
      response.writeHead(200, { 'content-length': 40_000 }).write('#!/bin/sh\n');
      response.destroy();
    });
    const { updater, file, quit } = installedCopy('1.0.0', server.url);
    await updater.find('stable');
    updater.installOnQuit(true);
    await expect(updater.fetch(nobody, never)).rejects.toThrow();
    server.publish('1.1.0');
    await updater.find('stable');
    await updater.fetch(nobody, never);
    quit();
    expect(file()).toBe(program('1.1.0'));
  });

  it('is given up on request, and fetched anew later', async () => {
    const server = await updateServer();
    server.publish('1.1.0');
    const { updater, file, quit } = installedCopy('1.0.0', server.url);
    const giveUp = new AbortController();
    server.files.set('Earshot-1.1.0.AppImage', response => {
      response.writeHead(200, { 'content-length': 40_000 }).write('#!/bin/sh\n');
      giveUp.abort();
    });
    await updater.find('stable');
    updater.installOnQuit(true);
    await expect(updater.fetch(nobody, giveUp.signal)).rejects.toThrow('cancelled');
    server.publish('1.1.0');
    await updater.fetch(nobody, never);
    quit();
    expect(file()).toBe(program('1.1.0'));
  });
});

describe('looking for an update', () => {
  it('finds none that is as old as this one, or older', async () => {
    const server = await updateServer();
    const { updater } = installedCopy('1.1.0', server.url, false);
    for (const version of ['1.1.0', '1.0.9', '0.9.0']) {
      server.publish(version);
      expect(await updater.find('stable')).toBeNull();
    }
  });

  it('finds versions that are still being tried on their own channel only', async () => {
    const server = await updateServer();
    const { updater } = installedCopy('1.0.0', server.url, false);
    server.publish('1.0.0');
    server.publish('1.1.0-beta.1', { feed: 'beta-linux.yml' });
    expect(await updater.find('stable')).toBeNull();
    expect(await updater.find('beta')).toMatchObject({ version: '1.1.0-beta.1' });
    server.publish('1.1.0-beta.1');
    expect(await updater.find('stable')).toBeNull();
  });

  it('finds nothing older for one that goes back from beta to stable', async () => {
    const server = await updateServer();
    const { updater } = installedCopy('1.1.0-beta.2', server.url, false);
    server.publish('1.0.0');
    expect(await updater.find('beta').catch(() => null)).toBeNull();
    expect(await updater.find('stable')).toBeNull();
    server.publish('1.1.0');
    expect(await updater.find('stable')).toMatchObject({ version: '1.1.0' });
  });

  it.each([
    ['no YAML', 'files: ['],
    ['empty', ''],
    ['a page', '<html><body>Please log in</body></html>'],
    ['a version that is none', 'version: "../../1"\nfiles: []'],
    ['a version that is longer than any', `version: 1.1.0-${'a'.repeat(200)}\nfiles: []`],
  ])('fails when what the server says is %s', async (_what, feed) => {
    const server = await updateServer();
    server.files.set('latest-linux.yml', feed);
    const { updater } = installedCopy('1.0.0', server.url, false);
    await expect(updater.find('stable')).rejects.toThrow();
  });

  it('refuses a package without a checksum', async () => {
    const server = await updateServer();
    server.files.set(
      'latest-linux.yml',
      'version: 1.1.0\npath: a.AppImage\nfiles:\n  - url: a.AppImage',
    );
    const { updater } = installedCopy('1.0.0', server.url, false);
    await updater.find('stable');
    await expect(updater.fetch(nobody, never)).rejects.toThrow('checksum');
  });

  it('fails when the server has no feed, or hangs up', async () => {
    const server = await updateServer();
    const { updater } = installedCopy('1.0.0', server.url, false);
    await expect(updater.find('stable')).rejects.toThrow('latest-linux.yml');
    server.files.set('latest-linux.yml', response => response.destroy());
    await expect(updater.find('stable')).rejects.toThrow('socket hang up');
  });

  it('does not tell the server who asks', async () => {
    const server = await updateServer();
    const [first, second] = [0, 1].map(() => installedCopy('1.0.0', server.url, false));
    server.publish('1.0.0');
    await first?.updater.find('stable');
    await second?.updater.find('stable');
    const [one, other] = server.requests.map(({ headers }) => headers);
    expect(one).toEqual(other);
    expect(one).toMatchObject({ 'x-user-staging-id': 'not-told' });
  });
});
