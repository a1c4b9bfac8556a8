import type { DeviceInfo, HostInfo } from 'naudiodon';
import { describe, expect, it } from 'vitest';
import {
  cardList,
  findDevice,
  findMicrophone,
  formatsOf,
} from '../../electron/audio/device-list.ts';

function host(id: number, type: HostInfo['type'], name: string): HostInfo {
  return { id, type, name, deviceCount: 2, defaultInput: 2 * id + 1, defaultOutput: 2 * id };
}

function device(id: number, name: string, hostAPIName: string, inputs: number, outputs: number) {
  const latency = {
    defaultLowInputLatency: 0,
    defaultLowOutputLatency: 0,
    defaultHighInputLatency: 0,
    defaultHighOutputLatency: 0,
  };
  const channels = { maxInputChannels: inputs, maxOutputChannels: outputs };
  return { id, name, hostAPIName, defaultSampleRate: 48_000, ...channels, ...latency };
}

const HOSTS = [
  host(0, 'MME', 'MME'),
  host(1, 'DirectSound', 'Windows DirectSound'),
  host(2, 'WASAPI', 'Windows WASAPI'),
  host(3, 'WDMKS', 'Windows WDM-KS'),
  host(4, 'ASIO', 'ASIO'),
];

const DEVICES: DeviceInfo[] = HOSTS.slice(0, 4).flatMap(({ id, name }) => [
  device(2 * id, 'Speakers (Realtek(R) Audio)', name, 0, 2),
  device(2 * id + 1, 'Headset (Jabra Engage 75) ', name, 1, 0),
]);

describe('the list of devices', () => {
  it('names the host APIs that have devices, the best first, and shows the best one', () => {
    const list = cardList({ hosts: HOSTS, devices: DEVICES }, null);
    expect(list.hosts).toEqual(['Windows WASAPI', 'Windows DirectSound', 'Windows WDM-KS', 'MME']);
    expect(list.outputs.map(({ id, index }) => [id, index])).toEqual([
      ['Windows WASAPI: Speakers (Realtek(R) Audio)', 4],
    ]);
  });

  it('shows the host API that was chosen, and the best when that is gone', () => {
    const native = { hosts: HOSTS, devices: DEVICES };
    expect(cardList(native, 'MME').inputs[0]?.id).toBe('MME: Headset (Jabra Engage 75)');
    expect(cardList(native, 'JACK Audio Connection Kit').inputs[0]?.index).toBe(5);
  });

  it('tells the default and what is part of the computer', () => {
    const { inputs, outputs } = cardList({ hosts: HOSTS, devices: DEVICES }, null);
    expect(inputs[0]).toMatchObject({ isDefault: true, isBuiltIn: false });
    expect(outputs[0]).toMatchObject({ isDefault: true, isBuiltIn: true });
  });

  it('tells two devices of the same name apart', () => {
    const twins = [0, 1].map(id => device(id, 'USB Headset', 'MME', 1, 1));
    const { inputs } = cardList({ hosts: HOSTS, devices: twins }, null);
    expect(inputs.map(({ id }) => id)).toEqual(['MME: USB Headset', 'MME: USB Headset (2)']);
  });

  it('is empty where there is nothing', () => {
    expect(cardList({ hosts: [], devices: [] }, null)).toEqual({
      hosts: [],
      inputs: [],
      outputs: [],
    });
  });
});

describe('a device to open', () => {
  const { outputs } = cardList({ hosts: HOSTS, devices: DEVICES }, null);

  it('is the default when the chosen one is gone, and none when there is none', () => {
    expect(findDevice(outputs, 'gone')?.index).toBe(4);
    expect(findDevice([], null)).toBeNull();
  });

  it('is the same device where it was chosen on another host API', () => {
    const headset = { id: 'WASAPI: Headset', name: 'Headset', isDefault: false, isBuiltIn: false };
    const laptop = { ...headset, id: 'WASAPI: Laptop', name: 'Laptop', isDefault: true };
    expect(findDevice([laptop, headset], 'MME: Headset')).toBe(headset);
    expect(findMicrophone([laptop, headset], 'MME: Headset', 'chosen')).toBe(headset);
    expect(findMicrophone([laptop], 'MME: Headset', 'chosen')).toBeNull();
    expect(findMicrophone([laptop], 'MME: Headset', 'any')).toBe(laptop);
    expect(findMicrophone([laptop, headset], 'MME: Headset', 'none')).toBeNull();
  });

  it('is tried as it is first, then with more channels, then at common rates', () => {
    const of = { id: 'x', name: 'x', isDefault: true, isBuiltIn: false, index: 0 };
    expect(formatsOf('input', { ...of, channels: 2, rateHz: 44_100 })).toEqual([
      { channels: 1, rateHz: 44_100 },
      { channels: 2, rateHz: 44_100 },
      { channels: 1, rateHz: 48_000 },
      { channels: 2, rateHz: 48_000 },
    ]);
    expect(formatsOf('output', { ...of, channels: 6, rateHz: 192_000 })[0]).toEqual({
      channels: 2,
      rateHz: 48_000,
    });
    expect(formatsOf('output', { ...of, channels: 6, rateHz: 96_000 })[1]).toEqual({
      channels: 6,
      rateHz: 96_000,
    });
    expect(formatsOf('output', { ...of, channels: 1, rateHz: 8000 })[0]).toEqual({
      channels: 1,
      rateHz: 8000,
    });
  });
});
