import { describe, expect, it } from 'vitest';
import { DANA, failure, OURS, openScriptedLine, outbound } from './scripted-line.ts';

const plain = { detectMachine: false };

describe('dialling', () => {
  it('asks for a call that tells this desk of every step', async () => {
    const { line, requestsOf } = openScriptedLine({ dialSeconds: 45, longestCallMinutes: 2 });
    const id = await line.dial(DANA, OURS, plain);
    expect(requestsOf('dial')).toEqual([
      [
        {
          to: DANA.number,
          from: OURS,
          url: `https://desk.example/voice/webhook?callId=${id}`,
          statusCallback: `https://desk.example/voice/status?callId=${id}`,
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
      amdCallback: 'https://desk.example/voice/answered-by?callId=call-1',
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

  it('lets nobody through whose call may have been started after all', async () => {
    const { line, ask, told, twilio } = openScriptedLine();
    twilio.failing.set('dial', failure('call-uncertain'));
    await expect(line.dial(DANA, OURS, plain)).rejects.toMatchObject({
      problem: { kind: 'call-uncertain' },
    });
    expect(await ask('voice', outbound('CA9'), { callId: 'call-1' })).toContain('<Hangup/>');
    expect(told()).toEqual(['call-requested', 'ended failed']);
  });

  it('knows the call of a relay that does not name it by its number', async () => {
    const rest = { end: never, fetch: never, redirect: never, dial: async () => null };
    const { line, ask, told } = openScriptedLine({}, { rest });
    await line.dial(DANA, OURS, plain);
    expect(await ask('voice', outbound('CA7'))).toContain('<Stream');
    expect(told()).toEqual(['call-requested', 'call-named', 'call-ringing', 'call-answered']);
  });
});

async function never(): Promise<never> {
  throw failure('not-available');
}
