import { describe, expect, it } from 'vitest';
import { bestShareOf, ends, eventually, type Fixture, openLine, response } from '../fixture.ts';
import { testPerson } from '../people.ts';

const AGENT = '+14155550122';

const customer = testPerson({
  script: [{ do: 'repeat', times: 100, steps: [{ do: 'tone', hz: 600, ms: 1000 }] }],
});
const agent = testPerson({
  number: AGENT,
  script: [{ do: 'repeat', times: 100, steps: [{ do: 'tone', hz: 900, ms: 1000 }] }],
});

async function withRoom() {
  const line = await openLine([customer, agent]);
  line.app.on('/room', { status: 204 });
  line.app.on('/out', response('<Pause length="600"/>'));
  const dial = (to: string, attributes = '', more = '', after = '') =>
    line
      .call('', {
        to,
        twiml: response(
          `<Dial action="${line.app.url}/out" ${more}><Conference statusCallback="${line.app.url}/room" statusCallbackEvent="start end join leave mute" ${attributes}>room</Conference></Dial>${after}`,
        ),
      })
      .then(call => call.sid);
  return { ...line, dial };
}

function told(line: Fixture, count: number) {
  return eventually(() => {
    const events = line.app.requests('/room').map(({ params }) => params);
    expect(events).toHaveLength(count);
    return events;
  });
}

function hears(line: Fixture, sid: string, hz: number): Promise<void> {
  return eventually(() =>
    expect(bestShareOf(hz, line.line.heardBy(sid) ?? new Int16Array())).toBeGreaterThan(0.5),
  );
}

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('a Dial of a conference', { retry: 2 }, () => {
  it('lets two hear each other, and goes on with its action when it ends', async () => {
    const line = await withRoom();
    const kinds: string[] = [];
    line.line.traffic.on(traffic => {
      if (traffic.event === 'webhook-sent') kinds.push(traffic.kind);
    });
    const first = await line.dial(customer.number, 'participantLabel="customer"');
    await told(line, 1);
    const second = await line.dial(AGENT, 'endConferenceOnExit="true"');
    await hears(line, first, 900);
    await hears(line, second, 600);
    line.line.farHangUp(second);
    await eventually(() => expect(line.app.requests('/out')).toHaveLength(1));
    expect(line.app.requests('/out')[0]?.params).toMatchObject({
      CallSid: first,
      DialCallStatus: 'answered',
    });
    expect(await line.status(first)).toBe('in-progress');
    expect(await told(line, 6)).toMatchObject([
      { StatusCallbackEvent: 'participant-join', CallSid: first, ParticipantLabel: 'customer' },
      { StatusCallbackEvent: 'participant-join', CallSid: second },
      { StatusCallbackEvent: 'conference-start', FriendlyName: 'room' },
      { StatusCallbackEvent: 'participant-leave', CallSid: second },
      { StatusCallbackEvent: 'participant-leave', CallSid: first },
      { StatusCallbackEvent: 'conference-end', CallSidEndingConference: second },
    ]);
    expect(kinds.filter(kind => kind === 'conference')).toHaveLength(6);
  });

  it('is left at a star and when its time is over', async () => {
    const line = await withRoom();
    const sid = await line.dial(customer.number, 'waitUrl=""', 'hangupOnStar="true"');
    await told(line, 1);
    line.line.sendDigits(sid, '*');
    await eventually(() => expect(line.app.requests('/out')).toHaveLength(1));
    const limited = await line.dial(AGENT, '', 'timeLimit="2"');
    await eventually(() => expect(line.app.requests('/out')).toHaveLength(2));
    expect(await line.status(sid)).toBe('in-progress');
    expect(await line.status(limited)).toBe('in-progress');
    expect((await told(line, 6)).map(params => params['ReasonConferenceEnded'])).toEqual(
      expect.arrayContaining(['last-participant-left']),
    );
  });

  it('is left for other instructions of the call', async () => {
    const line = await withRoom();
    const sid = await line.dial(customer.number);
    await told(line, 1);
    await line.client.calls(sid).update({ twiml: response('<Pause length="600"/>') });
    expect(await told(line, 3)).toMatchObject([
      {},
      {
        ReasonParticipantLeft: 'participant_updated_via_api',
        ParticipantCallStatus: 'in-progress',
      },
      { ReasonConferenceEnded: 'last-participant-left' },
    ]);
    expect(line.app.requests('/out')).toEqual([]);
  });

  it('goes on at once when the call cannot join', async () => {
    const line = await withRoom();
    await line.dial(customer.number, `coach="CA${'0'.repeat(32)}"`);
    await eventually(() => expect(line.app.requests('/out')).toHaveLength(1));
    expect(line.app.requests('/out')[0]?.params).toMatchObject({ DialCallStatus: 'failed' });
    expect(line.line.alerts()).toMatchObject([{ code: 13240 }]);
  });

  it('ends the call when nothing follows', async () => {
    const line = await openLine([customer, agent]);
    const conference = '<Conference endConferenceOnExit="true" beep="false">room</Conference>';
    const first = await line.call(`<Dial>${conference}</Dial>`);
    const second = await line.call(`<Dial timeLimit="2">${conference}</Dial>`, { to: AGENT });
    await ends(line, first.sid, 'completed');
    await ends(line, second.sid, 'completed');
  });

  it('is allowed on a trial account, in the one room of the account', async () => {
    const line = await withRoom();
    line.line.pretend({ trial: true });
    const [number] = await line.client.incomingPhoneNumbers.list();
    const voiceUrl = line.app.on(
      '/voice',
      response(
        `<Dial><Conference statusCallback="${line.app.url}/room" statusCallbackEvent="join">room</Conference></Dial>`,
      ),
    );
    await line.client.incomingPhoneNumbers(number?.sid ?? '').update({ voiceUrl });
    await line.line.ringIn();
    expect(await told(line, 1)).toMatchObject([{ FriendlyName: line.line.accountSid }]);
  });
});
