import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Account, environmentOf, openAccount } from '../line/account.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { until } from '../support/until.ts';

const refused = (kind: string) => ({
  ok: false,
  problem: { kind, message: expect.any(String), remedy: expect.any(String) },
});

/** A desk that somebody of the practice line calls. */
async function ringingDesk() {
  const desk = await openDesk();
  await desk.run({ command: 'ring-me' });
  const { callId } = await desk.event('call-ringing');
  return { desk, callId };
}

async function deskOnAccount(): Promise<{ account: Account; desk: Desk }> {
  const account = await openAccount();
  return { account, desk: await openDesk({ env: environmentOf(account) }) };
}

/** A desk whose account was refused. */
async function deskWithLineDown(): Promise<Desk> {
  const account = await openAccount();
  account.twilio.pretend({ wrongToken: true });
  return openDesk({ env: environmentOf(account) });
}

describe('a command about a call', () => {
  const commands = [
    { command: 'answer' },
    { command: 'enqueue' },
    { command: 'decline' },
    { command: 'hang-up' },
    { command: 'mute', on: true },
    { command: 'hold', on: true },
    { command: 'set-volume', volume: 1 },
    { command: 'send-digits', digits: '1' },
    { command: 'say', text: 'Hello.' },
    { command: 'gather' },
    { command: 'take-microphone' },
    { command: 'play-file', path: '/nowhere.wav' },
  ];

  it('that nobody knows is refused', async () => {
    const desk = await openDesk();
    for (const command of commands) {
      for (const name of [{ callId: 'nobody' }, { callSid: 'CA1' }, {}]) {
        expect(await desk.run({ ...command, ...name }), command.command).toMatchObject(
          refused('no-such-call'),
        );
      }
    }
  });

  it('that rings is refused when the call would have to be live', async () => {
    const { desk, callId } = await ringingDesk();
    const waiting = ['answer', 'enqueue', 'decline', 'hang-up'];
    for (const command of commands.filter(each => !waiting.includes(each.command))) {
      expect(await desk.run({ ...command, callId }), command.command).toMatchObject(
        refused('wrong-call-state'),
      );
    }
    expect(desk.state().calls).toMatchObject([{ status: 'ringing' }]);
  });

  it('that is live is refused when the call would have to ring here', async () => {
    const { desk, callId } = await ringingDesk();
    await desk.run({ command: 'answer', callId });
    await desk.event('stream-started', { callId });
    for (const command of ['answer', 'enqueue', 'decline']) {
      expect(await desk.run({ command, callId }), command).toMatchObject(
        refused('wrong-call-state'),
      );
    }
    expect(await desk.run({ command: 'play-file', callId, path: '/nowhere.wav' })).toMatchObject(
      refused('file-unreadable'),
    );
  });

  it('that is over is refused', async () => {
    const { desk, callId } = await ringingDesk();
    await desk.run({ command: 'decline', callId });
    await desk.event('call-ended', { callId });
    for (const command of commands) {
      expect(await desk.run({ ...command, callId }), command.command).toMatchObject(
        refused('wrong-call-state'),
      );
    }
  });

  it('that waits in the queue can be taken', async () => {
    const { desk, callId } = await ringingDesk();
    expect(await desk.run({ command: 'enqueue', callId })).toEqual({ ok: true });
    await desk.event('call-waiting', { callId });
    expect(await desk.run({ command: 'enqueue', callId })).toMatchObject(
      refused('wrong-call-state'),
    );
    expect(await desk.run({ command: 'answer', callId })).toEqual({ ok: true });
    await desk.event('stream-started', { callId });
  });

  it('gathers one answer at a time', async () => {
    const { desk, callId } = await ringingDesk();
    await desk.run({ command: 'answer', callId });
    await desk.event('stream-started', { callId });
    const gather = { command: 'gather', callId, text: 'Your number, please.', input: 'digits' };
    const asked = await desk.run(gather);
    expect(asked).toMatchObject({ ok: true, turn: expect.any(String) });
    expect(await desk.run(gather)).toMatchObject(refused('wrong-call-state'));
    const turn = 'turn' in asked ? asked.turn : '';
    expect(await desk.event('gather-started', { callId })).toMatchObject({ turn });
  });
});

