/** A process of this app that does one thing apart from all others, as its parent holds it. */
export type HelperProcess<Request> = {
  /** Tells it something; lost when it has ended. */
  readonly send: (request: Request) => void;
  readonly kill: () => void;
};

/** Starts such a process, under Electron or plain Node. */
export type LaunchHelper<Request, Report> = (handlers: {
  readonly onReport: (report: Report) => void;
  readonly onExit: () => void;
}) => HelperProcess<Request>;

/** How a process is started. */
export type HelperOptions = {
  /** Names its bundle. */
  readonly name: 'device-process' | 'voice-activity-process' | 'recogniser-process';
  /** What the system's list of processes calls it. */
  readonly title: string;
  /** Threads for native code that blocks them; Node's own number when left out. */
  readonly threads?: number;
};

/** Starts any of them: what the shell gives the app. */
export type HelperLauncher = <Request, Report>(
  options: HelperOptions,
) => LaunchHelper<Request, Report>;
