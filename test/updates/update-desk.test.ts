import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../electron/core/events.ts';
import { DEFAULT_SETTINGS } from '../../electron/core/settings.ts';
import type { Release } from '../../electron/core/updates.ts';
import { liveCallFacts } from '../support/builders.ts';
import { until } from '../support/until.ts';
import { desk } from './followed-desk.ts';
import { installedCopy } from './installed-copy.ts';
import { NEWER, script } from './scripted-updater.ts';
import { program, updateServer } from './update-server.ts';

const HOUR_MS = 3_600_000;

const choose = (updates: 'stable' | 'beta' | 'off'): Fact => ({
  event: 'settings-changed',
  settings: { ...DEFAULT_SETTINGS, updates },
});

describe('updates', () => {
  it('are looked for half a minute after the start, then every four hours', async () => {
    const { updater, asked, offers } = script();
    offers(async () => null);
    const { clock, updates, now } = desk(updater);
    updates.open();
    clock.advance(29_999);
    expect(asked).toEqual([]);
    clock.advance(1);
    await turn();
    expect(asked).toEqual(['find stable', 'no install on quit']);
    expect(now()).toMatchObject({ status: 'none', checkedAt: clock.now() });
    clock.advance(4 * HOUR_MS);
    expect(asked.filter(word => word === 'find stable')).toHaveLength(2);
    updates.close();
    expect(clock.timers()).toBe(1);
  });

  it('are told as they come, and lie ready for the end of the app', async () => {
    const { updater, asked, downloads } = script();
    const { clock, updates, told, now } = desk(updater);
    updates.open();
    updates.check();
    await turn();
    downloads[0]?.come(40);
    expect(now()).toMatchObject({
      ...NEWER,
      status: 'downloading',
      doneBytes: 40,
      totalBytes: 100,
    });
    downloads[0]?.done();
    await turn();
    expect(now().status).toBe('ready');
    expect(told).toEqual(['none', 'checking', 'available', 'downloading', 'downloading', 'ready']);
    expect(asked).toEqual(['find stable', 'install on quit', 'fetch']);
    clock.advance(30_000);
    await turn();
    expect(now().status).toBe('ready');
    updates.install();
    expect(asked.at(-1)).toBe('install');
  });

  it('wait while a call stands', async () => {
    const { updater, downloads } = script();
    const { updates, emit, now } = desk(updater);
    updates.open();
    emit(...liveCallFacts('a'));
    updates.check();
    await turn();
    expect(now().status).toBe('available');
    expect(downloads).toHaveLength(0);
    emit({ event: 'call-ended', callId: 'a', reason: 'hung-up-there' });
    expect(now().status).toBe('downloading');
    emit(...liveCallFacts('b'));
    expect(now().status).toBe('available');
    await turn();
    emit({ event: 'call-ended', callId: 'b', reason: 'hung-up-there' });
    expect(downloads).toHaveLength(2);
    downloads[1]?.done();
    await turn();
    expect(now().status).toBe('ready');
    emit(...liveCallFacts('c'));
    expect(() => updates.install()).toThrow('A call stands');
  });

  it('wait for a download to be given up before it begins anew', async () => {
    const { updater, downloads } = script();
    const { updates, emit, now } = desk(updater);
    updates.check();
    await turn();
    emit(...liveCallFacts('a'), { event: 'call-ended', callId: 'a', reason: 'hung-up-there' });
    expect(downloads).toHaveLength(1);
    await turn();
    expect(downloads).toHaveLength(2);
    expect(now().status).toBe('downloading');
  });

  it('fail quietly, with a remedy, and are tried again', async () => {
    const { updater, downloads, offers } = script();
    const { clock, updates, now } = desk(updater);
    updates.open();
    offers(() => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })));
    updates.check();
    await turn();
    expect(now()).toMatchObject({ status: 'failed', problem: { code: 'ECONNREFUSED' } });
    offers(async () => NEWER);
    clock.advance(30_000);
    await turn();
    expect(now()).toMatchObject({ status: 'downloading', problem: null });
    downloads[0]?.fail(new Error('sha512 checksum mismatch'));
    await turn();
    expect(now().problem?.message).toContain('thrown away');
    expect(now().problem?.link).toBe(NEWER.link);
    expect(() => updates.install()).toThrow('No newer version');
  });

  it('are given up when nothing comes any more', async () => {
    const { updater, downloads, offers } = script();
    const { clock, updates, now } = desk(updater);
    updates.check();
    await turn();
    clock.advance(100_000);
    downloads[0]?.come(1);
    clock.advance(119_999);
    expect(now().status).toBe('downloading');
    clock.advance(1);
    await turn();
    expect(now()).toMatchObject({ status: 'failed' });
    offers(
      (_channel, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    updates.check();
    clock.advance(60_000);
    await turn();
    expect(now().problem?.message).toContain('not reached');
  });

  it('are not asked for when they are switched off', async () => {
    const { updater, asked, downloads } = script();
    const { clock, updates, emit, now } = desk(updater);
    updates.open();
    updates.check();
    await turn();
    downloads[0]?.done();
    await turn();
    emit(choose('off'));
    expect(now()).toMatchObject({ status: 'off', version: null });
    expect(asked.at(-1)).toBe('no install on quit');
    clock.advance(8 * HOUR_MS);
    expect(asked.filter(word => word.startsWith('find'))).toHaveLength(1);
    expect(() => updates.check()).toThrow('switched off');
  });

  it('start anew on another channel, whatever was under way', async () => {
    const { updater, asked, offers } = script();
    const { updates, emit, now } = desk(updater);
    updates.open();
    let answer = (_release: Release | null): void => {};
    offers(() => new Promise(resolve => (answer = resolve)));
    updates.check();
    emit(choose('beta'));
    offers(async channel => ({ ...NEWER, version: `2.0.0-${channel}.1` }));
    answer(NEWER);
    await turn();
    await turn();
    expect(now()).toMatchObject({ status: 'downloading', version: '2.0.0-beta.1' });
    emit(choose('stable'));
    await turn();
    expect(now()).toMatchObject({ version: '2.0.0-stable.1' });
    expect(asked.filter(word => word.startsWith('find'))).toEqual([
      'find stable',
      'find beta',
      'find stable',
    ]);
  });

  it('that were withdrawn are not installed', async () => {
    const { updater, asked, downloads, offers } = script();
    const { clock, updates, now } = desk(updater);
    updates.open();
    updates.check();
    await turn();
    downloads[0]?.done();
    await turn();
    offers(async () => null);
    clock.advance(30_000);
    await turn();
    expect(now()).toMatchObject({ status: 'none', version: null });
    expect(asked.at(-1)).toBe('no install on quit');
  });

  it('are only told where this copy cannot replace itself', async () => {
    const { updater, downloads } = script();
    const { updates, now } = desk({ ...updater, installs: false });
    updates.open();
    expect(now()).toMatchObject({ status: 'by-hand', version: null });
    updates.check();
    await turn();
    expect(now()).toMatchObject({ ...NEWER, status: 'by-hand' });
    expect(downloads).toHaveLength(0);
    expect(() => updates.install()).toThrow('No newer version');
  });

  it('under way are not installed when the app ends, and none begins then', async () => {
    const { updater, asked, downloads } = script();
    const { updates, emit } = desk(updater);
    updates.open();
    updates.check();
    await turn();
    emit(...liveCallFacts('a'));
    await turn();
    updates.close();
    expect(asked.at(-1)).toBe('no install on quit');
    emit({ event: 'call-ended', callId: 'a', reason: 'hung-up-here' });
    await turn();
    expect(downloads).toHaveLength(1);
    expect(asked.at(-1)).toBe('no install on quit');
  });

  it('are no matter where nothing is ever updated', () => {
    const { clock, updates, told } = desk(null);
    updates.open();
    clock.advance(8 * HOUR_MS);
    expect(told).toEqual([]);
    expect(() => updates.check()).toThrow('looks for no newer versions');
  });
});

