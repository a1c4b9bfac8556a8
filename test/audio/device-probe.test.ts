import { describe, expect, it } from 'vitest';
import type { DeviceList } from '../../electron/audio/device-messages.ts';
import { createDeviceProbe } from '../../electron/audio/device-probe.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fakeDeviceProcesses } from '../support/fake-device-process.ts';

const LIST: DeviceList = { hosts: ['ALSA'], inputs: [], outputs: [] };

function probeOf() {
  const clock = fakeClock();
  const { processes, launch } = fakeDeviceProcesses();
  const lists: DeviceList[] = [];
  const probe = createDeviceProbe({ clock, launch, onList: list => lists.push(list) });
  return { clock, processes, lists, probe };
}

describe('a probe for devices', () => {
  it('asks a process of its own, and ends it', () => {
    const { clock, processes, lists, probe } = probeOf();
    probe.look('ALSA');
    clock.advance(200);
    expect(processes[0]?.requests).toEqual([{ kind: 'list', host: 'ALSA' }]);
    processes[0]?.report({ kind: 'devices', ...LIST });
    expect(lists).toEqual([LIST]);
    expect(processes[0]?.isKilled()).toBe(true);
    expect(clock.timers()).toBe(0);
  });

  it('looks once for a burst of changes, and once more for a change while it looks', () => {
    const { clock, processes, lists, probe } = probeOf();
    for (let i = 0; i < 5; i += 1) {
      probe.look(null);
      clock.advance(50);
    }
    clock.advance(200);
    expect(processes).toHaveLength(1);
    probe.look(null);
    processes[0]?.report({ kind: 'devices', ...LIST });
    clock.advance(200);
    expect(processes).toHaveLength(2);
    processes[1]?.report({ kind: 'devices', ...LIST });
    clock.advance(1000);
    expect(processes).toHaveLength(2);
    expect(lists).toHaveLength(2);
  });

  it('gives up a process that dies or hangs, and can look again', () => {
    const { clock, processes, lists, probe } = probeOf();
    probe.look(null);
    clock.advance(200);
    processes[0]?.exit();
    probe.look(null);
    clock.advance(200 + 5000);
    expect(processes[1]?.isKilled()).toBe(true);
    probe.look(null);
    clock.advance(200);
    processes[2]?.report({ kind: 'devices', ...LIST });
    expect(lists).toHaveLength(1);
  });

  it('leaves nothing behind when it is closed', () => {
    const { clock, processes, probe } = probeOf();
    probe.look(null);
    clock.advance(200);
    probe.look(null);
    probe.close();
    expect(processes[0]?.isKilled()).toBe(true);
    expect(clock.timers()).toBe(0);
  });
});
