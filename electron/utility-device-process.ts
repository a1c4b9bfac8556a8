import { utilityProcess } from 'electron/main';
import type { LaunchDeviceProcess } from './audio/device-link.ts';
import type { DeviceReport } from './audio/device-messages.ts';
import { DEVICE_THREADS } from './audio/fork-device-process.ts';

/** Starts the sound process as an Electron utility process. @param path its bundle */
export function utilityDeviceProcess(path: string): LaunchDeviceProcess {
  return ({ onReport, onExit }) => {
    const child = utilityProcess.fork(path, [], {
      env: { ...process.env, UV_THREADPOOL_SIZE: DEVICE_THREADS },
      serviceName: 'Earshot sound',
      stdio: 'ignore',
    });
    child.on('message', (message: DeviceReport) => onReport(message));
    child.on('exit', onExit);
    return {
      send: request => child.postMessage(request),
      kill: () => {
        if (child.pid !== undefined) killHard(child.pid);
        // One that is only just starting has no number yet; of one that has ended nothing comes.
        else child.once('spawn', () => killHard(child.pid));
      },
    };
  };
}

/** Ends a process that may hang in native code, where a polite signal is not heard. */
function killHard(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
