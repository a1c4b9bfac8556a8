import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Environment, readConfig, withEnvFile } from '../electron/config.ts';
import { ProblemError } from '../electron/core/problem.ts';
import { tempFolder } from './support/temp-folder.ts';

const ACCOUNT: Environment = {
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: 'secret',
  TWILIO_PHONE_NUMBER: '+14155550100',
};

function refusal(environment: Environment, args: readonly string[] = []): string {
  try {
    readConfig(environment, args);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.kind === 'invalid-configuration') {
      return error.problem.message;
    }
    throw error;
  }
  throw new Error('The configuration was taken.');
}

const RELAY: Environment = {
  EARSHOT_RELAY_URL: 'https://relay.example.com/',
  EARSHOT_RELAY_EMPLOYEE_ID: 'employee 7',
  EARSHOT_RELAY_KEY: 'agent key',
};

describe('the configuration', () => {
  it('leaves the line to the person, with quiet defaults, when nothing is set', () => {
    expect(readConfig({}, [])).toEqual({
      line: { kind: 'chosen' },
      port: 3334,
      host: '127.0.0.1',
      address: { kind: 'none' },
      apiUrl: null,
      transcribers: {
        openai: { key: null, url: 'wss://api.openai.com' },
        deepgram: { key: null, url: 'wss://api.deepgram.com' },
      },
      pointNumber: true,
      forwarding: {
        allowedHosts: [],
        trustedProxies: [],
        trustForwarded: false,
        ngrokLoopback: false,
      },
      skipSignature: false,
      logLevel: 'warning',
      target: null,
      headlessSound: false,
      printEvents: false,
      picturePath: null,
    });
  });

  it('takes every variable', () => {
    const config = readConfig(
      {
        ...ACCOUNT,
        ...RELAY,
        TWILIO_API_KEY: 'SK1',
        TWILIO_API_SECRET: 'key secret',
        EARSHOT_TWILIO_API_URL: 'http://127.0.0.1:4010/',
        EARSHOT_POINT_NUMBER: '0',
        OPENAI_API_KEY: 'sk-1',
        DEEPGRAM_API_KEY: ' dg-1 ',
        EARSHOT_OPENAI_URL: 'http://127.0.0.1:4020/',
        EARSHOT_DEEPGRAM_URL: 'wss://speech.example.com',
        PORT: '0',
        HOST: '0.0.0.0',
        NGROK_AUTHTOKEN: 'tunnel token',
        NGROK_DOMAIN: 'desk.ngrok.app',
        EARSHOT_ALLOWED_HOSTS: 'desk.example.com, other.example.com ,',
        EARSHOT_TRUSTED_PROXIES: '10.0.0.1,10.0.0.2',
        EARSHOT_TRUST_FORWARDED: '1',
        EARSHOT_NGROK_LOOPBACK: '1',
        EARSHOT_SKIP_SIGNATURE: '1',
        LOG_LEVEL: 'debug',
        EARSHOT_SOUND: '1',
        EARSHOT_PRINT_EVENTS: '1',
        EARSHOT_PICTURE: '/tmp/window.png',
      },
      [],
    );
    expect(config).toEqual({
      line: {
        kind: 'twilio',
        account: {
          accountSid: 'AC1',
          authToken: 'secret',
          apiKey: { sid: 'SK1', secret: 'key secret' },
          number: '+14155550100',
        },
        relay: {
          baseUrl: 'https://relay.example.com',
          employeeId: 'employee 7',
          key: 'agent key',
          authToken: 'secret',
          number: '+14155550100',
        },
      },
      port: 0,
      host: '0.0.0.0',
      address: { kind: 'tunnel', authtoken: 'tunnel token', domain: 'desk.ngrok.app' },
      apiUrl: 'http://127.0.0.1:4010',
      transcribers: {
        openai: { key: 'sk-1', url: 'ws://127.0.0.1:4020' },
        deepgram: { key: 'dg-1', url: 'wss://speech.example.com' },
      },
      pointNumber: false,
      forwarding: {
        allowedHosts: ['desk.example.com', 'other.example.com'],
        trustedProxies: ['10.0.0.1', '10.0.0.2'],
        trustForwarded: true,
        ngrokLoopback: true,
      },
      skipSignature: true,
      logLevel: 'debug',
      target: null,
      headlessSound: true,
      printEvents: true,
      picturePath: '/tmp/window.png',
    });
  });

  it('takes the names the older systems used, after its own', () => {
    const old = { TWILIO_SID: 'AC2', TWILIO_AUTH_TOKEN: 'secret', TWILIO_NUMBER: '+14155550200' };
    expect(readConfig(old, []).line).toMatchObject({
      account: { accountSid: 'AC2', number: '+14155550200' },
    });
    expect(readConfig({ ...old, ...ACCOUNT }, []).line).toMatchObject({
      account: { accountSid: 'AC1', number: '+14155550100' },
    });
    expect(readConfig({ VOICECHAT_WEBHOOK_PORT: '4000' }, []).port).toBe(4000);
    expect(readConfig({ VOICECHAT_WEBHOOK_PORT: '4000', PORT: '5000' }, []).port).toBe(5000);
    const address = { VOICECHAT_PUBLIC_BASE_URL: 'https://old.example.com/' };
    expect(readConfig(address, []).address).toEqual({
      kind: 'given',
      url: 'https://old.example.com',
    });
    const newer = { ...address, PUBLIC_URL: 'https://new.example.com' };
    expect(readConfig(newer, []).address).toMatchObject({ url: 'https://new.example.com' });
  });

  it('takes an empty variable for one that is not set', () => {
    const config = readConfig(
      { PORT: '', PUBLIC_URL: '', TWILIO_ACCOUNT_SID: '', NGROK_AUTHTOKEN: '', TWILIO_API_KEY: '' },
      [],
    );
    expect(config).toEqual(readConfig({}, []));
    const alias = { ...ACCOUNT, TWILIO_ACCOUNT_SID: '', TWILIO_SID: 'AC2' };
    expect(readConfig(alias, []).line).toMatchObject({ account: { accountSid: 'AC2' } });
  });

  it('chooses the line that was asked for over the account that is there', () => {
    const config = readConfig({ ...ACCOUNT, ...RELAY, EARSHOT_LINE: 'practice' }, []);
    expect(config.line).toEqual({ kind: 'practice' });
  });

  it('takes an API key in place of the auth token, or beside it', () => {
    const key = { TWILIO_API_KEY: 'SK1', TWILIO_API_SECRET: 'key secret' };
    const apiKey = { sid: 'SK1', secret: 'key secret' };
    expect(readConfig({ ...ACCOUNT, ...key }, []).line).toMatchObject({
      account: { authToken: 'secret', apiKey },
    });
    expect(readConfig({ ...ACCOUNT, ...key, TWILIO_AUTH_TOKEN: '' }, []).line).toMatchObject({
      account: { authToken: null, apiKey },
    });
  });

  it('takes a relay without an account, under both of its names', () => {
    const relay = {
      baseUrl: 'https://relay.example.com',
      employeeId: 'employee 7',
      key: 'agent key',
      authToken: null,
      number: null,
    };
    const expected = { kind: 'twilio', account: null, relay };
    expect(readConfig(RELAY, []).line).toEqual(expected);
    const old = {
      TABHR_API_BASE_URL: 'https://relay.example.com',
      TABHR_EMPLOYEE_ID: 'employee 7',
      TABHR_API_KEY: 'agent key',
    };
    expect(readConfig(old, []).line).toEqual(expected);
    const both = { ...old, TABHR_EMPLOYEE_ID: '8', TABHR_API_KEY: 'old key', ...RELAY };
    expect(readConfig(both, []).line).toEqual(expected);
  });

  it('keeps the token and the number of the account that a relay uses', () => {
    const known = { TWILIO_AUTH_TOKEN: 'secret', TWILIO_PHONE_NUMBER: '+14155550100' };
    expect(readConfig({ ...RELAY, ...known }, []).line).toMatchObject({
      account: null,
      relay: { authToken: 'secret', number: '+14155550100' },
    });
    expect(readConfig({ ...RELAY, TWILIO_NUMBER: '+14155550200' }, []).line).toMatchObject({
      relay: { authToken: null, number: '+14155550200' },
    });
  });

  it('opens a tunnel only when no public address is given', () => {
    const tunnel = { NGROK_AUTHTOKEN: 'tunnel token' };
    expect(readConfig(tunnel, []).address).toEqual({
      kind: 'tunnel',
      authtoken: 'tunnel token',
      domain: null,
    });
    expect(readConfig({ ...tunnel, PUBLIC_URL: 'https://desk.example.com' }, []).address).toEqual({
      kind: 'given',
      url: 'https://desk.example.com',
    });
    expect(readConfig({ NGROK_DOMAIN: 'desk.ngrok.app' }, []).address).toEqual({ kind: 'none' });
  });

  it('takes flags in both forms, over the variables', () => {
    const apart = readConfig({ LOG_LEVEL: 'error' }, [
      ...['--target', '+15551234567'],
      ...['--log-level', 'debug'],
    ]);
    const joined = readConfig({ LOG_LEVEL: 'error' }, [
      '--target=+15551234567',
      '--log-level=debug',
    ]);
    expect(apart).toMatchObject({ target: '+15551234567', logLevel: 'debug' });
    expect(joined).toEqual(apart);
  });

  it('leaves the flags of Electron alone', () => {
    expect(readConfig({}, ['--no-sandbox', '--inspect=0', '/app'])).toEqual(readConfig({}, []));
  });
});

