import { describe, expect, it } from 'vitest';
import { createHeardTwice } from '../../electron/transcription/heard-twice.ts';

/** Says in order who told what, and tells what is left of it. */
function told(...all: readonly (readonly ['twilio' | 'gather', string, number?])[]): string[] {
  const twice = createHeardTwice();
  const left = new Set<string>();
  for (const [by, text, nowMs = 0] of all) {
    const said = { speaker: 'them', text } as const;
    const name = `${by}: ${text}`;
    if (by === 'gather') twice.gathered(said, nowMs);
    const isAnswer =
      by === 'twilio' && twice.transcribed(said, nowMs, () => void left.delete(name));
    if (!isAnswer) left.add(name);
  }
  return [...left];
}

describe('words that Twilio’s gather and its transcription both heard', () => {
  it('are told once, by the gather, whoever is first', () => {
    expect(told(['gather', 'Yes, please.'], ['twilio', 'yes please'])).toEqual([
      'gather: Yes, please.',
    ]);
    expect(told(['twilio', 'yes please'], ['gather', 'Yes, please.'])).toEqual([
      'gather: Yes, please.',
    ]);
  });

  it('are told once when they were told in parts', () => {
    const answer = 'My e-mail is wrong. It was meant to come on Tuesday.';
    expect(
      told(
        ['twilio', 'My email is wrong'],
        ['gather', answer, 3000],
        ['twilio', 'It was meant to come on Tuesday.', 4000],
      ),
    ).toEqual([`gather: ${answer}`]);
  });

  it('stay when the other has less, when they are said again, or long after', () => {
    const more = 'Yes please, come on Tuesday.';
    expect(told(['gather', 'Yes, please.'], ['twilio', more])).toHaveLength(2);
    expect(told(['gather', 'Yes'], ['twilio', 'Yes'], ['twilio', 'yes'])).toEqual([
      'gather: Yes',
      'twilio: yes',
    ]);
    expect(told(['twilio', 'Yes'], ['gather', 'Yes', 10_001])).toHaveLength(2);
    expect(told(['gather', 'Yesterday'], ['twilio', 'Yes'])).toHaveLength(2);
    expect(told(['gather', '…'], ['twilio', '…'])).toHaveLength(2);
  });
});
