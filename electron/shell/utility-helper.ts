import { join } from 'node:path';
import { utilityProcess } from 'electron/main';
import { helperEnvironment } from '../processes/helper-environment.ts';
import type { HelperLauncher, HelperOptions, LaunchHelper } from '../processes/helper-process.ts';

/** Starts processes as Electron utility processes. @param folder where their bundles lie */
export function utilityHelpers(folder: string): HelperLauncher {
  return <Request, Report>(options: HelperOptions): LaunchHelper<Request, Report> =>
    ({ onReport, onExit }) => {
      const child = utilityProcess.fork(join(folder, `${options.name}.cjs`), [], {
        env: helperEnvironment(process.env, options.threads),
        serviceName: options.title,
        stdio: 'ignore',
      });
      child.on('message', (message: Report) => onReport(message));
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
