import { expect, it } from 'vitest';
import { PLAIN_JOIN } from '../../electron/practice/conference-options.ts';
import { openRoom } from './conference-room.ts';

it('has one conference of a name until it is over', () => {
  const { conference, join, line } = openRoom('sales');
  const { conferences } = line;
  expect(conference.sid).toMatch(/^CF[0-9a-f]{32}$/);
  expect(conferences.named(line, 'sales')).toBe(conference);
  expect(conferences.byName('sales')).toBe(conference);
  join('customer').call.end('completed');
  expect(conferences.byName('sales')).toBeUndefined();
  const next = conferences.named(line, 'sales');
  expect(next.sid).not.toBe(conference.sid);
  expect(conferences.get(conference.sid)).toBe(conference);
  expect(conferences.list()).toEqual([conference, next]);
});

it('has one name on a trial account: that of the account', () => {
  const { line } = openRoom();
  line.pretences.change({ trial: true });
  const conference = line.conferences.named(line, 'sales');
  expect(conference.name).toBe(line.accountSid);
  expect(line.conferences.named(line, 'support')).toBe(conference);
});

it.each([
  ['the conference is full', { maxParticipants: 2 }, 16020],
  ['the label is taken', { label: 'agent' }, 16025],
  ['who is to be coached is not there', { coaching: true, callSidToCoach: 'CA0' }, 13240],
] as const)('refuses a call when %s', async (_, options, code) => {
  const { conference, join, line } = openRoom();
  join('customer');
  join('agent', { label: 'agent' });
  expect(conference.refusalOf({ ...PLAIN_JOIN, ...options })).toMatchObject({ code });
  const refused = join('supervisor', options);
  expect(await refused.out).toBe('refused');
  expect(line.alerts.list()).toMatchObject([{ code, callSid: refused.call.sid }]);
  expect(conference.participants).toHaveLength(2);
  expect(refused.call.status).toBe('in-progress');
});

it('closes a conference at once whose first is refused', async () => {
  const { conference, join } = openRoom();
  await join('customer', { coaching: true, callSidToCoach: 'CA0' }).out;
  expect(conference.status).toBe('completed');
});

it('connects an invited call as it was invited, with what was changed meanwhile', async () => {
  const { conference, heardBy, invite, join, line } = openRoom();
  const customer = join('customer', {}, true);
  const call = invite({ label: 'seat-desk', muted: true, maxParticipants: 2 });
  expect(conference.refusalOf({ ...PLAIN_JOIN, maxParticipants: 2 })).toMatchObject({
    code: 16020,
  });
  conference.update('seat-desk', { muted: false });
  call.answer();
  expect(conference.find('seat-desk')?.status).toBe('connecting');
  const out = conference.join(call, PLAIN_JOIN, call.over);
  expect(conference.find(call.sid)).toMatchObject({ status: 'connected', muted: false });
  expect(heardBy(customer)).toEqual(['fourth']);
  expect(conference.kick('seat-desk')).toBe(true);
  expect(await out).toBe('kicked');
  expect(line.alerts.list()).toEqual([]);
});

it('hangs up on who is invited when it ends, or when they are taken out', async () => {
  const { conference, invite, join } = openRoom();
  join('customer');
  const first = invite();
  const second = invite();
  conference.kick(first.sid);
  expect(first.status).toBe('canceled');
  conference.end();
  expect(second.status).toBe('canceled');
  expect(await conference.join(second, PLAIN_JOIN, second.over)).toBe('ended');
});

it('ends when nobody who was invited comes', () => {
  const { conference, invite } = openRoom();
  invite().end('busy', 486);
  expect(conference.status).toBe('completed');
});