describe.runIf(process.platform === 'linux')('an old version with its server', () => {
  it('finds, downloads, verifies and stages the new one, and is it after the end', async () => {
    const server = await updateServer();
    server.publish('1.1.0');
    const { updater, file, started, quit } = installedCopy('1.0.0', server.url);
    const { clock, updates, emit, now } = desk(updater);
    updates.open();
    emit(...liveCallFacts('a'));
    clock.advance(30_000);
    await until(() => now().status === 'available');
    expect(server.requests).toHaveLength(1);
    emit({ event: 'call-ended', callId: 'a', reason: 'hung-up-there' });
    await until(() => now().status === 'ready');
    updates.close();
    await quit();
    expect(file()).toBe(program('1.1.0'));
    expect(started()).toBe('1.1.0');
  });

  it('stays as it is when it ends while a still newer one is fetched', async () => {
    const server = await updateServer();
    server.publish('1.1.0');
    const { updater, file, quit } = installedCopy('1.0.0', server.url);
    const { updates, now } = desk(updater);
    updates.check();
    await until(() => now().status === 'ready');
    server.publish('1.2.0');
    let isAsked = false;
    server.files.set('Earshot-1.2.0.AppImage', () => {
      isAsked = true;
    });
    updates.check();
    await until(() => isAsked);
    updates.close();
    expect(await quit()).toEqual(['quit']);
    expect(file()).toBe(program('1.0.0'));
  });

  it('refuses a package that was tampered with, and says so', async () => {
    const server = await updateServer();
    server.publish('1.1.0', { served: program('6.6.6') });
    const { updater, file, quit } = installedCopy('1.0.0', server.url);
    const { updates, now } = desk(updater);
    updates.check();
    await until(() => now().status === 'failed');
    expect(now().problem).toMatchObject({ kind: 'update-failed', code: 'ERR_CHECKSUM_MISMATCH' });
    await quit();
    expect(file()).toBe(program('1.0.0'));
  });
});
