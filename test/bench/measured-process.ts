import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECOGNISER_PROCESS } from '../../electron/offline/offline-transcriber.ts';
import type {
  RecogniserReport,
  RecogniserRequest,
} from '../../electron/offline/recogniser-messages.ts';
import { helperEnvironment } from '../../electron/processes/helper-environment.ts';
import type { LaunchHelper } from '../../electron/processes/helper-process.ts';

/** Ticks of Linux's process times. Source: proc(5), `utime`; 100 a second on every Linux in use. */
const TICK_MS = 10;

/** What a process used so far. */
export type ProcessUse = { readonly cpuMs: number; readonly peakMb: number };

/** The recogniser's process, and a way to see what it uses; null where the system does not tell. */
export function measuredRecogniser(): {
  readonly launch: LaunchHelper<RecogniserRequest, RecogniserReport>;
  readonly use: () => ProcessUse | null;
} {
  let pid: number | undefined;
  return {
    launch: ({ onReport, onExit }) => {
      const child = fork(join(__dirname, `${RECOGNISER_PROCESS.name}.cjs`), {
        env: helperEnvironment(process.env, RECOGNISER_PROCESS.threads),
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      pid = child.pid;
      child.on('message', message => onReport(message as RecogniserReport));
      child.on('exit', onExit);
      return {
        send: request => {
          if (child.connected) child.send(request);
        },
        kill: () => child.kill('SIGKILL'),
      };
    },
    use: () => {
      if (pid === undefined || process.platform !== 'linux') return null;
      const times = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      const peak = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return {
        cpuMs: (Number(times[11]) + Number(times[12])) * TICK_MS,
        peakMb: Number(peak) / 1024,
      };
    },
  };
}
