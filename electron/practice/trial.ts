import type { PracticeCall } from './call.ts';
import { alert, type Line } from './line.ts';
import type { Verb } from './verb.ts';
import { wait } from './wait.ts';

/** Calls a trial account may have at once. */
export const TRIAL_CALLS = 5;

/** How long a call of a trial account lasts at most, in milliseconds. */
const TRIAL_CALL_MS = 10 * 60 * 1000;

const TIME_OVER = 13805;

/** Words for what is not read here in detail and is kept from trial accounts all the same. */
const REFUSED_NAMES: ReadonlySet<string> = new Set([
  'ConversationRelay',
  'Siprec',
  'Refer',
  'Pay',
  'Dial',
]);

/** What runs on a trial account: verbs it does not have are replaced by a sentence that says so. */
export function stripForTrial(verbs: readonly Verb[]): readonly Verb[] {
  return verbs.map(verb => {
    const name = refusedName(verb);
    if (name === undefined) return verb;
    const text = `The ${name} verb is not available on trial accounts.`;
    return { verb: 'Say', text, voice: '', loop: 1 };
  });
}

function refusedName(verb: Verb): string | undefined {
  switch (verb.verb) {
    case 'Stream':
    case 'StartStream':
      return 'Stream';
    case 'Record':
      return 'Record';
    case 'StartRecording':
      return 'Recording';
    case 'Dial':
      return verb.queue === undefined && verb.conference === undefined ? 'Dial' : undefined;
    case 'unknown':
      return verb.name.split(' ').find(word => REFUSED_NAMES.has(word));
    default:
      return undefined;
  }
}

/** Ends a call of a trial account when its time is over. */
export async function limitTrialCall(line: Line, call: PracticeCall): Promise<void> {
  if (!line.pretences.now.trial) return;
  await wait(line.clock, TRIAL_CALL_MS, call.over);
  if (call.over.aborted) return;
  alert(line, call, TIME_OVER, 'A call on a trial account ends after ten minutes');
  call.end('completed');
}
