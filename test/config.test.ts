import { writeFileSync } from 'node:fs';
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

describe('the configuration', () => {
  it('is the practice line with quiet defaults when nothing is set', () => {
    expect(readConfig({}, [])).toEqual({
      line: { kind: 'practice' },
      port: 3334,
      host: '127.0.0.1',
      publicUrl: null,
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
        EARSHOT_TWILIO_API_URL: 'http://127.0.0.1:4010/',
        PORT: '0',
        HOST: '0.0.0.0',
        PUBLIC_URL: 'https://desk.example.com/',
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
        accountSid: 'AC1',
        authToken: 'secret',
        number: '+14155550100',
        apiUrl: 'http://127.0.0.1:4010',
      },
      port: 0,
      host: '0.0.0.0',
      publicUrl: 'https://desk.example.com',
      logLevel: 'debug',
      target: null,
      headlessSound: true,
      printEvents: true,
      picturePath: '/tmp/window.png',
    });
  });

  it('takes the names the older systems used, after its own', () => {
    const old = { TWILIO_SID: 'AC2', TWILIO_AUTH_TOKEN: 'secret', TWILIO_NUMBER: '+14155550200' };
    expect(readConfig(old, []).line).toMatchObject({ accountSid: 'AC2', number: '+14155550200' });
    expect(readConfig({ ...old, ...ACCOUNT }, []).line).toMatchObject({
      accountSid: 'AC1',
      number: '+14155550100',
    });
    expect(readConfig({ VOICECHAT_WEBHOOK_PORT: '4000' }, []).port).toBe(4000);
    expect(readConfig({ VOICECHAT_WEBHOOK_PORT: '4000', PORT: '5000' }, []).port).toBe(5000);
  });

  it('takes an empty variable for one that is not set', () => {
    const config = readConfig({ PORT: '', PUBLIC_URL: '', TWILIO_ACCOUNT_SID: '' }, []);
    expect(config).toEqual(readConfig({}, []));
    const alias = { ...ACCOUNT, TWILIO_ACCOUNT_SID: '', TWILIO_SID: 'AC2' };
    expect(readConfig(alias, []).line).toMatchObject({ accountSid: 'AC2' });
  });

  it('chooses the line that was asked for over the account that is there', () => {
    const config = readConfig({ ...ACCOUNT, EARSHOT_LINE: 'practice' }, []);
    expect(config.line).toEqual({ kind: 'practice' });
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
  ])('is refused by the name of its variable, %s: %j', (name, environment) => {
    expect(refusal(environment)).toContain(name);
  });

  it('is refused by the name of its flag', () => {
    expect(refusal({}, ['--log-level', 'chatty'])).toContain('--log-level');
  });

  it('never repeats a secret', () => {
    expect(refusal({ ...ACCOUNT, TWILIO_PHONE_NUMBER: '' })).not.toContain('secret');
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

  it('may be missing', () => {
    expect(withEnvFile({ PORT: '5000' }, tempFolder())).toEqual({ PORT: '5000' });
  });
});
