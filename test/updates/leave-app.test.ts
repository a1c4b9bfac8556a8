import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { leaveApp } from '../../electron/updates/leave-app.ts';
import type { PackageUpdater } from '../../electron/updates/package-updater.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { until } from '../support/until.ts';
import { installedCopy, leave } from './installed-copy.ts';
import { installedMac } from './installed-mac.ts';
import { feedName, program, updateServer } from './update-server.ts';

const nobody = (): void => {};
const never = new AbortController().signal;

/** An app that leaves, step by step. */
function leaving(installNow: PackageUpdater['installNow'], opensAgain: boolean) {
  const clock = fakeClock();
  const did: string[] = [];
  const updater: PackageUpdater = {
    installs: true,
    find: async () => null,
    fetch: async () => {},
    installOnQuit: () => {},
    installsOnQuit: () => true,
    install: () => {},
    installNow,
  };
  leaveApp({
    updater,
    opensAgain,
    installLimitMs: 30_000,
    clock,
    log: quietLog,
    shell: {
      quit: () => did.push('quit'),
      exit: () => did.push('exit'),
      relaunch: () => did.push('relaunch'),
      giveWay: () => did.push('give way'),
    },
  });
  return { clock, did };
}

describe('the end of the app', () => {
  it('gives way to the new version, and is its end', async () => {
    const { clock, did } = leaving(async () => {}, true);
    await turn();
    expect(did).toEqual(['give way', 'quit']);
    clock.advance(15_000);
    expect(did).toEqual(['give way', 'quit', 'exit']);
  });

  it('brings this version back when a person asked for a new one that does not come', async () => {
    const refused = leaving(() => Promise.reject(new Error('not signed')), true);
    await turn();
    expect(refused.did).toEqual(['give way', 'relaunch', 'exit']);
    const hung = leaving(() => new Promise(() => {}), true);
    hung.clock.advance(29_999);
    expect(hung.did).toEqual(['give way']);
    hung.clock.advance(1);
    expect(hung.did).toEqual(['give way', 'relaunch', 'exit']);
  });

  it('is the end all the same when a new version does not come on a quit', async () => {
    const { clock, did } = leaving(() => new Promise(() => {}), false);
    clock.advance(30_000);
    expect(did).toEqual(['give way', 'exit']);
  });
});

it('puts nothing in place where nothing was fetched', async () => {
  const { updater, started, quit } = installedCopy('1.0.0', 'http://127.0.0.1:9/', {
    installs: false,
  });
  updater.installOnQuit(true);
  expect(await quit()).toEqual(['quit']);
  expect(started()).toBeNull();
});

describe.runIf(process.platform === 'linux')('the end of an AppImage', () => {
  it('opens the new version for who asked for it', async () => {
    const server = await updateServer();
    server.publish('1.1.0');
    const { updater, file, started, quit } = installedCopy('1.0.0', server.url);
    updater.installOnQuit(true);
    await updater.find('stable', never);
    await updater.fetch(nobody, never);
    expect(await quit(true)).toEqual(['give way', 'quit']);
    expect(file()).toBe(program('1.1.0'));
    await until(() => started() === '1.1.0');
  });
});

// What it asks of macOS is asked of a stand-in; only the names of its feeds are those of this system.
describe('the end of the app on a Mac', () => {
  const fetched = async (refuses = false) => {
    const server = await updateServer();
    server.publish('1.1.0', { feed: feedName('latest'), kind: 'zip' });
    const mac = installedMac('1.0.0', server.url, refuses);
    mac.updater.installOnQuit(true);
    await mac.updater.find('stable', never);
    await mac.updater.fetch(nobody, never);
    expect(mac.did).toEqual([]);
    return mac;
  };

  it('has macOS take the new version, and does not open it on a quit', async () => {
    const { updater, did } = await fetched();
    void leave(updater, false);
    await until(() => did.length === 2);
    expect(did).toEqual(['took 1.1.0', 'end']);
  });

  it('opens it for who asked for it', async () => {
    const { updater, did } = await fetched();
    void leave(updater, true);
    await until(() => did.length === 2);
    expect(did).toEqual(['took 1.1.0', 'end and open']);
  });

  it('brings this version back when macOS refuses the new one', async () => {
    const { updater } = await fetched(true);
    expect(await leave(updater, true)).toEqual(['give way', 'relaunch', 'exit']);
  });

  it('gives nothing to macOS that is no longer wanted', async () => {
    const { updater, did } = await fetched();
    updater.installOnQuit(false);
    expect(await leave(updater, false)).toEqual(['quit']);
    expect(did).toEqual([]);
  });
});
