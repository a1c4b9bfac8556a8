import { describe, expect, it } from 'vitest';
import { openDesk } from '../support/desk.ts';
import { secretBox } from '../support/secret-box.ts';
import { openWebhookServer } from '../support/webhook-server.ts';
import { BEFORE, connect, destinationOf, environmentOf, openAccount } from './account.ts';

/** An account that goes elsewhere, and a desk that would reach it as Twilio. */
async function accountWithDesk(options: Parameters<typeof openDesk>[0] = {}) {
  const account = await openAccount({ voiceUrl: BEFORE });
  const env = { EARSHOT_TWILIO_API_URL: account.twilio.apiUrl };
  const desk = await openDesk({ env, ...options });
  return { account, desk, env };
}

describe('the line of a new desk', () => {
  it('is the practice line, which is ready and rings here', async () => {
    const desk = await openDesk();
    expect(desk.state().line).toMatchObject({
      kind: 'practice',
      status: 'ready',
      number: '+14155550100',
      ringsOnRequest: true,
      account: null,
      accountKept: false,
      signaturesChecked: true,
      address: { kind: 'local', status: 'up' },
      pointing: { to: 'here' },
      test: { status: 'untested' },
    });
    expect(desk.state().line.directory.length).toBeGreaterThan(0);
    expect(desk.state().problems).toEqual([]);
    expect(await desk.run({ command: 'ring-me' })).toMatchObject({ ok: true });
    await desk.event('call-ringing', { direction: 'inbound' });
  });

  it('has no account to use', async () => {
    const desk = await openDesk();
    expect(await desk.run({ command: 'use-line', kind: 'practice' })).toEqual({ ok: true });
    expect(await desk.run({ command: 'use-line', kind: 'twilio' })).toMatchObject({
      ok: false,
      problem: { kind: 'not-available' },
    });
    expect(await desk.run({ command: 'alerts' })).toMatchObject({ ok: true, alerts: [] });
    expect(desk.state().line.status).toBe('ready');
  });

  it('is reached by its own address when that is tested', async () => {
    const desk = await openDesk();
    expect(await desk.run({ command: 'test-line' })).toMatchObject({
      ok: true,
      test: { status: 'reached', problem: null },
    });
    expect(desk.state().line.test.status).toBe('reached');
  });
});

describe('connecting an account', () => {
  it('reads it, sends its number here and takes its calls', async () => {
    const { account, desk } = await accountWithDesk({ secrets: secretBox() });
    expect(await connect(desk, account)).toEqual({ ok: true });
    const { twilio } = account;
    const { line } = desk.state();
    expect(line).toMatchObject({
      kind: 'twilio',
      status: 'ready',
      number: twilio.number,
      directory: [],
      ringsOnRequest: false,
      account: { sid: twilio.accountSid, type: 'full', status: 'active' },
      accountKept: true,
      pointing: { to: 'here' },
      problem: null,
    });
    expect(line.callerIds).toContainEqual(expect.objectContaining({ number: twilio.number }));
    expect(await destinationOf(account)).toBe(`${line.address.url}/voice/webhook`);
    expect(desk.state().problems).toEqual([]);

    const { callSid } = await twilio.ringIn();
    const { callId } = await desk.event('call-ringing', { callSid });
    expect(await desk.run({ command: 'answer', callId })).toEqual({ ok: true });
    await desk.event('stream-started', { callId });
    expect(await desk.run({ command: 'hang-up', callId })).toEqual({ ok: true });
    await desk.event('call-ended', { callId });
  });

  it('leaves the number where it is when that is wanted, until it is taken', async () => {
    const { account, desk } = await accountWithDesk();
    await connect(desk, account, { takeNumber: false });
    expect(await destinationOf(account)).toBe(BEFORE);
    expect(desk.state().line.pointing).toEqual({ to: 'elsewhere', voiceUrl: BEFORE });
    expect(await desk.run({ command: 'take-number' })).toEqual({ ok: true });
    expect(desk.state().line.pointing.to).toBe('here');
    expect(await destinationOf(account)).toContain('/voice/webhook');
    expect(await desk.run({ command: 'give-number-back' })).toEqual({ ok: true });
    expect(desk.state().line.pointing).toEqual({ to: 'elsewhere', voiceUrl: BEFORE });
    expect(await destinationOf(account)).toBe(BEFORE);
  });

  it('leaves the number with another desk, and says so, until it is taken', async () => {
    const { account, desk } = await accountWithDesk({ secrets: secretBox() });
    const other = await openWebhookServer({ deskId: 'another desk' });
    const [number] = await account.client.incomingPhoneNumbers.list();
    const voiceUrl = `${other.local}/voice/webhook`;
    await account.client.incomingPhoneNumbers(number?.sid ?? '').update({ voiceUrl });
    await connect(desk, account);
    expect(desk.state().line.pointing).toEqual({ to: 'another-desk', voiceUrl });
    expect(desk.state().problems).toMatchObject([{ problem: { kind: 'number-elsewhere' } }]);
    expect(await destinationOf(account)).toBe(voiceUrl);
    await desk.run({ command: 'take-number' });
    expect(desk.state().line.pointing.to).toBe('here');
    expect(desk.state().problems).toEqual([]);
    await desk.close();
    expect(await destinationOf(account)).toBe(voiceUrl);
    await other.close();
  });

  it('says that it is forgotten at the end where there is no place for secrets', async () => {
    const { account, desk } = await accountWithDesk();
    expect(await connect(desk, account)).toEqual({ ok: true });
    expect(desk.state().line).toMatchObject({ kind: 'twilio', status: 'ready' });
    expect(desk.state().problems).toMatchObject([{ problem: { kind: 'secrets-not-kept' } }]);
  });

  it('changes nothing when the token, the number or the address is wrong', async () => {
    const { account, desk } = await accountWithDesk({ secrets: secretBox() });
    const refused = [
      [{ authToken: 'f'.repeat(32) }, 'credentials-refused'],
      [{ number: '+14155550199' }, 'invalid-number'],
      [{ number: 'mine' }, 'invalid-number'],
      [{ address: { kind: 'given', url: 'http://desk.example.com' } }, 'invalid-configuration'],
    ] as const;
    for (const [change, kind] of refused) {
      expect(await connect(desk, account, change), kind).toMatchObject({
        ok: false,
        problem: { kind },
      });
    }
    expect(desk.state().line).toMatchObject({
      kind: 'practice',
      status: 'ready',
      accountKept: false,
    });
    expect(await destinationOf(account)).toBe(BEFORE);
  });
});

