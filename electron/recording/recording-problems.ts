import { type Problem, ProblemError } from '../core/problem.ts';
import { FULL_DISK_BYTES, type LowDisk } from './disk-room.ts';

/** Little room is left for recordings. */
export function littleRoom({ freeBytes, hoursLeft }: LowDisk): Problem {
  return {
    kind: 'disk-full',
    message: `${size(freeBytes)} left: about ${duration(hoursLeft)} of recording. Recording stops below ${size(FULL_DISK_BYTES)}; calls go on.`,
    remedy: 'Delete recordings you no longer need, or make room on the disk.',
  };
}

/** The disk took no more of a recording. */
export const DISK_FULL: Problem = {
  kind: 'disk-full',
  message:
    'Recording stopped because the disk is full. The call goes on, and what was recorded until then is kept.',
  remedy: 'Make room on the disk, then record again.',
};

/** There is no room to begin a recording. */
export const NO_ROOM: Problem = {
  kind: 'disk-full',
  message: `Less than ${size(FULL_DISK_BYTES)} are left on the disk. Nothing of this call is recorded; it goes on.`,
  remedy: 'Make room on the disk, then record again.',
};

/** A recording broke off, or could not be begun. */
export const BROKEN_OFF: Problem = {
  kind: 'recording-failed',
  message:
    'Recording stopped because its file could not be written. The call goes on, and what was recorded until then is kept.',
  remedy: 'Record again. If it fails again, see that Earshot may write to its data folder.',
};

/** Twilio ended a recording while its call went on. */
export const ENDED_BY_TWILIO: Problem = {
  kind: 'recording-failed',
  message: 'Twilio ended the recording of a call that goes on. Nothing of it is recorded now.',
  remedy: 'Record again.',
};

/** What both sides are told could not be spoken. */
export const NOTICE_UNSPOKEN: Problem = {
  kind: 'recording-failed',
  message:
    'The notice that a call is recorded could not be spoken, so nothing of this call is recorded.',
  remedy: 'Record again, or change the notice in the settings.',
};

/** Nobody speaks into a call of others to tell them that it is recorded. */
export const NOTICE_UNSPEAKABLE: Problem = {
  kind: 'recording-failed',
  message:
    'The notice that a call is recorded cannot be spoken into a call of others, so nothing of this call is recorded.',
  remedy: 'Empty the notice in the settings if these people know, then record again.',
};

/** What both sides are told could not be spoken in the call, and could not be made again now. */
export const NOTICE_UNSPOKEN_YET: Problem = {
  kind: 'recording-failed',
  message: 'The notice that this call is recorded could not be spoken. The recording goes on.',
  remedy: 'Say it yourself, or stop the recording.',
};

/** Twilio refused to record. Nobody wants a recording made elsewhere than where it was meant to be, so none is. */
export function refusedBy({ problem }: ProblemError): Problem {
  // Whether it runs is not known; the problem says so itself.
  if (problem.kind === 'call-uncertain') return problem;
  return { ...problem, message: `${problem.message} Nothing of this call is recorded.` };
}

/** Twilio did not pause, resume or stop a recording, which therefore goes on as it was. */
export function unchangedBy({ problem }: ProblemError): ProblemError {
  return new ProblemError({
    ...problem,
    message: `${problem.message} The recording goes on as before.`,
  });
}

/** A deleted recording that Twilio still has. */
export function leftAtTwilio({ problem }: ProblemError): Problem {
  return {
    ...problem,
    message: `The recording is deleted here, but Twilio still has its own. ${problem.message}`,
    remedy: 'Delete it in the Twilio Console, under Recordings.',
  };
}

/** A recording that the account in use knows nothing of. */
export const OTHER_ACCOUNT: Problem = {
  kind: 'not-available',
  message: 'It was made with another account than the one in use.',
  remedy: 'Use that account.',
};

/** Twilio's recording has no place here. */
export function notKept(cause: unknown): ProblemError {
  return new ProblemError(
    {
      kind: 'storage-failed',
      message: 'The folder for a recording could not be made. Twilio still has the recording.',
      remedy: 'Make room on the disk, and see that Earshot may write to its folder.',
    },
    { cause },
  );
}

/** A file that stays although it was to go. */
export function notDeleted(cause: unknown): ProblemError {
  return new ProblemError(
    {
      kind: 'storage-failed',
      message: 'The recording could not be deleted. It is still here.',
      remedy: 'Close other programs that have it open, then delete it again.',
    },
    { cause },
  );
}

/** There is no such recording. */
export function noRecording(): ProblemError {
  return new ProblemError({
    kind: 'no-recording',
    message: 'There is no such recording.',
    remedy: 'Name one that "recordings" tells of.',
  });
}

/** Nothing can be asked of Twilio. */
export const LINE_DOWN: Problem = {
  kind: 'line-down',
  message: 'The line is down, so Twilio cannot be asked.',
  remedy: 'Look at the line’s problem.',
};

/** The file of a recording is still written. */
export function stillRuns(): ProblemError {
  return new ProblemError({
    kind: 'wrong-call-state',
    message: 'This recording still runs.',
    remedy: 'Stop it first.',
  });
}

/** Nothing of a call is recorded now. */
export function notRecorded(): ProblemError {
  return new ProblemError({
    kind: 'wrong-call-state',
    message: 'This call is not being recorded.',
    remedy: 'Start its recording first.',
  });
}

/** A call whose sound is not here. */
export function noSoundNow(): ProblemError {
  return new ProblemError({
    kind: 'wrong-call-state',
    message: 'This call has no sound here now, so it is not recorded.',
    remedy: 'Record while you talk with somebody.',
  });
}

/** A call that reaches the desk as words. */
export function wordsOnly(): ProblemError {
  return new ProblemError({
    kind: 'wrong-call-state',
    message: 'Twilio carries this call as words only, so there is no sound to record.',
    remedy: 'Use an account that is not on trial, or the practice line.',
  });
}

function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${Math.round(bytes / 1e6)} MB`;
}

function duration(hours: number): string {
  const whole = Math.floor(hours);
  if (whole >= 1) return whole === 1 ? '1 hour' : `${whole} hours`;
  return `${Math.floor(hours * 60)} minutes`;
}
