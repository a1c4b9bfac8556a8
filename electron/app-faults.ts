import { app as electron } from 'electron/main';
import type { App } from './app.ts';
import type { Diagnostics } from './diagnostics/diagnostics.ts';
import { createFaultWatch } from './diagnostics/fault-watch.ts';
import type { RunMark } from './diagnostics/run-mark.ts';
import type { Log } from './log.ts';
import { systemClock } from './system-clock.ts';

/** Notices what fails in any process of the app; the next start is told of what ended this one. */
export function followFaults(app: App, diagnostics: Diagnostics, mark: RunMark, log: Log): void {
  let gaveUp = false;
  const faults = createFaultWatch({
    clock: systemClock,
    log,
    keep: mark.fault,
    onFault: () => app.stepBack('window'),
    onGiveUp: () => {
      gaveUp = true;
      electron.quit();
    },
  });
  process.on('uncaughtException', faults.exception);
  process.on('unhandledRejection', faults.rejection);
  app.steps.on(diagnostics.follow);
  electron.on('child-process-gone', (_event, { type, reason }) =>
    diagnostics.processGone(type, reason),
  );
  electron.on('render-process-gone', (_event, _contents, { reason }) =>
    diagnostics.processGone('Window', reason),
  );
  electron.on('quit', () => {
    if (!gaveUp) mark.end();
  });
}

/** The processes of this app now. */
export function runningProcesses() {
  return electron.getAppMetrics().map(({ type, cpu, memory }) => ({
    type,
    cpuPercent: Math.round(cpu.percentCPUUsage),
    memoryKb: memory.workingSetSize,
  }));
}