describe('disconnecting an account', () => {
  it('gives the number back and returns to the practice line', async () => {
    const { account, desk } = await accountWithDesk({ secrets: secretBox() });
    await connect(desk, account);
    expect(await desk.run({ command: 'disconnect-account' })).toEqual({ ok: true });
    expect(desk.state().line).toMatchObject({
      kind: 'practice',
      status: 'ready',
      account: null,
      accountKept: false,
      pointing: { to: 'here' },
    });
    expect(await destinationOf(account)).toBe(BEFORE);
    expect(await desk.run({ command: 'use-line', kind: 'twilio' })).toMatchObject({ ok: false });
    expect(await desk.run({ command: 'ring-me' })).toMatchObject({ ok: true });
    await desk.event('call-ringing');
  });

  it('tells when the number could not be given back: nobody can do so any more', async () => {
    const { account, desk } = await accountWithDesk({ secrets: secretBox() });
    await connect(desk, account);
    account.twilio.pretend({ wrongToken: true });
    expect(await desk.run({ command: 'disconnect-account' })).toEqual({ ok: true });
    expect(desk.state().line).toMatchObject({ kind: 'practice', status: 'ready' });
    expect(desk.state().problems).toMatchObject([
      { id: 'number-left', problem: { kind: 'refused-by-twilio' } },
    ]);
    account.twilio.pretend({ wrongToken: false });
    await connect(desk, account);
    expect(desk.state().problems).toEqual([]);
    await desk.close();
    expect(await destinationOf(account)).toBe(BEFORE);
  });
});

describe('disconnecting an account whose number another desk has taken', () => {
  it('tells that calls come back here when that desk quits', async () => {
    const { account, desk } = await accountWithDesk({ secrets: secretBox() });
    await connect(desk, account);
    const other = await openDesk({ env: environmentOf(account) });
    await other.run({ command: 'take-number' });
    // Looks where the number goes, as it does every minute.
    await desk.run({ command: 'give-number-back' });
    expect(desk.state().line.pointing.to).toBe('another-desk');
    expect(await desk.run({ command: 'disconnect-account' })).toEqual({ ok: true });
    expect(desk.state().problems).toMatchObject([
      { id: 'number-left', problem: { message: expect.stringContaining('Another Earshot') } },
    ]);
  });
});

