import { describe, expect, it } from 'vitest';
import {
  DANA,
  failure,
  inbound,
  OURS,
  openScriptedLine,
  outbound,
  type ScriptedLine,
} from './scripted-line.ts';

const plain = { detectMachine: false };

const stream = (callId: string) => ({
  streamSid: 'MZ1',
  callSid: 'CA1',
  purpose: 'talk' as const,
  callId,
  send: () => true,
  ready: () => true,
  mark: () => {},
  clear: () => {},
  close: () => {},
});

/** Brings a call that was dialled to its stream. */
async function connect({ line, ask, twilio }: ScriptedLine) {
  const callId = await line.dial(DANA, OURS, plain);
  await ask('voice', outbound('CA1'), { callId });
  twilio.calls.set('CA1', 'in-progress');
  const opened = stream(callId);
  line.streamStarted(opened);
  return opened;
}

describe('a call that shows no sign of life', () => {
  it('is asked about, and moves on when callbacks fail to come', async () => {
    const scripted = openScriptedLine();
    const { line, told, twilio, pass } = scripted;
    await line.dial(DANA, OURS, plain);
    for (const status of ['ringing', 'in-progress', 'completed']) {
      twilio.calls.set('CA1', status);
      await pass(60_000);
    }
    expect(told()).toEqual([
      'call-requested',
      'call-named',
      'call-ringing',
      'call-answered',
      'ended hung-up-there',
    ]);
    expect(scripted.clock.timers()).toBe(0);
  });

  it('is asked about more and more rarely', async () => {
    const { line, pass, requestsOf, twilio } = openScriptedLine();
    await line.dial(DANA, OURS, plain);
    twilio.calls.set('CA1', 'ringing');
    await pass(20_000);
    expect(requestsOf('fetch')).toHaveLength(1);
    await pass(40_000);
    expect(requestsOf('fetch')).toHaveLength(2);
    await pass(10 * 60_000);
    expect(requestsOf('fetch')).toHaveLength(12);
  });

  it('is over when Twilio does not know it three times', async () => {
    const { line, pass, told, twilio } = openScriptedLine();
    await line.dial(DANA, OURS, plain);
    twilio.calls.clear();
    await pass(60_000);
    expect(told().at(-1)).toBe('call-named');
    await pass(60_000);
    expect(told().at(-1)).toBe('ended failed');
  });

  it('is never over because Twilio does not answer', async () => {
    const { line, pass, told, twilio } = openScriptedLine();
    await line.dial(DANA, OURS, plain);
    twilio.failing.set('fetch', failure('twilio-unreachable'));
    await pass(60 * 60_000);
    expect(told()).toEqual(['call-requested', 'call-named']);
    twilio.failing.clear();
    twilio.calls.set('CA1', 'no-answer');
    await pass(60_000);
    expect(told().at(-1)).toBe('ended no-answer');
  });

  it('is over when nobody can be asked about it and it asks for nothing any more', async () => {
    const scripted = openScriptedLine();
    const opened = await connect(scripted);
    scripted.twilio.failing.set('fetch', failure('not-available'));
    scripted.line.streamEnded(opened);
    await scripted.pass(120_000);
    expect(scripted.told().at(-1)).toBe('stream-stopped');
    await scripted.pass(90_000);
    expect(scripted.told().at(-1)).toBe('ended hung-up-there');
  });

  it('rings here unnoticed by its caller no longer than Twilio is asked', async () => {
    const { ask, pass, told, twilio } = openScriptedLine();
    void ask('voice', inbound('CA5'));
    twilio.calls.set('CA5', 'in-progress');
    await pass(30_000);
    expect(told()).toEqual(['call-ringing']);
    twilio.calls.set('CA5', 'no-answer');
    await pass(60_000);
    expect(told().at(-1)).toBe('ended missed');
  });
});

describe('a lost stream', () => {
  it('ends no call that has another one within two seconds', async () => {
    const scripted = openScriptedLine();
    const opened = await connect(scripted);
    scripted.line.streamEnded(opened);
    await scripted.pass(1000);
    scripted.line.streamStarted(stream('call-1'));
    await scripted.pass(60_000);
    expect(scripted.requestsOf('fetch')).toEqual([]);
    expect(scripted.told().at(-1)).toBe('stream-started');
  });

  it('lets Twilio be asked after two seconds, and ends what is over', async () => {
    const scripted = openScriptedLine();
    const opened = await connect(scripted);
    scripted.line.streamEnded(opened);
    await scripted.pass(2000);
    expect(scripted.requestsOf('fetch')).toEqual([['CA1']]);
    expect(scripted.told().at(-1)).toBe('stream-stopped');
    scripted.twilio.calls.set('CA1', 'completed');
    await scripted.pass(4000);
    expect(scripted.told().at(-1)).toBe('ended hung-up-there');
  });
});

describe('the longest time a call may take', () => {
  it('is let go on without this desk: no time of ours ends it', async () => {
    const { line, ask, pass, requestsOf } = openScriptedLine({ longestCallMinutes: 1 });
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    await ask('voice', outbound('CA1'), { callId });
    line.letGo(callId);
    await pass(120_000);
    expect(requestsOf('end')).toEqual([]);
    await line.close();
    expect(requestsOf('end')).toEqual([]);
  });

  it('ends it here at once and once, and at Twilio as soon as that can be reached', async () => {
    const scripted = openScriptedLine({ longestCallMinutes: 1 });
    const { twilio, pass, told } = scripted;
    await connect(scripted);
    twilio.failing.set('end', failure('twilio-unreachable'));
    await pass(60_000);
    expect(told().at(-1)).toBe('ended timed-out');
    twilio.failing.clear();
    await pass(10_000);
    expect(scripted.requestsOf('end').at(-1)).toEqual(['CA1', 'completed']);
    const tries = scripted.requestsOf('end').length;
    await scripted.ask('status', outbound('CA1', { CallStatus: 'completed' }));
    await pass(60_000);
    expect(scripted.requestsOf('end')).toHaveLength(tries);
    expect(told().filter(word => word.startsWith('ended'))).toEqual(['ended timed-out']);
    expect(scripted.problems).toEqual([]);
  });

  it('also counts for calls that came in, and hangs up whatever they ask next', async () => {
    const { ask, line, pass, told } = openScriptedLine({ longestCallMinutes: 1 });
    const asked = ask('voice', inbound('CA5'));
    await pass(1000);
    void line.answer('call-1');
    expect(await asked).toContain('<Stream');
    line.streamStarted(stream('call-1'));
    await pass(60_000);
    expect(told().at(-1)).toBe('ended timed-out');
    expect(await ask('voice', inbound('CA5'), { callId: 'call-1', resume: '9' })).toContain(
      '<Hangup/>',
    );
  });
});
