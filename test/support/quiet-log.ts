import { createLog } from '../../electron/log.ts';

/** The app's own log, at the level of errors. */
export const quietLog = createLog('error');
