import type { LaunchDeviceProcess } from '../../electron/audio/device-link.ts';
import type { DeviceReport, DeviceRequest } from '../../electron/audio/device-messages.ts';

/** A sound process that is a test's own hands. */
type FakeDeviceProcess = {
  readonly report: (report: DeviceReport) => void;
  readonly exit: () => void;
  readonly requests: DeviceRequest[];
  readonly isKilled: () => boolean;
};

/** Starts fake sound processes, and keeps them. @param obeys whether one that is killed ends */
export function fakeDeviceProcesses(obeys = true) {
  const processes: FakeDeviceProcess[] = [];
  const launch: LaunchDeviceProcess = ({ onReport, onExit }) => {
    const requests: DeviceRequest[] = [];
    let killed = false;
    processes.push({ report: onReport, exit: onExit, requests, isKilled: () => killed });
    return {
      send: request => requests.push(request),
      kill: () => {
        killed = true;
        if (obeys) onExit();
      },
    };
  };
  return { processes, launch };
}
