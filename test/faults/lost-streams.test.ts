import { expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { openFaultDesk, outcomes } from './desk-on-practice.ts';

it('connects a call again whose stream was lost, without telling an end', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.talk();
  await desk.soundFlows(sid);
  desk.practice.loseStreams();
  await until(() => desk.events.some(({ event }) => event === 'stream-stopped'));
  await desk.soundFlows(sid);
  expect(desk.told(sid)).toEqual(['requested', 'named', 'ringing', 'answered']);
  expect(desk.twilio.size).toBe(1);
  await desk.run({ command: 'hang-up', callSid: sid });
  await desk.comes('ended', sid);
  expect(outcomes(await desk.history())).toEqual(['outbound hung-up-here']);
});

it('survives losing its streams again and again, on two calls at once', async () => {
  const desk = await openFaultDesk();
  const first = await desk.takeIn();
  const second = await desk.talk();
  for (let i = 0; i < 3; i += 1) {
    const before = desk.events.length;
    desk.practice.loseStreams();
    const stopped = () =>
      desk.events.slice(before).filter(({ event }) => event === 'stream-stopped').length;
    await until(() => stopped() >= 2);
    await desk.soundFlows(first);
    await desk.soundFlows(second);
  }
  desk.practice.farHangUp(first);
  await desk.comes('ended', first);
  await desk.soundFlows(second);
  await desk.run({ command: 'hang-up', callSid: second });
  await desk.comes('ended', second);
  expect(outcomes(await desk.history()).sort()).toEqual([
    'inbound hung-up-there',
    'outbound hung-up-here',
  ]);
});
