import { describe, expect, it } from 'vitest';
import type { Problem } from '../../electron/core/problem.ts';
import { createSignatureWatch } from '../../electron/line/signature-watch.ts';
import { openDesk } from '../support/desk.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { postSigned } from '../support/signed-request.ts';
import { environmentOf, openAccount } from './account.ts';

function openWatch() {
  const clock = fakeClock();
  const told: (Problem | null)[] = [];
  const onVerdict = createSignatureWatch(clock, problem => told.push(problem));
  return { clock, told, onVerdict };
}

describe('the watch over signatures', () => {
  it('tells once when three in a minute did not fit, until one does', () => {
    const { told, onVerdict } = openWatch();
    onVerdict(false);
    onVerdict(false);
    expect(told).toEqual([]);
    onVerdict(false);
    onVerdict(false);
    expect(told).toMatchObject([{ kind: 'credentials-refused', remedy: expect.any(String) }]);
    onVerdict(true);
    onVerdict(true);
    expect(told).toHaveLength(2);
    expect(told[1]).toBeNull();
  });

  it('counts anew after one that fits', () => {
    const { told, onVerdict } = openWatch();
    for (const ok of [false, false, true, false, false]) onVerdict(ok);
    expect(told).toEqual([]);
    onVerdict(false);
    expect(told).toHaveLength(1);
  });

  it('forgets those of more than a minute ago', () => {
    const { clock, told, onVerdict } = openWatch();
    onVerdict(false);
    onVerdict(false);
    clock.advance(60_001);
    onVerdict(false);
    expect(told).toEqual([]);
    clock.advance(30_000);
    onVerdict(false);
    onVerdict(false);
    expect(told).toHaveLength(1);
  });
});

describe('a desk whose auth token was rotated', () => {
  it('says so though nothing else fails, until a request fits again', async () => {
    const account = await openAccount();
    const desk = await openDesk({ env: environmentOf(account) });
    const url = `${desk.state().line.address.url}/voice/status`;
    const told = { CallSid: `CA${'2'.repeat(32)}`, CallStatus: 'completed' };
    for (let i = 0; i < 3; i += 1) {
      expect((await postSigned(url, told, 'f'.repeat(32))).status).toBe(403);
    }
    expect(desk.state().problems).toMatchObject([
      { id: 'signatures-wrong', problem: { kind: 'credentials-refused' } },
    ]);
    // The desk’s own test signs with the token it has: it proves nothing.
    await desk.run({ command: 'test-line' });
    expect(desk.state().problems).toHaveLength(1);
    expect((await postSigned(url, told, account.twilio.authToken)).status).toBe(204);
    expect(desk.state().problems).toEqual([]);
  });
});