describe('an account that is kept', () => {
  it('is used by the next run, and gives its number back at the end of each', async () => {
    const secrets = secretBox();
    const { account, desk, env } = await accountWithDesk({ secrets });
    await connect(desk, account);
    await desk.close();
    expect(await destinationOf(account)).toBe(BEFORE);
    const next = await openDesk({ env, dataDir: desk.dataDir, secrets });
    expect(next.state().line).toMatchObject({ kind: 'twilio', status: 'ready', accountKept: true });
    expect(await destinationOf(account)).toContain('/voice/webhook');
    await next.close();
    expect(await destinationOf(account)).toBe(BEFORE);
  });

  it('can rest while the practice line is used, also over runs', async () => {
    const secrets = secretBox();
    const { account, desk, env } = await accountWithDesk({ secrets });
    await connect(desk, account);
    expect(await desk.run({ command: 'use-line', kind: 'practice' })).toEqual({ ok: true });
    expect(desk.state().line).toMatchObject({ kind: 'practice', accountKept: true, account: null });
    expect(await destinationOf(account)).toBe(BEFORE);
    await desk.close();
    const next = await openDesk({ env, dataDir: desk.dataDir, secrets });
    expect(next.state().line).toMatchObject({ kind: 'practice', accountKept: true });
    expect(await next.run({ command: 'use-line', kind: 'twilio' })).toEqual({ ok: true });
    expect(next.state().line).toMatchObject({ kind: 'twilio', status: 'ready' });
    expect(await next.run({ command: 'use-line', kind: 'twilio' })).toEqual({ ok: true });
  });

  it('whose token was changed meanwhile leaves the line down, and says why', async () => {
    const secrets = secretBox();
    const { account, desk, env } = await accountWithDesk({ secrets });
    await connect(desk, account);
    await desk.close();
    account.twilio.pretend({ wrongToken: true });
    const next = await openDesk({ env, dataDir: desk.dataDir, secrets });
    expect(next.state().line).toMatchObject({
      kind: 'twilio',
      status: 'down',
      accountKept: true,
      problem: { kind: 'credentials-refused' },
    });
    expect(await next.run({ command: 'dial', to: '+14155550101' })).toMatchObject({
      ok: false,
      problem: { kind: 'line-down' },
    });
    expect(await next.run({ command: 'disconnect-account' })).toEqual({ ok: true });
    expect(next.state().line).toMatchObject({ kind: 'practice', status: 'ready' });
  });

  it('that cannot be opened is told, and the practice line is used', async () => {
    const { account, desk, env } = await accountWithDesk({ secrets: secretBox() });
    await connect(desk, account);
    await desk.close();
    const next = await openDesk({ env, dataDir: desk.dataDir, secrets: secretBox() });
    expect(next.state().line).toMatchObject({ kind: 'practice', accountKept: false });
    expect(next.state().problems).toMatchObject([{ problem: { kind: 'account-unreadable' } }]);
  });
});

describe('a line on which a call stands', () => {
  it('stays as it is also for a call that came while the account was looked at', async () => {
    const { account, desk } = await accountWithDesk({ secrets: secretBox() });
    account.twilio.pretend({ slowRestMs: 300 });
    const connecting = connect(desk, account);
    await desk.run({ command: 'ring-me' });
    const { callId } = await desk.event('call-ringing');
    expect(await connecting).toMatchObject({ problem: { kind: 'wrong-call-state' } });
    expect(desk.state().line).toMatchObject({ kind: 'practice', accountKept: false });
    expect(desk.state().calls).toMatchObject([{ id: callId, status: 'ringing' }]);
  });

  it('stays as it is', async () => {
    const { account, desk } = await accountWithDesk({ secrets: secretBox() });
    await connect(desk, account);
    await account.twilio.ringIn();
    const { callId } = await desk.event('call-ringing');
    const commands = [{ command: 'disconnect-account' }, { command: 'use-line', kind: 'practice' }];
    for (const command of commands) {
      expect(await desk.run(command)).toMatchObject({
        ok: false,
        problem: { kind: 'wrong-call-state' },
      });
    }
    expect(await connect(desk, account)).toMatchObject({ ok: false });
    expect(desk.state().line).toMatchObject({ kind: 'twilio', status: 'ready' });
    await desk.run({ command: 'decline', callId });
    await desk.event('call-ended', { callId });
    expect(await desk.run({ command: 'use-line', kind: 'practice' })).toEqual({ ok: true });
  });
});
