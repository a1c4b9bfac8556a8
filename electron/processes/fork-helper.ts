import { fork } from 'node:child_process';
import { join } from 'node:path';
import { helperEnvironment } from './helper-environment.ts';
import type { HelperLauncher, HelperOptions, LaunchHelper } from './helper-process.ts';

/** Starts processes as children of plain Node. @param folder where their bundles lie */
export function forkHelpers(folder: string): HelperLauncher {
  return <Request, Report>({ name, threads }: HelperOptions): LaunchHelper<Request, Report> =>
    ({ onReport, onExit }) => {
      const child = fork(join(folder, `${name}.cjs`), {
        env: helperEnvironment(process.env, threads),
        serialization: 'advanced',
        // Native code prints to standard output, which is not its own.
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      child.on('message', message => onReport(message as Report));
      child.on('exit', onExit);
      child.on('error', () => {});
      return {
        send: request => {
          if (child.connected) child.send(request as object, () => {});
        },
        kill: () => child.kill('SIGKILL'),
      };
    };
}
