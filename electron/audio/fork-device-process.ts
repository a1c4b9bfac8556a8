import { fork } from 'node:child_process';
import type { LaunchDeviceProcess } from './device-link.ts';
import type { DeviceReport } from './device-messages.ts';

/**
 * Threads for the native addon, whose reads and writes each hold one while they wait for the card.
 * With Node's default of 4 they starve everything else.
 */
export const DEVICE_THREADS = '16';

/** Starts the sound process as a child of plain Node. @param path its bundle */
export function forkDeviceProcess(path: string): LaunchDeviceProcess {
  return ({ onReport, onExit }) => {
    const child = fork(path, {
      env: { ...process.env, UV_THREADPOOL_SIZE: DEVICE_THREADS },
      serialization: 'advanced',
      // The addon prints to standard output, which is not its own.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', message => onReport(message as DeviceReport));
    child.on('exit', onExit);
    child.on('error', () => {});
    return {
      send: request => {
        if (child.connected) child.send(request, () => {});
      },
      kill: () => child.kill('SIGKILL'),
    };
  };
}
