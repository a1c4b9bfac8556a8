import { describe, expect, it } from 'vitest';
import type { Problem } from '../../electron/core/problem.ts';
import { modeRefused } from '../../electron/supervision/sentences.ts';

function cause(message: string, kind: Problem['kind'] = 'refused-by-twilio'): Problem {
  return { kind, message, remedy: 'Try again.' };
}

describe('the words of a mode that was refused', () => {
  it('end Twilio’s own sentence before they begin theirs', () => {
    const { message } = modeRefused('barge', cause('The practice line pretends a fault'));
    expect(message).toBe(
      'The practice line pretends a fault. You are still only listening: the barge did not begin.',
    );
    expect(modeRefused('barge', cause('Too many requests. ')).message).toMatch(
      /^Too many requests\. You are/,
    );
    expect(modeRefused('barge', cause('Really?')).message).toMatch(/^Really\? You are/);
  });

  it('say once that the person only listens, and keep that no seat could be had', () => {
    const whole = cause('None is set. You are still only listening.', 'seat-refused');
    expect(modeRefused('whisper', whole)).toEqual(whole);
    expect(modeRefused('whisper', cause('Not this way', 'seat-refused'))).toMatchObject({
      kind: 'seat-refused',
      message: 'Not this way. You are still only listening: the whisper did not begin.',
    });
  });

  it('stay as they are when they say so already', () => {
    for (const kind of ['not-confirmed', 'mode-refused'] as const) {
      const said = cause('You are still only listening.', kind);
      expect(modeRefused('barge', said)).toBe(said);
    }
  });
});
