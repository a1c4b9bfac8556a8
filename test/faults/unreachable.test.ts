import { expect, it } from 'vitest';
import { testPerson } from '../practice/people.ts';
import { until } from '../support/until.ts';
import { HUM, hummer, openFaultDesk, outcomes } from './desk-on-practice.ts';

const RING_IN = '+14155550131';
const people = [hummer, testPerson({ number: RING_IN, script: HUM })];

it.each([1, 8])('streams again when the tunnel is back after %i s', async seconds => {
  const desk = await openFaultDesk({ people });
  const sid = await desk.talk();
  const taken = await desk.takeIn(RING_IN);
  desk.practice.pretend({ unreachable: true });
  await until(() => !streams(desk.call(sid)) && !streams(desk.call(taken)));
  expect(await desk.refused({ command: 'send-digits', callSid: sid, digits: '1' })).toBe(
    'wrong-call-state',
  );
  await desk.passes(seconds * 1000);
  desk.practice.pretend({ unreachable: false });
  await desk.soundFlows(sid);
  await desk.soundFlows(taken);
  expect(desk.told(sid)).toEqual(['requested', 'named', 'ringing', 'answered']);
  expect(desk.told(taken)).toEqual(['ringing', 'answered']);
  expect(desk.twilio.size).toBe(2);
  const streamed = desk.events.flatMap(({ event }) => (/^stream-/.test(event) ? [event] : []));
  expect(streamed.filter(event => event === 'stream-started')).toHaveLength(4);
  expect(streamed.filter(event => event === 'stream-stopped')).toHaveLength(2);
});

it('survives one outage after the other', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.talk();
  for (let i = 0; i < 4; i += 1) {
    desk.practice.pretend({ unreachable: true });
    await until(() => !streams(desk.call(sid)));
    await desk.passes(3000);
    desk.practice.pretend({ unreachable: false });
    await desk.soundFlows(sid);
  }
  expect(desk.told(sid)).toEqual(['requested', 'named', 'ringing', 'answered']);
});

it('ends a call that Twilio gave up while the tunnel was down', async () => {
  const desk = await openFaultDesk({ people });
  const dialled = await desk.talk();
  const taken = await desk.takeIn(RING_IN);
  desk.practice.pretend({ unreachable: true });
  await desk.comes('ended', dialled);
  await desk.comes('ended', taken);
  expect(desk.told(dialled).at(-1)).toBe('ended failed');
  expect(desk.told(taken).at(-1)).toBe('ended failed');
  desk.practice.pretend({ unreachable: false });
  await desk.soundFlows(await desk.talk());
  expect(await desk.history()).toHaveLength(3);
});

it('hangs up while the tunnel is down', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.talk();
  desk.practice.pretend({ unreachable: true });
  await desk.run({ command: 'hang-up', callSid: sid });
  await desk.comes('ended', sid);
  expect(desk.twilio.get(sid)?.status).toBe('completed');
  expect(outcomes(await desk.history())).toEqual(['outbound hung-up-here']);
});

it('notices that the other side hung up while the tunnel was down', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.talk();
  desk.practice.pretend({ unreachable: true });
  await until(() => !streams(desk.call(sid)));
  desk.practice.farHangUp(sid);
  await desk.comes('ended', sid);
  expect(desk.told(sid).at(-1)).toBe('ended hung-up-there');
});

it('misses a caller who gave up while the tunnel was down', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.ringIn();
  desk.practice.pretend({ unreachable: true });
  desk.practice.farHangUp(sid);
  await desk.comes('ended', sid);
  expect(outcomes(await desk.history())).toEqual(['inbound missed']);
});

it('ends a call that was answered while the tunnel was down as Twilio did', async () => {
  const desk = await openFaultDesk({
    people: [testPerson({ script: HUM, pickUp: { does: 'answer', afterMs: 2000 } })],
  });
  await desk.run({ command: 'dial', to: hummer.number });
  await desk.comes('ringing');
  desk.practice.pretend({ unreachable: true });
  await desk.comes('ended');
  expect(desk.twilio.size).toBe(1);
  expect(outcomes(await desk.history())).toEqual(['outbound failed']);
});

function streams(call: ReturnType<Awaited<ReturnType<typeof openFaultDesk>>['call']>): boolean {
  return call?.status === 'live' && call.stream;
}
