import { describe, expect, it } from 'vitest';
import { createDeviceLink } from '../../electron/audio/device-link.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fakeDeviceProcesses } from '../support/fake-device-process.ts';
import { quietLog } from '../support/quiet-log.ts';

function linkOf(obeys = true) {
  const clock = fakeClock();
  const { processes, launch } = fakeDeviceProcesses(obeys);
  const told: string[] = [];
  const link = createDeviceLink({
    clock,
    log: quietLog,
    launch,
    onReport: ({ kind }) => told.push(kind),
    onStart: () => told.push('start'),
    onEnd: () => told.push('end'),
  });
  link.start();
  /** Lets time pass with a process that answers. */
  const live = (ms: number): void => {
    for (let at = 0; at < ms; at += 20) {
      processes.at(-1)?.report({ kind: 'pong' });
      clock.advance(20);
    }
  };
  return { clock, processes, told, link, live };
}

describe('the link to the sound process', () => {
  it('takes a process that falls silent while sound runs for hung within 800 ms', () => {
    const { clock, processes, link, live } = linkOf();
    link.setRunning(true);
    live(10_000);
    clock.advance(500);
    expect(processes).toHaveLength(1);
    clock.advance(300);
    expect(processes).toHaveLength(2);
    expect(processes[0]?.isKilled()).toBe(true);
  });

  it('gives one that lists or opens devices five seconds', () => {
    const { clock, processes, live } = linkOf();
    live(1000);
    clock.advance(4500);
    expect(processes).toHaveLength(1);
    clock.advance(600);
    expect(processes).toHaveLength(2);
  });

  it('does not blame the process when the app itself stood still', () => {
    const { clock, processes, link, live } = linkOf();
    link.setRunning(true);
    live(1000);
    // One late timer, then what the process had told meanwhile.
    clock.advance(200);
    live(2000);
    expect(processes).toHaveLength(1);
  });

  it('starts another at once after a crash, more slowly when crashes follow each other', () => {
    const { clock, processes } = linkOf();
    const waits: number[] = [];
    for (let crash = 0; crash < 6; crash += 1) {
      const known = processes.length;
      processes.at(-1)?.exit();
      let waited = 0;
      clock.advance(0);
      for (; processes.length === known; waited += 100) clock.advance(100);
      waits.push(waited);
    }
    expect(waits).toEqual([0, 100, 500, 2000, 5000, 5000]);
  });

  it('starts at once again once a process lived for a while', () => {
    const { clock, processes, live } = linkOf();
    for (let crash = 0; crash < 3; crash += 1) {
      processes.at(-1)?.exit();
      clock.advance(0);
      expect(processes).toHaveLength(crash + 2);
      live(6000);
    }
  });

  it('puts a fresh process in place without telling of an end', () => {
    const { processes, told, link } = linkOf();
    link.replace();
    expect(processes).toHaveLength(2);
    expect(told).toEqual(['start', 'start']);
  });

  it('does not wait for ever for a process that does not end', () => {
    const { clock, processes, link } = linkOf(false);
    link.kill();
    clock.advance(499);
    expect(processes).toHaveLength(1);
    clock.advance(1);
    clock.advance(0);
    expect(processes).toHaveLength(2);
    processes[0]?.exit();
    expect(processes).toHaveLength(2);
  });

  it('does not listen to a process it has ended', () => {
    const { processes, told, link } = linkOf(false);
    link.kill();
    processes[0]?.report({ kind: 'need' });
    link.send({ kind: 'ping' });
    expect(told).toEqual(['start']);
    expect(processes[0]?.requests).toEqual([]);
  });

  it('leaves no process and no timer behind', () => {
    const { clock, processes, link } = linkOf();
    link.close();
    expect(processes[0]?.isKilled()).toBe(true);
    expect(processes).toHaveLength(1);
    expect(clock.timers()).toBe(0);
  });
});
