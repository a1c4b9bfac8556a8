import { expect, it } from 'vitest';
import type { Pretences } from '../../electron/practice/pretences.ts';
import { eventually, type Fixture, openLine } from './fixture.ts';

const ALL = ['initiated', 'ringing', 'answered', 'completed'];

/** A call to its end under pretences; every callback that came, once there are `count`. */
async function reported(
  pretences: Partial<Pretences>,
  count: number,
  events = ALL,
): Promise<Fixture['app']['received']> {
  const { app, call, line } = await openLine();
  line.pretend(pretences);
  const statusCallback = app.on('/status', { status: 204 });
  await call('<Pause length="1"/>', { statusCallback, statusCallbackEvent: events });
  await eventually(() => expect(app.requests('/status')).toHaveLength(count));
  return app.requests('/status');
}

function sequence(requests: Fixture['app']['received']): (string | undefined)[] {
  return requests.map(({ params }) => params['SequenceNumber']);
}

it('sends every callback twice, the same to the byte', async () => {
  const requests = await reported({ repeatCallbacks: true }, 8);
  expect(sequence(requests)).toEqual(['0', '0', '1', '1', '2', '2', '3', '3']);
  for (let at = 0; at < 8; at += 2) {
    const { headers, params, signature } = requests[at] ?? {};
    expect(requests[at + 1]).toMatchObject({ headers, params, signature });
  }
});

it('sends the newer of two callbacks first', async () => {
  const requests = await reported({ shuffleCallbacks: true }, 4);
  expect(sequence(requests)).toEqual(['1', '0', '3', '2']);
  expect(requests.map(({ params }) => params['CallStatus'])).toEqual([
    'ringing',
    'initiated',
    'completed',
    'in-progress',
  ]);
});

it('sends the last callback even when it has no other to overtake', async () => {
  expect(sequence(await reported({ shuffleCallbacks: true }, 1, ['ringing']))).toEqual(['0']);
  const odd = await reported({ shuffleCallbacks: true }, 3, ['ringing', 'answered', 'completed']);
  expect(sequence(odd)).toEqual(['1', '0', '2']);
});

it('sends callbacks late and in order, with the time of what happened', async () => {
  const { app, call, line, status } = await openLine();
  line.pretend({ callbackDelayMs: 20_000 });
  const statusCallback = app.on('/status', { status: 204 });
  const { sid } = await call('<Pause length="1"/>', { statusCallback, statusCallbackEvent: ALL });
  await eventually(async () => expect(await status(sid)).toBe('completed'));
  expect(app.requests('/status')).toEqual([]);
  await eventually(() => expect(app.requests('/status')).toHaveLength(4));
  expect(sequence(app.requests('/status'))).toEqual(['0', '1', '2', '3']);
  expect(app.requests('/status')[0]?.params['CallStatus']).toBe('initiated');
});
