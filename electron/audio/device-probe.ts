import type { Cancel, Clock } from '../core/clock.ts';
import type { DeviceLink, DeviceProcess, LaunchDeviceProcess } from './device-link.ts';
import type { DeviceList } from './device-messages.ts';

type DeviceProbePorts = {
  readonly clock: Clock;
  readonly launch: LaunchDeviceProcess;
  readonly onList: (list: DeviceList) => void;
};

/** Sees devices come and go while the sound process has some open and cannot. */
type DeviceProbe = {
  /** Looks once; what is plugged in or out meanwhile is seen by another look right after. */
  readonly look: (host: string | null) => void;
  readonly close: DeviceLink['close'];
};

/** Devices come and go in bursts, and take a moment to be named. */
const SETTLE_MS = 200;

/** How long a look may take. */
const LOOK_LIMIT_MS = 5000;

/** Makes a probe: each look is a process of its own, ended as soon as it has told what it sees. */
export function createDeviceProbe({ clock, launch, onList }: DeviceProbePorts): DeviceProbe {
  let looking: { child: DeviceProcess; again: boolean } | null = null;
  let wantedHost: string | null = null;
  let cancelSettle: Cancel | null = null;
  let cancelLimit: Cancel = () => {};
  let closed = false;

  const end = (list: DeviceList | null): void => {
    const ended = looking;
    if (ended === null) return;
    looking = null;
    cancelLimit();
    ended.child.kill();
    if (closed) return;
    if (ended.again) settle();
    if (list !== null) onList(list);
  };

  const launchLook = (): void => {
    cancelSettle = null;
    const child = launch({
      onReport: report => {
        if (looking?.child !== child || report.kind !== 'devices') return;
        end({ hosts: report.hosts, inputs: report.inputs, outputs: report.outputs });
      },
      onExit: () => {
        if (looking?.child === child) end(null);
      },
    });
    looking = { child, again: false };
    cancelLimit = clock.after(LOOK_LIMIT_MS, () => end(null));
    child.send({ kind: 'list', host: wantedHost });
  };

  const settle = (): void => {
    cancelSettle?.();
    cancelSettle = clock.after(SETTLE_MS, launchLook);
  };

  return {
    look: host => {
      wantedHost = host;
      if (looking !== null) looking.again = true;
      else settle();
    },
    close: () => {
      closed = true;
      cancelSettle?.();
      end(null);
    },
  };
}