describe('a configuration that is not understood', () => {
  it.each([
    ['PORT', { PORT: 'many' }],
    ['PORT', { PORT: '70000' }],
    ['VOICECHAT_WEBHOOK_PORT', { VOICECHAT_WEBHOOK_PORT: '1.5' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'desk.example.com' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'ftp://desk.example.com' }],
    ['EARSHOT_TWILIO_API_URL', { EARSHOT_TWILIO_API_URL: 'nowhere' }],
    ['EARSHOT_LINE', { EARSHOT_LINE: 'carrier-pigeon' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'chatty' }],
    ['EARSHOT_SOUND', { EARSHOT_SOUND: 'yes' }],
    ['TWILIO_ACCOUNT_SID', { EARSHOT_LINE: 'twilio' }],
    ['TWILIO_AUTH_TOKEN', { ...ACCOUNT, TWILIO_AUTH_TOKEN: undefined }],
    ['TWILIO_PHONE_NUMBER', { ...ACCOUNT, TWILIO_PHONE_NUMBER: '' }],
    ['TWILIO_PHONE_NUMBER', { ...ACCOUNT, TWILIO_PHONE_NUMBER: '(415) 555-0100' }],
    ['TWILIO_PHONE_NUMBER', { ...RELAY, TWILIO_PHONE_NUMBER: '(415) 555-0100' }],
    ['TWILIO_API_SECRET', { ...ACCOUNT, TWILIO_API_KEY: 'SK1' }],
    ['TWILIO_API_KEY', { ...ACCOUNT, TWILIO_API_SECRET: 'secret' }],
    ['EARSHOT_RELAY_URL', { ...RELAY, EARSHOT_RELAY_URL: 'relay' }],
    ['EARSHOT_RELAY_EMPLOYEE_ID', { ...RELAY, EARSHOT_RELAY_EMPLOYEE_ID: '' }],
    ['EARSHOT_RELAY_KEY', { ...RELAY, EARSHOT_RELAY_KEY: '' }],
    ['EARSHOT_POINT_NUMBER', { EARSHOT_POINT_NUMBER: 'no' }],
    ['EARSHOT_SKIP_SIGNATURE', { EARSHOT_SKIP_SIGNATURE: 'true' }],
    ['EARSHOT_TRUST_FORWARDED', { EARSHOT_TRUST_FORWARDED: '2' }],
  ])('is refused by the name of its variable, %s: %j', (name, environment) => {
    expect(refusal(environment)).toContain(name);
  });

  it('is refused by the name of its flag', () => {
    expect(refusal({}, ['--log-level', 'chatty'])).toContain('--log-level');
    expect(refusal({}, ['--target'])).toContain('--target');
  });

  it('never repeats a secret', () => {
    expect(refusal({ ...ACCOUNT, TWILIO_PHONE_NUMBER: '' })).not.toContain('secret');
    expect(refusal({ ...ACCOUNT, TWILIO_API_SECRET: 'key secret' })).not.toContain('key secret');
    expect(refusal({ ...RELAY, EARSHOT_RELAY_EMPLOYEE_ID: '' })).not.toContain('agent key');
  });
});

describe('the .env file', () => {
  it('adds its variables to those of the process, which win', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, '.env'), '# a desk\nPORT=4000\nTWILIO_AUTH_TOKEN="a b"\n');
    expect(withEnvFile({ PORT: '5000', HOST: '::1' }, folder)).toEqual({
      PORT: '5000',
      HOST: '::1',
      TWILIO_AUTH_TOKEN: 'a b',
    });
  });

  it('is not read by an installed app, which may be opened from any folder', () => {
    expect(withEnvFile({ PORT: '5000' }, null)).toEqual({ PORT: '5000' });
    const main = readFileSync(join(import.meta.dirname, '../electron/main.ts'), 'utf8');
    expect(main).toContain('electron.isPackaged ? null : process.cwd()');
  });

  it('may be missing', () => {
    expect(withEnvFile({ PORT: '5000' }, tempFolder())).toEqual({ PORT: '5000' });
  });
});
