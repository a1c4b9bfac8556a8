import { isBuiltIn } from '../../electron/core/built-in-device.ts';
import type { SoundDevice } from '../../electron/core/sound.ts';

/** A device with the name the browser opens it by, which is new after each reset of the browser. */
export type PageDevice = SoundDevice & { readonly browserId: string };

/** What is read of a device as the browser lists it. */
type Listed = Pick<MediaDeviceInfo, 'deviceId' | 'groupId' | 'kind' | 'label'>;

/** Roles that the browser lists as if they were devices: the system's choice, not something to plug in. */
const ROLES: ReadonlySet<string> = new Set(['default', 'communications']);

/** The browser adds a USB device's vendor and product to its name. */
const USB_NUMBERS = / \([0-9a-f]{4}:[0-9a-f]{4}\)$/;

/** The devices of one direction, named as the system names them. */
export function pageDevices(
  listed: readonly Listed[],
  kind: 'audioinput' | 'audiooutput',
): PageDevice[] {
  const all = listed.filter(device => device.kind === kind);
  const role = all.find(({ deviceId }) => deviceId === 'default');
  const real = all.filter(({ deviceId }) => !ROLES.has(deviceId) && deviceId !== '');
  const standard = role === undefined ? undefined : deviceBehind(role, real);
  // Where the default is none of those listed, as with some sound systems of Linux, it is one itself.
  const shown = role !== undefined && standard === undefined ? [role, ...real] : real;
  const seen = new Map<string, number>();
  return shown.map((device, index) => {
    const name = device.label.replace(USB_NUMBERS, '').trim() || 'Device';
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const own = count === 1 ? name : `${name} (${count})`;
    return {
      id: `Window: ${own}`,
      name: own,
      isDefault: device === (standard ?? role ?? shown[0]) || (role === undefined && index === 0),
      isBuiltIn: isBuiltIn(device.label),
      browserId: device.deviceId,
    };
  });
}

/** The device to open: the one asked for, else the default; null when there is none. */
export function pickDevice(devices: readonly PageDevice[], id: string | null): PageDevice | null {
  return (
    devices.find(device => device.id === id) ??
    devices.find(({ isDefault }) => isDefault) ??
    devices[0] ??
    null
  );
}

/** What the app is told of a device. */
export function toldDevice({ id, name, isDefault, isBuiltIn: builtIn }: PageDevice): SoundDevice {
  return { id, name, isDefault, isBuiltIn: builtIn };
}

/** The device a role stands for, `Default - Headset`; or by its group, which several may share. */
function deviceBehind(role: Listed, real: readonly Listed[]): Listed | undefined {
  return (
    real.find(({ label }) => label !== '' && role.label.endsWith(label)) ??
    real.find(({ groupId }) => groupId !== '' && groupId === role.groupId)
  );
}
