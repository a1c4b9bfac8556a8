import { describe, expect, it } from 'vitest';
import { DANA, failure, OURS, openScriptedLine, outbound } from './scripted-line.ts';

const plain = { detectMachine: false };

/** A relay that does nothing but what a test lets it do. */
const NO_REST = { dial: never, end: never, fetch: never, redirect: never, liveCalls: never };

describe('dialling', () => {
  it('asks for a call that tells this desk of every step', async () => {
    const { line, requestsOf } = openScriptedLine({ dialSeconds: 45, longestCallMinutes: 2 });
    const id = await line.dial(DANA, OURS, plain);
    expect(requestsOf('dial')).toEqual([
      [
        {
          to: DANA.number,
          from: OURS,
          url: expect.stringContaining(`https://desk.example/voice/webhook?callId=${id}#`),
          statusCallback: expect.stringContaining(
            `https://desk.example/voice/status?callId=${id}#`,
          ),
          timeoutS: 45,
          timeLimitS: 120,
        },
      ],
    ]);
  });

  it('detects machines while the call goes on, unless keys are to be pressed', async () => {
    const { line, requestsOf } = openScriptedLine();
    await line.dial(DANA, OURS, { detectMachine: true });
    await line.dial(DANA, OURS, { detectMachine: true, sendDigits: 'ww12#' });
    const [[first], [second]] = requestsOf('dial') as [[object], [object]];
    expect(first).toMatchObject({
      machineDetection: 'detect',
      amdCallback: expect.stringContaining('/voice/answered-by?callId=call-1#'),
    });
    expect(second).toMatchObject({ sendDigits: 'ww12#' });
    expect(second).not.toHaveProperty('machineDetection');
  });

  it('dials nobody while Twilio cannot reach this computer', async () => {
    const { line, facts, twilio } = openScriptedLine({}, { origin: () => null });
    await expect(line.dial(DANA, OURS, plain)).rejects.toMatchObject({
      problem: { kind: 'line-down', message: expect.stringContaining('only messages') },
    });
    expect(facts).toEqual([]);
    expect(twilio.requests).toEqual([]);
  });

  it('tells who took the call, once', async () => {
    const { line, ask, facts } = openScriptedLine();
    const id = await line.dial(DANA, OURS, { detectMachine: true });
    const about = [outbound('CA1', { AnsweredBy: 'machine_start' }), { callId: id }] as const;
    await ask('answeredBy', ...about);
    await ask('answeredBy', ...about);
    expect(facts.filter(({ event }) => event === 'answerer-detected')).toEqual([
      {
        event: 'answerer-detected',
        callId: id,
        answeredBy: 'machine',
        detail: 'machine_start',
        key: 'key-1',
      },
    ]);
  });

  it('ends a call at once that was given up while Twilio was asked', async () => {
    const { line, told, requestsOf } = openScriptedLine();
    const asked = line.dial(DANA, OURS, plain);
    await line.hangUp('call-1');
    await asked;
    expect(requestsOf('end')).toEqual([['CA1', 'canceled']]);
    expect(told().at(-1)).toBe('ended cancelled');
  });

  it('goes on asking about a call that was given up and could not be ended', async () => {
    const { line, told, twilio, pass } = openScriptedLine();
    twilio.failing.set('end', failure('twilio-unreachable'));
    const asked = line.dial(DANA, OURS, plain);
    await line.hangUp('call-1');
    await expect(asked).rejects.toMatchObject({ problem: { kind: 'twilio-unreachable' } });
    twilio.calls.set('CA1', 'no-answer');
    await pass(25_000);
    expect(told().at(-1)).toBe('ended no-answer');
  });

  it('knows the call of a relay that does not name it by its number', async () => {
    const rest = { ...NO_REST, dial: async () => null };
    const { line, ask, told } = openScriptedLine({}, { rest });
    await line.dial(DANA, OURS, plain);
    expect(await ask('voice', outbound('CA7'))).toContain('<Stream');
    expect(told()).toEqual(['call-requested', 'call-named', 'call-ringing', 'call-answered']);
  });
});

