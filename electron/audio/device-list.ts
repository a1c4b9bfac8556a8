import type { DeviceInfo, HostInfo } from 'naudiodon';
import { isBuiltIn } from '../core/built-in-device.ts';
import type { SoundDevice } from '../core/sound.ts';
import type { CardDevice, MicrophoneRule, Side } from './device-messages.ts';
import { matchDevice } from './same-device.ts';

/** The devices of one host API, and which host APIs there are, best first. */
export type CardList = {
  readonly hosts: readonly string[];
  readonly inputs: readonly CardDevice[];
  readonly outputs: readonly CardDevice[];
};

/** What PortAudio tells. */
export type NativeList = {
  readonly hosts: readonly HostInfo[];
  readonly devices: readonly DeviceInfo[];
};

/** A way to open a device. */
export type CardFormat = { readonly channels: number; readonly rateHz: number };

/**
 * Host APIs, best first. MME is PortAudio's default on Windows, late and lossy: WASAPI is what the
 * system itself uses. Those not named here come last, in PortAudio's order.
 */
const BEST_FIRST: readonly HostInfo['type'][] = [
  'WASAPI',
  'CoreAudio',
  'DirectSound',
  'WDMKS',
  'MME',
  'ALSA',
  'JACK',
];

/** Rates that sound may have on its way to or from a card. */
const LOWEST_RATE_HZ = 8000;
const HIGHEST_RATE_HZ = 96_000;

/** Tried where a device's own rate is out of range or refused. */
const COMMON_RATES_HZ = [48_000, 44_100];

/** The devices of a host API. @param wanted its name; where it is null or gone, the best one's */
export function cardList({ hosts, devices }: NativeList, wanted: string | null): CardList {
  const usable = hosts
    .filter(host => devices.some(({ hostAPIName }) => hostAPIName === host.name))
    .sort((a, b) => rank(a) - rank(b));
  const host = usable.find(({ name }) => name === wanted) ?? usable[0];
  return {
    hosts: usable.map(({ name }) => name),
    inputs: host === undefined ? [] : devicesOf(host, devices, 'input'),
    outputs: host === undefined ? [] : devicesOf(host, devices, 'output'),
  };
}

/** The device asked for, also by its id on another host API, or the default when none is asked for or it is gone; null when there is none. */
export function findDevice<D extends SoundDevice>(
  devices: readonly D[],
  id: string | null,
): D | null {
  return matchDevice(devices, id) ?? devices.find(device => device.isDefault) ?? devices[0] ?? null;
}

/** The microphone that a rule lets be opened; null when there is none. */
export function findMicrophone<D extends SoundDevice>(
  devices: readonly D[],
  id: string | null,
  rule: MicrophoneRule,
): D | null {
  if (rule === 'none') return null;
  return rule === 'chosen' ? matchDevice(devices, id) : findDevice(devices, id);
}

/** Ways to open a device, the best first: its own rate, as few channels as needed. */
export function formatsOf(side: Side, { channels, rateHz }: CardDevice): CardFormat[] {
  const needed = side === 'input' ? 1 : 2;
  const counts = [Math.min(needed, channels), Math.min(2, channels), channels];
  const isUsable = rateHz >= LOWEST_RATE_HZ && rateHz <= HIGHEST_RATE_HZ;
  const rates = [...(isUsable ? [rateHz] : []), ...COMMON_RATES_HZ];
  const all = rates.flatMap(rate => counts.map(count => ({ channels: count, rateHz: rate })));
  return all.filter(
    (format, index) =>
      all.findIndex(
        other => other.channels === format.channels && other.rateHz === format.rateHz,
      ) === index,
  );
}

/** Whether a device is the very same one under the same number. */
export function sameDevice(a: CardDevice, b: CardDevice): boolean {
  return a.id === b.id && a.index === b.index && a.channels === b.channels && a.rateHz === b.rateHz;
}

/** What the app is told of a device that is not open. */
export function plainDevice({ id, name, isDefault, isBuiltIn: builtIn }: SoundDevice): SoundDevice {
  return { id, name, isDefault, isBuiltIn: builtIn };
}

function rank({ type }: HostInfo): number {
  const at = BEST_FIRST.indexOf(type);
  return at < 0 ? BEST_FIRST.length : at;
}

function devicesOf(host: HostInfo, all: readonly DeviceInfo[], side: Side): CardDevice[] {
  const defaultIndex = side === 'input' ? host.defaultInput : host.defaultOutput;
  const seen = new Map<string, number>();
  return all.flatMap(device => {
    const channels = side === 'input' ? device.maxInputChannels : device.maxOutputChannels;
    if (channels === 0 || device.hostAPIName !== host.name) return [];
    const name = device.name.trim();
    // Two headsets of the same make have the same name.
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const own = count === 1 ? name : `${name} (${count})`;
    return [
      {
        id: `${host.name}: ${own}`,
        name: own,
        isDefault: device.id === defaultIndex,
        isBuiltIn: isBuiltIn(name),
        index: device.id,
        channels,
        rateHz: device.defaultSampleRate,
      },
    ];
  });
}
