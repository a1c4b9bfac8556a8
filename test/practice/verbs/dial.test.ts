import { describe, expect, it } from 'vitest';
import { bestShareOf, ends, eventually, openLine, response } from '../fixture.ts';
import { testPerson } from '../people.ts';

const OTHER = '+14155550122';

const caller = testPerson({
  script: [{ do: 'repeat', times: 100, steps: [{ do: 'tone', hz: 600, ms: 1000 }] }],
});

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('Dial', { retry: 2 }, () => {
  it('connects two people so that they hear each other, until one hangs up', async () => {
    const other = testPerson({
      number: OTHER,
      script: [{ do: 'repeat', times: 3, steps: [{ do: 'tone', hz: 900, ms: 1000 }] }],
    });
    const line = await openLine([caller, other]);
    const action = line.app.on('/action', response('<Hangup/>'));
    const { sid } = await line.call(`<Dial action="${action}"><Number>${OTHER}</Number></Dial>`);
    await ends(line, sid, 'completed');
    const [child] = await line.client.calls.list({ parentCallSid: sid });
    expect(child).toMatchObject({ direction: 'outbound-dial', status: 'completed', to: OTHER });
    const heardBy = (callSid: string): Int16Array => line.line.heardBy(callSid) ?? new Int16Array();
    expect(bestShareOf(900, heardBy(sid))).toBeGreaterThan(0.7);
    expect(bestShareOf(600, heardBy(child?.sid ?? ''))).toBeGreaterThan(0.7);
    expect(line.app.requests('/action')[0]?.params).toMatchObject({
      DialCallStatus: 'completed',
      DialCallSid: child?.sid,
      DialCallDuration: expect.stringMatching(/^\d+$/),
    });
  });

  it.each([
    ['busy', { does: 'busy', afterMs: 50 }],
    ['no-answer', { does: 'ring-out' }],
    ['failed', { does: 'fail', afterMs: 50, sipCode: 503 }],
  ] as const)('tells its action %s, and plays ringing meanwhile', async (status, pickUp) => {
    const line = await openLine([caller, testPerson({ number: OTHER, pickUp })]);
    const action = line.app.on('/action', response('<Hangup/>'));
    const { sid } = await line.call(`<Dial timeout="2" action="${action}">${OTHER}</Dial>`);
    await ends(line, sid, 'completed');
    expect(line.app.requests('/action')[0]?.params).toMatchObject({ DialCallStatus: status });
    const heard = line.line.heardBy(sid) ?? new Int16Array();
    if (status === 'no-answer') {
      expect(bestShareOf(440, heard)).toBeGreaterThan(0.45);
      expect(bestShareOf(480, heard)).toBeGreaterThan(0.45);
    }
  });

  it.each([
    '<Client>desk</Client>',
    '<Sip>sip:desk@desk.example</Sip>',
    '<Client>one</Client><Client>two</Client>',
  ])('tells its action that %s cannot be reached', async nouns => {
    const line = await openLine([caller]);
    const action = line.app.on('/action', response('<Hangup/>'));
    const { sid } = await line.call(`<Dial action="${action}">${nouns}</Dial>`);
    await ends(line, sid, 'completed');
    expect(line.app.requests('/action')[0]?.params).toMatchObject({ DialCallStatus: 'failed' });
    expect(line.line.alerts()).toEqual([]);
  });

  it('rings the numbers among those who cannot be reached', async () => {
    const line = await openLine([
      caller,
      testPerson({ number: OTHER, pickUp: { does: 'busy', afterMs: 50 } }),
    ]);
    const action = line.app.on('/action', response('<Hangup/>'));
    const nouns = `<Client>desk</Client><Number>${OTHER}</Number>`;
    const { sid } = await line.call(`<Dial action="${action}">${nouns}</Dial>`);
    await ends(line, sid, 'completed');
    expect(line.app.requests('/action')[0]?.params).toMatchObject({ DialCallStatus: 'busy' });
  });

  it('hangs up on the other when the caller goes', async () => {
    const line = await openLine([caller, testPerson({ number: OTHER })]);
    const { sid } = await line.call(`<Dial>${OTHER}</Dial>`);
    const child = await eventually(async () => {
      const [found] = await line.client.calls.list({ parentCallSid: sid });
      expect(found?.status).toBe('in-progress');
      return found;
    });
    line.line.farHangUp(sid);
    await ends(line, child?.sid ?? '', 'completed');
  });

  it('goes on after a number that is none', async () => {
    const line = await openLine();
    const { sid } = await line.call('<Dial>nobody</Dial><Hangup/>');
    await ends(line, sid, 'completed');
    expect(line.line.alerts()).toMatchObject([{ code: 13224 }]);
  });

  it('rings several at once: the first answers, the others stop ringing', async () => {
    const slow = testPerson({ number: '+14155550123', pickUp: { does: 'ring-out' } });
    const line = await openLine([caller, testPerson({ number: OTHER }), slow]);
    const callback = line.app.on('/legs', { status: 204 });
    const noun = (number: string) =>
      `<Number statusCallback="${callback}" statusCallbackEvent="answered completed">${number}</Number>`;
    const { sid } = await line.call(`<Dial>${noun(slow.number)}${noun(OTHER)}</Dial>`);
    await eventually(async () => {
      const children = await line.client.calls.list({ parentCallSid: sid });
      expect(Object.fromEntries(children.map(({ to, status }) => [to, status]))).toEqual({
        [OTHER]: 'in-progress',
        [slow.number]: 'canceled',
      });
    });
    line.line.farHangUp(sid);
    await eventually(() =>
      expect(
        line.app.requests('/legs').map(({ params }) => [params['To'], params['CallStatus']]),
      ).toEqual([
        [OTHER, 'in-progress'],
        [slow.number, 'canceled'],
        [OTHER, 'completed'],
      ]),
    );
  });

  it('lets the one who answers hear a document first, which may hang up', async () => {
    const line = await openLine([caller, testPerson({ number: OTHER })]);
    const whisper = line.app.on('/whisper', response('<Play digits="5"/>'), response('<Hangup/>'));
    const action = line.app.on('/action', response('<Hangup/>'));
    const twiml = `<Dial timeLimit="3" action="${action}"><Number url="${whisper}" sendDigits="1">${OTHER}</Number></Dial>`;
    const first = await line.call(twiml);
    await ends(line, first.sid, 'completed');
    const second = await line.call(twiml);
    await ends(line, second.sid, 'completed');
    expect(line.app.requests('/whisper')[0]?.params).toMatchObject({ ParentCallSid: first.sid });
    expect(line.app.requests('/action').map(({ params }) => params['DialBridged'])).toEqual([
      'true',
      'false',
    ]);
    const [child] = await line.client.calls.list({ parentCallSid: first.sid });
    const heard = line.line.heardBy(child?.sid ?? '') ?? new Int16Array();
    expect(bestShareOf(600, heard)).toBeGreaterThan(0.7);
  });

  it('goes on with the next verb at a star, and records both', async () => {
    const line = await openLine([caller, testPerson({ number: OTHER })]);
    const action = line.app.on('/action', response('<Pause length="600"/>'));
    const { sid } = await line.call(
      `<Dial hangupOnStar="true" record="record-from-answer" action="${action}">${OTHER}</Dial>`,
    );
    await eventually(async () => {
      const [child] = await line.client.calls.list({ parentCallSid: sid });
      expect(child?.status).toBe('in-progress');
    });
    line.line.sendDigits(sid, '*');
    await eventually(() =>
      expect(line.app.requests('/action')[0]?.params).toMatchObject({
        DialCallStatus: 'completed',
        RecordingUrl: expect.stringContaining('/Recordings/RE'),
      }),
    );
    expect(await line.status(sid)).toBe('in-progress');
    expect(await line.client.recordings.list({ callSid: sid })).toMatchObject([
      { source: 'DialVerb', status: 'completed' },
    ]);
  });

  it('leaves the caller ringing until somebody answers, when told so', async () => {
    const away = testPerson({ number: OTHER, pickUp: { does: 'answer', afterMs: 20_000 } });
    const line = await openLine([caller, away]);
    const [number] = await line.client.incomingPhoneNumbers.list();
    const voiceUrl = line.app.on('/voice', response(`<Dial answerOnBridge="true">${OTHER}</Dial>`));
    await line.client.incomingPhoneNumbers(number?.sid ?? '').update({ voiceUrl });
    const { callSid } = await line.line.ringIn();
    await eventually(async () => {
      const [child] = await line.client.calls.list({ parentCallSid: callSid });
      expect(child?.status).toBe('ringing');
    });
    expect(await line.status(callSid)).toBe('ringing');
    await eventually(async () => expect(await line.status(callSid)).toBe('in-progress'));
  });
});
