import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { shortUrl } from '../words/account-words.ts';
import { unreachable } from '../words/line-words.ts';

/** Whether calls can come, in a sentence or two, true to what the line last told. */
export function idleSentence({ line, settings }: Pick<ConsoleState, 'line' | 'settings'>): string {
  if (line.status === 'down') return 'The line is down: calls cannot ring here or be made.';
  if (line.status === 'starting') return 'The line is starting. Calls ring here once it is ready.';
  const ours = line.number === null ? 'your line' : formatPhoneNumber(line.number);
  if (line.kind === 'twilio' && line.address.kind === 'none') {
    return 'Nothing rings here: the line has no address. Messages can be spoken into calls.';
  }
  if (unreachable(line) !== null) {
    return `Twilio cannot reach this computer: calls to ${ours} cannot ring here now.`;
  }
  return elsewhere(line, ours) ?? here(settings, ours, line.account?.type === 'trial');
}

function elsewhere({ kind, pointing }: ConsoleState['line'], ours: string): string | null {
  if (kind === 'practice') return null;
  switch (pointing.to) {
    case 'here':
    case 'unknown':
      return null;
    case 'another-desk':
      return `Calls to ${ours} ring at another Earshot.`;
    case 'application':
      return `Calls to ${ours} go to a TwiML application.`;
    case 'nowhere':
      return `Calls to ${ours} go nowhere.`;
    case 'elsewhere':
      return pointing.voiceUrl === null
        ? `Calls to ${ours} go elsewhere.`
        : `Calls to ${ours} go to ${shortUrl(pointing.voiceUrl)}.`;
  }
}

function here(settings: ConsoleState['settings'], ours: string, trial: boolean): string {
  if (settings.inboundPolicy === 'closed') {
    return `Nobody may ring here: calls to ${ours} are turned away.`;
  }
  const count = settings.allowList.length;
  const from =
    settings.inboundPolicy === 'open'
      ? ''
      : count === 1
        ? ' from 1 number'
        : ` from ${count} numbers`;
  const words = trial ? ' You read what callers say and type what they hear.' : '';
  return `Calls to ${ours}${from} ring here.${words}`;
}
