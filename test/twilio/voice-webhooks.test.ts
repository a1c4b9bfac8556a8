import { describe, expect, it } from 'vitest';
import { DANA, inbound, OURS, openScriptedLine, outbound } from './scripted-line.ts';

const plain = { detectMachine: false };

describe('what Twilio asks and tells', () => {
  it('is told with the request that brought it', async () => {
    const { line, ask, facts } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    await ask('status', outbound('CA1', { CallStatus: 'ringing' }), { callId }, 'one');
    await ask('voice', outbound('CA1'), { callId }, 'two');
    await ask('status', outbound('CA1', { CallStatus: 'completed' }), { callId }, 'three');
    expect(facts.map(({ event, key }) => [event, key])).toEqual([
      ['call-requested', undefined],
      ['call-named', undefined],
      ['call-ringing', 'one'],
      ['call-answered', 'two'],
      ['call-ended', 'three'],
    ]);
  });

  it('moves a call forward only, in whatever order it comes', async () => {
    const { line, ask, told } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    const order = ['in-progress', 'ringing', 'initiated', 'completed', 'busy', 'in-progress', ''];
    for (const CallStatus of order)
      await ask('status', outbound('CA1', { CallStatus }), { callId });
    expect(told()).toEqual([
      'call-requested',
      'call-named',
      'call-answered',
      'ended hung-up-there',
    ]);
  });

  it('is left out when it says nothing or is about nobody', async () => {
    const { line, ask, told } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    await ask('status', outbound('CA1', { CallStatus: '  ' }), { callId });
    await ask('status', inbound('CA77', { CallStatus: 'in-progress' }));
    await ask('answeredBy', outbound('CA77', { AnsweredBy: 'human' }));
    expect(told()).toEqual(['call-requested', 'call-named']);
  });

  it('may give a call another name', async () => {
    const { line, ask, told } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    await ask('status', outbound('CA44', { CallStatus: 'ringing' }), { callId });
    await ask('status', outbound('CA44', { CallStatus: 'no-answer' }));
    expect(told().slice(2)).toEqual(['call-named', 'call-ringing', 'ended no-answer']);
  });
});

describe('a caller who gives up before anybody is told', () => {
  it('is missed all the same', async () => {
    const { ask, told } = openScriptedLine();
    const over = inbound('CA5', { CallStatus: 'no-answer' });
    expect(await ask('voice', over)).toContain('<Hangup/>');
    await ask('status', over);
    await ask('voice', over);
    expect(told()).toEqual(['call-ringing', 'ended missed']);
  });
});

describe('a call that was made elsewhere', () => {
  it('is taken on as one that goes out, whoever may ring here', async () => {
    const { ask, facts } = openScriptedLine({ inboundPolicy: 'closed' });
    expect(await ask('voice', outbound('CA3'))).toContain('<Stream');
    expect(facts).toMatchObject([
      { event: 'call-ringing', direction: 'outbound', them: { number: DANA.number }, ours: OURS },
      { event: 'call-answered' },
    ]);
  });

  it('is hung up when it was dialled by a run that is over', async () => {
    const { ask, facts } = openScriptedLine();
    expect(await ask('voice', outbound('CA3'), { callId: 'long-gone' })).toContain('<Hangup/>');
    expect(facts).toEqual([]);
  });
});

describe('a caller who is not welcome', () => {
  it('is refused before anything else, and told of once however often they ask', async () => {
    const { ask, facts } = openScriptedLine({ inboundPolicy: 'allow-list', allowList: [] });
    const answers = [
      await ask('voice', inbound('CA5')),
      await ask('voice', inbound('CA5'), { turn: '1' }),
    ];
    await ask('status', inbound('CA5', { CallStatus: 'no-answer' }));
    answers.push(await ask('voice', inbound('CA5')));
    for (const answer of answers) expect(answer).toContain('<Reject reason="rejected"/>');
    expect(facts).toEqual([
      {
        event: 'call-refused',
        because: 'policy',
        callId: 'call-1',
        callSid: 'CA5',
        direction: 'inbound',
        them: { number: DANA.number, name: null },
        ours: OURS,
        key: 'key-1',
      },
    ]);
  });

  it('hears the busy tone while the desk talks, where that is wanted', async () => {
    const { ask, told } = openScriptedLine({ whenBusy: 'reject' }, { isBusy: () => true });
    expect(await ask('voice', inbound('CA5'))).toContain('<Reject reason="busy"/>');
    expect(await ask('voice', inbound('CA5'))).toContain('<Reject reason="busy"/>');
    expect(told()).toEqual(['call-refused']);
  });
});