describe('a command about the line', () => {
  it('is refused while the line is down, when it needs one', async () => {
    const desk = await deskWithLineDown();
    expect(desk.state().line.status).toBe('down');
    for (const command of [
      { command: 'dial', to: '+14155550101' },
      { command: 'notify', to: '+14155550101', text: 'Hello.' },
      { command: 'take-number' },
      { command: 'give-number-back' },
      { command: 'test-line' },
      { command: 'retry-tunnel' },
      { command: 'alerts' },
    ]) {
      expect(await desk.run(command), command.command).toMatchObject(refused('line-down'));
    }
  });

  it('opens the line only when it is closed', async () => {
    const { desk } = await deskOnAccount();
    expect(await desk.run({ command: 'open-line' })).toMatchObject(refused('wrong-call-state'));
    const down = await deskWithLineDown();
    expect(await down.run({ command: 'open-line', port: 0 })).toEqual({ ok: true });
    expect(down.state().line).toMatchObject({
      status: 'down',
      problem: { kind: 'credentials-refused' },
    });
  });

  it('asks nobody to ring on an account, and nobody unknown on the practice line', async () => {
    const { desk } = await deskOnAccount();
    const practice = await openDesk();
    const stranger = { command: 'ring-me', number: '+14155550170' };
    for (const command of [{ command: 'ring-me' }, stranger]) {
      expect(await desk.run(command)).toMatchObject(refused('not-available'));
    }
    expect(await practice.run(stranger)).toMatchObject(refused('invalid-number'));
    expect(practice.state().calls).toEqual([]);
  });

  it('looks at an account without using it', async () => {
    const { twilio } = await openAccount();
    const desk = await openDesk({ env: { EARSHOT_TWILIO_API_URL: twilio.apiUrl } });
    const check = { command: 'check-account', accountSid: twilio.accountSid };
    expect(await desk.run({ ...check, authToken: twilio.authToken })).toMatchObject({
      ok: true,
      account: { sid: twilio.accountSid, type: 'full' },
      numbers: twilio.numbers.map(number => ({ number, goesTo: 'nowhere' })),
    });
    expect(await desk.run({ ...check, authToken: 'wrong' })).toMatchObject(
      refused('credentials-refused'),
    );
    expect(await desk.run(check)).toMatchObject(refused('invalid-configuration'));
    expect(desk.state().line).toMatchObject({ kind: 'practice', accountKept: false });
  });

  it('tries a tunnel again that is not there without harm', async () => {
    const { desk } = await deskOnAccount();
    expect(await desk.run({ command: 'retry-tunnel' })).toEqual({ ok: true });
    expect(desk.state().line.status).toBe('ready');
  });

  it('tells what Twilio reported about calls', async () => {
    const { account, desk } = await deskOnAccount();
    expect(await desk.run({ command: 'alerts' })).toEqual({ ok: true, alerts: [] });
    account.twilio.pretend({ unreachable: true });
    await account.twilio.ringIn();
    await until(() => account.twilio.alerts().length > 0);
    expect(await desk.run({ command: 'alerts' })).toMatchObject({
      ok: true,
      alerts: [
        {
          callSid: expect.stringMatching(/^CA/),
          message: expect.any(String),
          remedy: expect.any(String),
          code: expect.any(String),
          link: expect.stringMatching(/^https:/),
        },
      ],
    });
  });
});

describe('a command about sound and settings', () => {
  it('is refused where there is no sound card', async () => {
    const desk = await openDesk();
    for (const command of ['retry-sound', 'test-speaker']) {
      expect(await desk.run({ command }), command).toMatchObject(refused('not-available'));
    }
  });

  it('is refused when the disk does, and the settings stay as they were', async () => {
    const desk = await openDesk();
    mkdirSync(join(desk.dataDir, 'settings.json.new'));
    const change = { command: 'change-settings', settings: { theme: 'dark' } };
    expect(await desk.run(change)).toMatchObject(refused('storage-failed'));
    expect(desk.state().settings.theme).toBe('system');
  });

  it('changes what it names and nothing else', async () => {
    const desk = await openDesk();
    const settings = { inboundPolicy: 'allow-list', allowList: ['+14155550101'] };
    const before = desk.state().settings;
    expect(await desk.run({ command: 'change-settings', settings })).toEqual({ ok: true });
    expect(desk.state().settings).toEqual({ ...before, ...settings });
  });
});

describe('the calls of the account', () => {
  it('are known to whoever asks, also when nobody looked since they began', async () => {
    const desk = await openDesk();
    const idle = await desk.run({ command: 'account-calls' });
    expect(idle).toMatchObject({ ok: true, calls: [], watch: { status: 'watching' } });
    const begun = await desk.run({ command: 'practice-scene', scene: 'dialled' });
    const callSid = 'callSid' in begun ? begun.callSid : '';
    const asked = await desk.run({ command: 'account-calls' });
    expect(asked).toMatchObject({ ok: true, calls: [{ sid: callSid, ours: '+14155550120' }] });
  });
});

describe('a misspelt setting', () => {
  it('is refused instead of passed over', async () => {
    const desk = await openDesk();
    const settings = { inboundpolicy: 'closed' };
    expect(await desk.run({ command: 'change-settings', settings })).toMatchObject(
      refused('invalid-command'),
    );
  });
});

describe('a problem that stands', () => {
  it('is told with the first opening, so that whoever listens from the start hears of it', async () => {
    const desk = await openDesk({ env: { EARSHOT_SKIP_SIGNATURE: '1' } });
    expect(desk.events).toContainEqual(
      expect.objectContaining({ event: 'problem-raised', id: 'signatures' }),
    );
  });

  it('is dismissed by its name', async () => {
    const desk = await openDesk({ env: { EARSHOT_SKIP_SIGNATURE: '1' } });
    const [standing] = desk.state().problems;
    await desk.run({ command: 'dismiss-problem', problemId: standing?.id });
    expect(desk.state().problems).toEqual([]);
  });
});
