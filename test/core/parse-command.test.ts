import { describe, expect, it } from 'vitest';
import { commandSchema } from '../../electron/core/commands.ts';
import { parseCommand } from '../../electron/core/parse-command.ts';

const CONNECT = {
  command: 'connect-account',
  accountSid: `AC${'0'.repeat(32)}`,
  authToken: 'secret',
  number: '+14155550100',
  address: { kind: 'none' },
  takeNumber: true,
};

const LEG = `CA${'0a'.repeat(16)}`;

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
      { command: 'dial', to: '+14155550111', sendDigits: '1,2' },
      { command: 'notify', to: '+14155550111', text: '   ' },
      { command: 'notify', to: '+14155550111', text: 'x'.repeat(4097) },
      { command: 'notify', to: '+14155550111', text: 'Hello.', hangUpAfter: 61 },
      { command: 'say', text: 'Hello.', voice: 'hal' },
      { command: 'gather', input: 'thoughts' },
      { command: 'gather', timeoutSeconds: 0 },
      { command: 'use-line', kind: 'carrier-pigeon' },
      { command: 'check-account', accountSid: 'AC1', authToken: 'secret' },
      { command: 'check-account', accountSid: `AC${'0'.repeat(32)}`, apiKey: 'SK1' },
      { command: 'connect-account', accountSid: `AC${'0'.repeat(32)}`, number: '+14155550100' },
      { ...CONNECT, address: { kind: 'tunnel' } },
      { ...CONNECT, address: { kind: 'local' } },
      { ...CONNECT, takeNumber: 'yes' },
      { command: 'change-settings', settings: { allowList: ['dana'] } },
      { command: 'change-settings', settings: { ringSeconds: 4 } },
      { command: 'send-message', to: '+14155550111' },
      { command: 'send-message', to: '+14155550111', body: '  \n' },
      { command: 'send-message', to: '+14155550111', body: 'x'.repeat(1601) },
      { command: 'send-message', to: '+14155550111', mediaUrls: ['/tmp/a.jpg'] },
      { command: 'send-message', to: '+14155550111', mediaUrls: ['http://example.com/a.jpg'] },
      {
        command: 'send-message',
        to: '+14155550111',
        mediaUrls: Array.from({ length: 11 }, () => 'https://example.com/a.jpg'),
      },
      { command: 'send-message', body: 'Hello.' },
      { command: 'whisper', callId: 'a', text: '  ' },
      { command: 'whisper', callId: 'a', move: 'yes' },
      { command: 'add-person', callId: 'a' },
      { command: 'transfer', callId: 'a', to: '+14155550142', kind: 'lukewarm' },
      { command: 'hold-person', callId: 'a', leg: 'CA1' },
      { command: 'remove-person', callId: 'a' },
      { command: 'audit', limit: 10_001 },
      { command: 'audit', since: -1 },
      { command: 'export-audit', path: '/tmp/audit.xml', format: 'xml' },
      { command: 'export-audit', path: '', format: 'csv' },
      { command: 'practice-scene', scene: 'opera' },
      { command: 'change-settings', settings: { agentUrl: 'https://example.com' } },
      { command: 'change-settings', settings: { seatNumber: 'mine' } },
      { command: 'messages', limit: 0 },
      { command: 'messages', with: '' },
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

  it('that sends a message has a body, files or both', () => {
    const to = '+14155550111';
    const mediaUrls = ['https://example.com/a.jpg', 'http://127.0.0.1:3334/b.png'];
    for (const content of [
      { body: 'x'.repeat(1600) },
      { mediaUrls },
      { body: '', mediaUrls },
      { body: 'Look.', mediaUrls, from: '+14155550100' },
    ]) {
      const command = { command: 'send-message', to, ...content };
      expect(parseCommand(command)).toEqual({ ok: true, command });
    }
    const empty = parseCommand({ command: 'send-message', to });
    if (!empty.ok) expect(empty.problem.message).toContain('a message has a body or mediaUrls');
    expect(empty.ok).toBe(false);
  });

  it.each([
    { command: 'account-calls' },
    { command: 'listen', callSid: 'CA1' },
    { command: 'whisper', callId: 'a', leg: LEG, move: true },
    { command: 'whisper', callId: 'a', text: 'Offer Tuesday.' },
    { command: 'barge', callId: 'a', move: true },
    { command: 'take-over', callId: 'a' },
    { command: 'hand-back', callId: 'a' },
    { command: 'leave', callId: 'a' },
    { command: 'make-conference', callId: 'a' },
    { command: 'add-person', callId: 'a', to: 'client:maria' },
    { command: 'transfer', callId: 'a', to: '+14155550142', kind: 'warm' },
    { command: 'hold-person', callId: 'a', leg: LEG, on: true },
    { command: 'mute-person', callId: 'a', leg: LEG, on: false },
    { command: 'remove-person', callId: 'a', leg: LEG },
    { command: 'end-for-all', callId: 'a' },
    { command: 'pick-up', callSid: 'CA1' },
    { command: 'hand-to-agent', callId: 'a' },
    { command: 'audit', callSid: 'CA1', since: 0, limit: 10 },
    { command: 'export-audit', path: '/tmp/audit.csv', format: 'csv' },
    { command: 'practice-scene', scene: 'conference' },
  ])('about calls of others is understood: $command', command => {
    expect(parseCommand(command)).toEqual({ ok: true, command });
  });

  it('is taken without the spaces that pasting adds', () => {
    const pasted = {
      ...CONNECT,
      accountSid: ` ${CONNECT.accountSid}\n`,
      authToken: ' secret ',
      address: { kind: 'tunnel', authtoken: ' token\t' },
    };
    expect(parseCommand(pasted)).toEqual({
      ok: true,
      command: { ...CONNECT, address: { kind: 'tunnel', authtoken: 'token' } },
    });
  });

  it('that is refused does not repeat a secret', () => {
    const parsed = parseCommand({ ...CONNECT, accountSid: 'my secret', authToken: 'my secret' });
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toContain('my secret');
  });

  it('has a name in kebab case', () => {
    for (const option of commandSchema.options) {
      expect(option.shape.command.value).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });
});
