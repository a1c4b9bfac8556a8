import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import type { SoundSide } from '../../electron/core/sound.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import type { Section } from '../state/place.ts';
import { addressWords, agoWords, pointingWords, unreachable } from '../words/line-words.ts';

/** One line of READY?: what is checked, whether it holds, and why. */
export type ReadyCheck = {
  readonly name: string;
  readonly result: 'ready' | 'waiting' | 'note' | 'failed';
  readonly words: string;
  /** Where it is put right. */
  readonly section: Section;
};

/** What must hold for a call to work, from what the main process last told. */
export function readyChecks(state: ConsoleState, now: number): readonly ReadyCheck[] {
  return [
    lineCheck(state),
    ...twilioChecks(state, now),
    ...watchCheck(state),
    soundCheck('Microphone', state.sound.input),
    soundCheck('Speaker', state.sound.output),
    state.settings.ringSound
      ? { name: 'Ring sound', result: 'ready', words: 'on', section: 'sound' }
      : {
          name: 'Ring sound',
          result: 'note',
          words: 'off: calls ring in silence',
          section: 'sound',
        },
  ];
}

/** All checks in one line, for a window without room for the list. */
export function readySummary(checks: readonly ReadyCheck[]): string {
  const failed = checks.filter(check => check.result === 'failed');
  const waiting = checks.filter(check => check.result === 'waiting');
  const notes = checks.filter(check => check.result === 'note');
  if (failed.length > 0) return `▲ ${failed.map(check => check.name).join(', ')}: not ready`;
  if (waiting.length > 0) return `◌ ${waiting.map(check => check.name).join(', ')}: starting`;
  const held = `✓ ${checks.length - notes.length} checks hold`;
  return notes.length > 0 ? `${held}  ! ${notes.map(check => check.name).join(', ')}` : held;
}

function lineCheck({ line }: ConsoleState): ReadyCheck {
  const name = line.kind === 'practice' ? 'Practice line' : 'Twilio line';
  const base = { name, section: 'line' } as const;
  if (line.status === 'down') {
    return { ...base, result: 'failed', words: line.problem?.message ?? 'down' };
  }
  if (line.status === 'starting') return { ...base, result: 'waiting', words: 'starting' };
  const words = line.number === null ? 'ready' : formatPhoneNumber(line.number);
  return { ...base, result: 'ready', words };
}

/** What must hold on a line of Twilio's: that it reaches this computer, where calls go, what a trial leaves out. */
function twilioChecks({ line, settings }: ConsoleState, now: number): readonly ReadyCheck[] {
  if (line.kind === 'practice') return [];
  const section = 'line' as const;
  const checks: ReadyCheck[] = [reachCheck(line, now)];
  if (line.address.kind !== 'none' && line.pointing.to !== 'here') {
    const result = line.pointing.to === 'unknown' ? 'waiting' : 'failed';
    checks.push({ name: 'Your number', result, words: pointingWords(line.pointing), section });
  }
  if (settings.inboundPolicy === 'closed') {
    const words = 'nobody may ring here';
    checks.push({ name: 'Callers', result: 'note', words, section: 'calls' });
  }
  if (line.account?.type === 'trial') {
    const words = 'words only, verified numbers only';
    checks.push({ name: 'Trial account', result: 'note', words, section });
  }
  if (!line.signaturesChecked) {
    const words = 'requests are let in unchecked';
    checks.push({ name: 'Signatures off', result: 'note', words, section });
  }
  return checks;
}

/** Whether the calls of the account are known: those of others can be supervised then. */
function watchCheck({ accountWatch, accountCalls }: ConsoleState): readonly ReadyCheck[] {
  const base = { name: 'Calls of the account', section: 'supervision' } as const;
  switch (accountWatch.status) {
    case 'off':
      return [];
    case 'failed':
      return [{ ...base, result: 'note', words: accountWatch.problem?.message ?? 'not read' }];
    case 'watching': {
      const live = accountCalls.filter(call => call.status === 'live').length;
      return [{ ...base, result: 'ready', words: `${live} live` }];
    }
  }
}

function reachCheck(line: ConsoleState['line'], now: number): ReadyCheck {
  const base = { name: 'Twilio reaches us', section: 'line' } as const;
  const { address, test } = line;
  if (address.kind === 'none')
    return { ...base, result: 'note', words: 'no address: nothing rings here' };
  const out = unreachable(line);
  if (out !== null) return { ...base, result: 'failed', words: out.problem?.message ?? 'not now' };
  if (address.status === 'connecting') {
    return { ...base, result: 'waiting', words: addressWords(address, now) };
  }
  if (test.status === 'reached') {
    return { ...base, result: 'ready', words: test.at === null ? 'yes' : agoWords(test.at, now) };
  }
  return {
    ...base,
    result: 'waiting',
    words: test.status === 'testing' ? 'asking' : 'not tested yet',
  };
}

function soundCheck(name: string, side: SoundSide): ReadyCheck {
  const base = { name, section: 'sound' } as const;
  switch (side.status) {
    case 'open':
    case 'ready':
      return { ...base, result: 'ready', words: side.device.name };
    case 'opening':
      return { ...base, result: 'waiting', words: 'opening' };
    case 'failed':
      return { ...base, result: 'failed', words: side.problem.message };
    case 'off':
      return { ...base, result: 'failed', words: 'none' };
  }
}