describe('a call that may have been made although Twilio did not confirm it', () => {
  /** A line that has dialled without an answer. */
  async function doubtful(settings: Parameters<typeof openScriptedLine>[0] = {}) {
    const scripted = openScriptedLine(settings);
    scripted.twilio.failing.set('dial', failure('call-uncertain'));
    await expect(scripted.line.dial(DANA, OURS, plain)).rejects.toMatchObject({
      problem: { kind: 'call-uncertain' },
    });
    scripted.twilio.failing.clear();
    return { ...scripted, callId: 'call-1' };
  }

  it('is taken on when it asks what to do', async () => {
    const { line, ask, told, callId, pass, requestsOf, twilio } = await doubtful();
    expect(await ask('voice', outbound('CA9'), { callId })).toContain('<Stream');
    twilio.calls.set('CA9', 'in-progress');
    await pass(60_000);
    await line.hangUp(callId);
    expect(requestsOf('end')).toEqual([['CA9', 'completed']]);
    expect(told()).toEqual([
      'call-requested',
      'call-named',
      'call-ringing',
      'call-answered',
      'ended hung-up-here',
    ]);
  });

  it.each(['status', 'answeredBy'] as const)('is taken on by its callback %s', async path => {
    const { ask, told, callId, pass, twilio } = await doubtful();
    twilio.calls.set('CA9', 'ringing');
    const params = outbound('CA9', { CallStatus: 'ringing', AnsweredBy: 'unknown' });
    await ask(path, params, { callId });
    await pass(60_000);
    expect(told()).toContain('call-ringing');
    expect(told().at(-1)).not.toContain('ended');
  });

  it('has failed when nothing is heard of it for 15 s longer than it may ring', async () => {
    const { ask, told, callId, pass, clock } = await doubtful({ dialSeconds: 20 });
    await pass(34_000);
    expect(told()).toEqual(['call-requested']);
    await pass(2000);
    expect(told()).toEqual(['call-requested', 'ended failed']);
    expect(clock.timers()).toBe(0);
    expect(await ask('voice', outbound('CA9'), { callId })).toContain('<Hangup/>');
  });

  it('is cancelled here at once, and there when it first asks', async () => {
    const { line, ask, told, callId, pass } = await doubtful();
    await line.hangUp(callId);
    expect(told()).toEqual(['call-requested', 'ended cancelled']);
    expect(await ask('voice', outbound('CA9'), { callId })).toContain('<Hangup/>');
    await pass(60_000);
    expect(told()).toHaveLength(2);
  });

  it('is cancelled when that was wanted before Twilio failed to answer', async () => {
    const { line, told, twilio } = openScriptedLine();
    twilio.failing.set('dial', failure('call-uncertain'));
    const asked = line.dial(DANA, OURS, plain);
    await Promise.allSettled([line.hangUp('call-1'), asked]);
    expect(told()).toEqual(['call-requested', 'ended cancelled']);
  });

  it('is certain when it has shown itself before the answer was lost', async () => {
    let lose = (): void => {};
    const lost = new Promise<never>((_, reject) => {
      lose = () => reject(failure('call-uncertain'));
    });
    const rest = { ...NO_REST, dial: () => lost };
    const { line, ask, told } = openScriptedLine({}, { rest });
    const asked = line.dial(DANA, OURS, plain);
    await ask('voice', outbound('CA9'), { callId: 'call-1' });
    lose();
    expect(await asked).toBe('call-1');
    expect(told().at(-1)).toBe('call-answered');
  });

  it('has failed at once where Twilio could not tell of it', async () => {
    const { line, told, twilio } = openScriptedLine({}, { origin: () => null });
    twilio.failing.set('dial', failure('call-uncertain'));
    const message = { ...plain, text: 'Hello.', voice: 'nova', hangUpAfterS: 0 } as const;
    await expect(line.notify(DANA, OURS, message)).rejects.toThrow();
    expect(told()).toEqual(['call-requested', 'ended failed']);
  });

  it('leaves nothing behind when the line closes', async () => {
    const { line, told, clock } = await doubtful();
    await line.close();
    expect(told().at(-1)).toBe('ended cancelled');
    expect(clock.timers()).toBe(0);
  });
});

async function never(): Promise<never> {
  throw failure('not-available');
}
