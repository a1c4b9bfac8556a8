import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createPointedNumbers } from '../../electron/store/pointed-numbers.ts';
import { listNumbers, pointNumber } from '../../electron/twilio/numbers.ts';
import { introduction } from '../support/builders.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { BEFORE, connect, destinationOf, environmentOf, openAccount } from './account.ts';

describe('a line that the environment gives', () => {
  it('is the account’s, with its number taken while it runs', async () => {
    const account = await openAccount({ voiceUrl: BEFORE });
    const desk = await openDesk({ env: environmentOf(account) });
    expect(desk.state().line).toMatchObject({
      kind: 'twilio',
      status: 'ready',
      accountKept: true,
      address: { kind: 'local' },
      pointing: { to: 'here' },
    });
    for (const command of [
      { command: 'disconnect-account' },
      { command: 'use-line', kind: 'practice' },
    ]) {
      expect(await desk.run(command)).toMatchObject({
        ok: false,
        problem: { kind: 'not-available', remedy: expect.stringContaining('environment') },
      });
    }
    expect(await connect(desk, account)).toMatchObject({ problem: { kind: 'not-available' } });
    await desk.close();
    expect(await destinationOf(account)).toBe(BEFORE);
  });

  it('may leave the number alone', async () => {
    const account = await openAccount({ voiceUrl: BEFORE });
    const desk = await openDesk({ env: { ...environmentOf(account), EARSHOT_POINT_NUMBER: '0' } });
    expect(desk.state().line).toMatchObject({ status: 'ready', pointing: { to: 'elsewhere' } });
    expect(await destinationOf(account)).toBe(BEFORE);
  });

  it('is down with a wrong API key, and says that it is the key', async () => {
    const account = await openAccount();
    const { sid } = account.twilio.apiKey;
    const key = { TWILIO_API_KEY: sid, TWILIO_API_SECRET: 'f'.repeat(32) };
    const desk = await openDesk({ env: { ...environmentOf(account), ...key } });
    expect(desk.state().line).toMatchObject({
      status: 'down',
      problem: {
        kind: 'credentials-refused',
        message: expect.stringContaining('API key or its secret'),
      },
    });
  });

  it('says that signatures are not checked when they are not', async () => {
    const desk = await openDesk({ env: { EARSHOT_SKIP_SIGNATURE: '1' } });
    expect(desk.state().line.signaturesChecked).toBe(false);
    expect(desk.state().problems).toMatchObject([{ problem: { kind: 'signatures-skipped' } }]);
  });
});

describe('a run after one that ended badly', () => {
  /** What such a run leaves: a call that stood, and a number that is still sent to its address. */
  async function leftovers() {
    const account = await openAccount({ voiceUrl: BEFORE });
    const { twilio, client } = account;
    const [before] = await listNumbers(client, twilio.number);
    if (before === undefined) throw new Error('the number is gone');
    const here = 'http://127.0.0.1:1/voice/webhook';
    await pointNumber(client, before.sid, { voiceUrl: here, statusCallback: here });
    const dataDir = tempFolder();
    const { database } = openDatabase(join(dataDir, 'earshot.db'), 'then');
    createPointedNumbers(database).keep({
      numberSid: before.sid,
      accountSid: twilio.accountSid,
      here,
      before: JSON.stringify(before),
    });
    const store = createCallStore(database, () => {});
    store.append({ event: 'call-ringing', ...introduction('left'), at: 1000 });
    store.close();
    return { account, dataDir };
  }

  const historyOf = async (desk: Desk): Promise<unknown> =>
    (await desk.run({ command: 'history' })) as unknown;

  it('ends calls that Twilio does not know any more, and takes the number again', async () => {
    const { account, dataDir } = await leftovers();
    const desk = await openDesk({ env: environmentOf(account), dataDir });
    expect(await historyOf(desk)).toMatchObject({ calls: [{ id: 'left', reason: 'interrupted' }] });
    expect(await destinationOf(account)).toBe(`${desk.state().line.address.url}/voice/webhook`);
    await desk.close();
    expect(await destinationOf(account)).toBe(BEFORE);
  });

  it('gives the number back at once when it does not take it', async () => {
    const { account, dataDir } = await leftovers();
    const env = { ...environmentOf(account), EARSHOT_POINT_NUMBER: '0' };
    const desk = await openDesk({ env, dataDir });
    expect(desk.state().line.pointing).toEqual({ to: 'elsewhere', voiceUrl: BEFORE });
    expect(await destinationOf(account)).toBe(BEFORE);
  });

  it('ends its calls also when the port was taken at first', async () => {
    const { account, dataDir } = await leftovers();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const env = { ...environmentOf(account), PORT: String(port) };
    const desk = await openDesk({ env, dataDir });
    expect(desk.state().line).toMatchObject({
      status: 'down',
      problem: { kind: 'port-taken' },
    });
    expect(await historyOf(desk)).toMatchObject({ calls: [] });
    expect(await desk.run({ command: 'open-line', port: 0 })).toEqual({ ok: true });
    expect(desk.state().line).toMatchObject({ status: 'ready', problem: null });
    expect(await historyOf(desk)).toMatchObject({ calls: [{ id: 'left', reason: 'interrupted' }] });
  });

  it('on the practice line ends its calls, which ended with that line', async () => {
    const { dataDir } = await leftovers();
    const desk = await openDesk({ dataDir });
    expect(await historyOf(desk)).toMatchObject({ calls: [{ id: 'left', reason: 'interrupted' }] });
  });
});

describe('a run whose number Twilio would not take back', () => {
  it('ends all the same, and the next one gives it back', async () => {
    const account = await openAccount({ voiceUrl: BEFORE });
    const env = environmentOf(account);
    const desk = await openDesk({ env });
    account.twilio.pretend({ wrongToken: true });
    await desk.close();
    account.twilio.pretend({ wrongToken: false });
    expect(await destinationOf(account)).not.toBe(BEFORE);
    const next = await openDesk({ env, dataDir: desk.dataDir });
    expect(next.state().line.pointing.to).toBe('here');
    await next.close();
    expect(await destinationOf(account)).toBe(BEFORE);
  });
});

describe('two desks on one number', () => {
  /** A number at its owner’s, taken by one desk and then by another against it. */
  async function twoDesks() {
    const account = await openAccount({ voiceUrl: BEFORE });
    const env = environmentOf(account);
    const first = await openDesk({ env });
    const second = await openDesk({ env });
    expect(second.state().problems).toMatchObject([{ problem: { kind: 'number-elsewhere' } }]);
    expect(await second.run({ command: 'take-number' })).toEqual({ ok: true });
    return { account, env, first, second };
  }

  it('leave it as it was, the first at the latest with its next run', async () => {
    const { account, env, first, second } = await twoDesks();
    await first.close();
    expect(await destinationOf(account)).toBe(`${second.state().line.address.url}/voice/webhook`);
    await second.close();
    const next = await openDesk({ env, dataDir: first.dataDir });
    expect(next.state().line.pointing.to).toBe('here');
    await next.close();
    expect(await destinationOf(account)).toBe(BEFORE);
  });

  it('leave it as it was also when the next run of the first does not take it', async () => {
    const { account, env, first, second } = await twoDesks();
    await first.close();
    await second.close();
    await openDesk({ env: { ...env, EARSHOT_POINT_NUMBER: '0' }, dataDir: first.dataDir });
    expect(await destinationOf(account)).toBe(BEFORE);
  });
});
