import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { trustedApi } from '../../electron/line/kept-account.ts';
import { openDesk } from '../support/desk.ts';
import { secretBox } from '../support/secret-box.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type Account, connect, environmentOf, openAccount } from './account.ts';

/** A server whose address does not look like one of this computer: what is asked of it is counted. */
async function stranger() {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://0.0.0.0:${port}`, asked: () => asked };
}

/** A folder with an account that a person connected, and the key to it. */
async function kept(account: Account) {
  const dataDir = tempFolder();
  const secrets = secretBox();
  const env = { EARSHOT_TWILIO_API_URL: account.twilio.apiUrl };
  const desk = await openDesk({ dataDir, secrets, env });
  expect(await connect(desk, account)).toEqual({ ok: true });
  await desk.close();
  return { dataDir, secrets };
}

describe('an account that is kept', () => {
  it('is not sent to an address of the environment that is not Twilio’s', async () => {
    const account = await openAccount();
    const { dataDir, secrets } = await kept(account);
    const { url, asked } = await stranger();
    const desk = await openDesk({ dataDir, secrets, env: { EARSHOT_TWILIO_API_URL: url } });
    expect(desk.state().line).toMatchObject({
      kind: 'twilio',
      status: 'down',
      problem: {
        kind: 'invalid-configuration',
        message: expect.stringContaining('EARSHOT_TWILIO_API_URL'),
        remedy: expect.stringContaining('Remove EARSHOT_TWILIO_API_URL'),
      },
    });
    expect(asked()).toBe(0);
    expect(await desk.run({ command: 'use-line', kind: 'practice' })).toEqual({ ok: true });
    expect(desk.state().line).toMatchObject({ kind: 'practice', status: 'ready' });
  });

  it('is not sent there either while it is entered', async () => {
    const account = await openAccount();
    const { url, asked } = await stranger();
    const desk = await openDesk({ secrets: secretBox(), env: { EARSHOT_TWILIO_API_URL: url } });
    const refused = { ok: false, problem: { kind: 'invalid-configuration' } };
    expect(await connect(desk, account)).toMatchObject(refused);
    const { accountSid, authToken } = account.twilio;
    expect(await desk.run({ command: 'check-account', accountSid, authToken })).toMatchObject(
      refused,
    );
    expect(asked()).toBe(0);
  });

  it('goes to a stand-in on this computer as before', async () => {
    const account = await openAccount();
    const { dataDir, secrets } = await kept(account);
    const env = { EARSHOT_TWILIO_API_URL: account.twilio.apiUrl };
    const desk = await openDesk({ dataDir, secrets, env });
    expect(desk.state().line).toMatchObject({ kind: 'twilio', status: 'ready' });
  });
});

describe('an account of the environment', () => {
  // Windows reaches nobody by this address.
  it.skipIf(process.platform === 'win32')('goes where the environment says', async () => {
    const account = await openAccount();
    const { url, asked } = await stranger();
    await openDesk({ env: { ...environmentOf(account), EARSHOT_TWILIO_API_URL: url } });
    expect(asked()).toBeGreaterThan(0);
  });
});

describe('an address for accounts that are kept', () => {
  it.each([
    'https://api.twilio.com',
    'https://api.dublin.ie1.twilio.com',
    'http://127.0.0.1:4010',
    'http://localhost:4010',
    'http://[::1]:4010',
  ])('may be %s', url => {
    expect(trustedApi(url)).toBe(url);
  });

  it.each([
    'http://evil.example',
    'https://evil.example',
    'http://api.twilio.com',
    'https://api.twilio.com.evil.example',
    'https://nottwilio.com',
    'https://api.twilio.com@evil.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
  ])('may not be %s', url => {
    expect(() => trustedApi(url)).toThrow('EARSHOT_TWILIO_API_URL');
  });
});
