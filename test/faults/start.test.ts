import { expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { openFaultDesk } from './desk-on-practice.ts';

it('opens although Twilio wants no more requests for a while', async () => {
  const desk = await openFaultDesk({ pretend: { tooManyRequests: 3 } });
  expect(desk.app.state()).toMatchObject({
    line: { status: 'ready', account: { type: 'full' }, pointing: { to: 'here' } },
    problems: [],
  });
});

it('makes up for what Twilio failed at while the line was opened', async () => {
  const desk = await openFaultDesk({ pretend: { trial: true, serverErrors: 1000 }, speed: 40 });
  expect(desk.app.state()).toMatchObject({
    line: { status: 'ready', account: null, pointing: { to: 'unknown' } },
    problems: [{ id: 'number', problem: { kind: 'twilio-unreachable' } }],
  });
  desk.practice.pretend({ serverErrors: 0 });
  await until(() => desk.app.state().line.pointing.to === 'here');
  await until(() => desk.app.state().line.account?.type === 'trial');
  expect(desk.app.state().problems).toEqual([]);
  const sid = await desk.ringIn();
  expect(desk.call(sid)?.status).toBe('ringing');
});
