import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import type { SoundSide } from '../../electron/core/sound.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import type { Section } from '../state/place.ts';

/** One line of READY?: what is checked, whether it holds, and why. */
export type ReadyCheck = {
  readonly name: string;
  readonly result: 'ready' | 'waiting' | 'note' | 'failed';
  readonly words: string;
  /** Where it is put right. */
  readonly section: Section;
};

/** What must hold for a call to work, from what the main process last told. */
export function readyChecks(state: ConsoleState): readonly ReadyCheck[] {
  return [
    lineCheck(state),
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
  const number = line.number === null ? '' : formatPhoneNumber(line.number);
  return { ...base, result: 'ready', words: number === '' ? 'ready' : number };
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
