import { expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { hummer, openFaultDesk, outcomes } from './desk-on-practice.ts';

it('says at the start that the token is refused, and opens with the right one', async () => {
  const desk = await openFaultDesk({ pretend: { wrongToken: true } });
  expect(desk.app.state().line).toMatchObject({
    status: 'down',
    problem: { kind: 'credentials-refused', code: '20003' },
  });
  expect(await desk.refused({ command: 'dial', to: hummer.number })).toBe('line-down');
  desk.practice.pretend({ wrongToken: false });
  await desk.run({ command: 'open-line' });
  expect(desk.app.state().line).toMatchObject({ status: 'ready', problem: null });
  const sid = await desk.talk();
  await desk.soundFlows(sid);
});

it('goes on with a call while the token is rotated, and hangs up once it is right again', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.talk();
  desk.practice.pretend({ wrongToken: true });
  expect(await desk.refused({ command: 'hang-up', callSid: sid })).toBe('credentials-refused');
  expect(await desk.refused({ command: 'dial', to: hummer.number })).toBe('credentials-refused');
  // Dialling put the call on hold.
  await desk.run({ command: 'hold', callSid: sid, on: false });
  await desk.soundFlows(sid);
  expect(desk.call(sid)).toMatchObject({ status: 'live', stream: true });
  desk.practice.pretend({ wrongToken: false });
  await desk.run({ command: 'hang-up', callSid: sid });
  await desk.comes('ended', sid);
  expect(desk.twilio.get(sid)?.status).toBe('completed');
  expect(outcomes(await desk.history())).toEqual(['outbound failed', 'outbound hung-up-here']);
});

it('answers nothing that is signed with another token', async () => {
  const desk = await openFaultDesk();
  desk.practice.pretend({ wrongToken: true });
  const { callSid } = await desk.practice.ringIn();
  await until(() => desk.asked.length > 0);
  expect(desk.asked[0]?.status).toBe(403);
  expect(desk.call(callSid)).toBeUndefined();
  expect(desk.app.line()?.faults.signature).toBeGreaterThan(0);
  expect(await desk.history()).toEqual([]);
});

it('notices the end of a call whose callbacks the rotated token made worthless', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.talk();
  desk.practice.pretend({ wrongToken: true });
  desk.practice.farHangUp(sid);
  await until(() => desk.asked.some(({ kind, status }) => kind === 'status' && status === 403));
  expect(desk.call(sid)?.status).toBe('live');
  desk.practice.pretend({ wrongToken: false });
  await desk.comes('ended', sid);
  expect(desk.told(sid).at(-1)).toBe('ended hung-up-there');
});

it('says that the account does not own the number, and which numbers may be shown', async () => {
  const desk = await openFaultDesk({ number: '+14155559999' });
  const { line, problems } = desk.app.state();
  expect(line).toMatchObject({ status: 'ready', pointing: { to: 'unknown' } });
  expect(problems).toMatchObject([{ id: 'number', problem: { kind: 'line-down' } }]);
  const dialled = await desk.app.run({ command: 'dial', to: hummer.number });
  expect(dialled).toMatchObject({ ok: false, problem: { code: '21210' } });
  expect(desk.call()).toMatchObject({ status: 'ended', reason: 'failed' });
  expect(desk.twilio.size).toBe(0);
  const from = { command: 'dial', to: hummer.number, from: '+14155558888' } as const;
  expect(await desk.refused(from)).toBe('invalid-number');
  await desk.run({ ...from, from: desk.practice.number });
  await desk.comes('live', desk.app.state().calls[1]?.id);
});
