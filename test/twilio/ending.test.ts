import { describe, expect, it } from 'vitest';
import {
  DANA,
  failure,
  inbound,
  OURS,
  openScriptedLine,
  outbound,
  settle,
} from './scripted-line.ts';

const plain = { detectMachine: false };

function stream(callId: string, onClose = () => {}) {
  const silent = { send: () => true, ready: () => true, mark: () => {}, clear: () => {} };
  return {
    streamSid: 'MZ1',
    callSid: 'CA1',
    purpose: 'talk' as const,
    callId,
    ...silent,
    close: onClose,
  };
}

describe('hanging up', () => {
  it('cancels a call that rings there and completes one that is live', async () => {
    const { line, ask, requestsOf, told } = openScriptedLine();
    await line.hangUp(await line.dial(DANA, OURS, plain));
    const callId = await line.dial(DANA, OURS, plain);
    await ask('voice', outbound('CA2'), { callId });
    await line.hangUp(callId);
    expect(requestsOf('end')).toEqual([
      ['CA1', 'canceled'],
      ['CA2', 'completed'],
    ]);
    expect(told().filter(word => word.startsWith('ended'))).toEqual([
      'ended cancelled',
      'ended hung-up-here',
    ]);
  });

  it('is told as failed when Twilio does not answer, and done at the call’s next question', async () => {
    const { line, ask, twilio, told } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    await ask('voice', outbound('CA1'), { callId });
    twilio.failing.set('end', failure('twilio-unreachable'));
    await expect(line.hangUp(callId)).rejects.toMatchObject({
      problem: { kind: 'twilio-unreachable' },
    });
    expect(told().at(-1)).toBe('call-answered');
    const answer = await ask('voice', outbound('CA1'), { callId, resume: '3' });
    expect(answer).toContain('<Hangup/>');
    expect(told().at(-1)).toBe('ended hung-up-here');
  });

  it('closes the stream where no request can end the call, so that Twilio asks and is told', async () => {
    const { line, ask, twilio, told } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    await ask('voice', outbound('CA1'), { callId });
    let closed = false;
    line.streamStarted(stream(callId, () => (closed = true)));
    twilio.failing.set('end', failure('not-available'));
    await line.hangUp(callId);
    expect(closed).toBe(true);
    expect(told().at(-1)).toBe('ended hung-up-here');
    const answer = await ask('voice', outbound('CA1'), { callId, resume: '3' });
    expect(answer).toContain('<Hangup/>');
  });

  it('does nothing to a call that is over or was never here', async () => {
    const { line, twilio } = openScriptedLine();
    await line.hangUp('call-9');
    expect(twilio.requests).toEqual([]);
  });
});

describe('closing the line', () => {
  it('ends once more what is over here and could not be ended at Twilio', async () => {
    const { line, ask, pass, twilio, told, requestsOf, clock } = openScriptedLine({
      longestCallMinutes: 1,
    });
    const callId = await line.dial(DANA, OURS, plain);
    await ask('voice', outbound('CA1'), { callId });
    twilio.failing.set('end', failure('twilio-unreachable'));
    await pass(61_000);
    expect(told().at(-1)).toBe('ended timed-out');
    const before = requestsOf('end').length;
    twilio.failing.clear();
    await line.close();
    expect(requestsOf('end').slice(before)).toEqual([['CA1', 'completed']]);
    expect(twilio.calls.get('CA1')).toBe('completed');
    expect(clock.timers()).toBe(0);
  });

  it('ends every call, in time, also when Twilio does not answer', async () => {
    const { line, ask, clock, told, twilio, problems } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    await ask('voice', outbound('CA1'), { callId });
    void ask('voice', inbound('CA5'));
    await settle();
    twilio.failing.set('end', failure('twilio-unreachable'));
    await line.close();
    expect(
      told()
        .filter(word => word.startsWith('ended'))
        .sort(),
    ).toEqual(['ended declined', 'ended interrupted']);
    expect(problems).toMatchObject([{ kind: 'twilio-unreachable' }]);
    expect(clock.timers()).toBe(0);
    expect(await ask('voice', inbound('CA6'))).toContain('<Reject');
  });
});
