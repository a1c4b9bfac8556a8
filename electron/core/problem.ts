/** What went wrong, named so that code, logs and tests can tell problems apart. */
export type ProblemKind =
  | 'unknown-command'
  | 'invalid-command'
  | 'invalid-number'
  | 'no-such-call'
  | 'wrong-call-state'
  | 'not-available'
  | 'refused-by-twilio'
  | 'credentials-refused'
  | 'rate-limited'
  | 'trial-account'
  | 'call-uncertain'
  | 'twilio-unreachable'
  | 'webhook-failed'
  | 'line-down'
  | 'not-reachable'
  | 'tunnel-down'
  | 'tunnel-refused'
  | 'port-taken'
  | 'sound-missing'
  | 'sound-busy'
  | 'sound-lost'
  | 'sound-unplugged'
  | 'sound-hung'
  | 'sound-unavailable'
  | 'microphone-denied'
  | 'invalid-configuration'
  | 'settings-unreadable'
  | 'database-unreadable'
  | 'storage-failed'
  | 'secrets-not-kept'
  | 'account-unreadable'
  | 'number-elsewhere'
  | 'signatures-skipped'
  | 'file-unreadable'
  | 'file-not-written'
  | 'no-recording'
  | 'recording-failed'
  | 'mode-refused'
  | 'not-confirmed'
  | 'seat-refused'
  | 'stream-refused'
  | 'call-over'
  | 'agent-unreachable'
  | 'disk-full'
  | 'transcript-failed'
  | 'transcript-behind'
  | 'transcriber-unready'
  | 'key-refused'
  | 'pack-failed'
  | 'ended-badly'
  | 'fault'
  | 'process-gone'
  | 'window-crashed'
  | 'window-hung'
  | 'update-failed'
  | 'update-withheld';

/** An expected failure, told to a person: what happened and what still works, then what to do. */
export type Problem = {
  readonly kind: ProblemKind;
  /** What happened and what still works, in one or two sentences. */
  readonly message: string;
  /** The next step, verb first. */
  readonly remedy: string;
  /** A Twilio error code or a system error name, shown last and small. */
  readonly code?: string;
  /** An https address to read more at. */
  readonly link?: string;
};

/** Thrown by an edge where the caller must learn of an expected failure; carries the problem to show. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}
