import type { SoundDevice } from '../core/sound.ts';

/** What Chromium adds to a device's name: its USB vendor and product, or how it is joined. */
const ADDED = / \((?:[0-9a-f]{4}:[0-9a-f]{4}|built-in|bluetooth|virtual|aggregate|usb)\)$/;

/** Where Windows' oldest sound interface cuts names off. Source: MAXPNAMELEN, mmeapi.h. */
const CUT_NAME = 31;

/**
 * The device an id stands for, also when it was chosen on another way to sound, where the same device
 * has another id but the same name; null when there is none. Ids are host and name, `WASAPI: Headset`.
 */
export function matchDevice<D extends SoundDevice>(
  devices: readonly D[],
  id: string | null,
): D | null {
  if (id === null) return null;
  const exact = devices.find(device => device.id === id);
  if (exact !== undefined) return exact;
  const host = hostOf(id);
  const wanted = plainName(id.slice(host.length));
  return (
    devices.find(
      device => hostOf(device.id) !== host && isSameName(plainName(device.name), wanted),
    ) ?? null
  );
}

/** What stands before the name in an id. One host gives no two devices the same name. */
function hostOf(id: string): string {
  return id.slice(0, id.indexOf(': ') + 1);
}

function plainName(name: string): string {
  return name.trim().toLowerCase().replace(ADDED, '');
}

function isSameName(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= CUT_NAME && long.startsWith(short);
}
