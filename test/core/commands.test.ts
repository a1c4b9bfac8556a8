import { describe, expect, it } from 'vitest';
import { commandSchema, parseCommand } from '../../electron/core/commands.ts';

describe('a command from outside', () => {
  it('is understood with exactly the fields it has', () => {
    expect(parseCommand({ command: 'mute', callSid: 'CA1', on: true, more: 1 })).toEqual({
      ok: true,
      command: { command: 'mute', callSid: 'CA1', on: true },
    });
  });

  it('that does not exist is a problem that lists those that do', () => {
    const parsed = parseCommand({ command: 'explode' });
    expect(parsed).toMatchObject({ ok: false, problem: { kind: 'unknown-command' } });
    if (!parsed.ok) expect(parsed.problem.remedy).toContain('hang-up');
  });

  it('of any hostile shape is a problem, never an error', () => {
    const hostile = [
      null,
      undefined,
      1,
      'dial',
      [],
      {},
      { command: 1 },
      { command: { toString: null } },
      { command: 'dial' },
      { command: 'dial', to: 5 },
      { command: 'dial', to: 'x'.repeat(101) },
      { command: 'send-digits', digits: '12; drop' },
      { command: 'send-digits', digits: '1'.repeat(65) },
      { command: 'set-volume', volume: Number.NaN },
      { command: 'set-volume', volume: 3 },
      { command: 'history', limit: 0 },
      { command: 'change-settings', settings: { outputVolume: 'loud' } },
      { command: 'constructor' },
      { command: '__proto__' },
    ];
    for (const input of hostile) {
      expect(parseCommand(input), JSON.stringify(input)).toMatchObject({
        ok: false,
        problem: { message: expect.any(String), remedy: expect.any(String) },
      });
    }
  });

  it('has a name in kebab case', () => {
    for (const option of commandSchema.options) {
      expect(option.shape.command.value).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });
});
