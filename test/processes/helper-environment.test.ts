import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forkHelpers } from '../../electron/processes/fork-helper.ts';
import { helperEnvironment } from '../../electron/processes/helper-environment.ts';
import { tempFolder } from '../support/temp-folder.ts';

const SECRETS = {
  TWILIO_AUTH_TOKEN: 'planted token',
  TWILIO_API_SECRET: 'planted secret',
  OPENAI_API_KEY: 'planted key',
  DEEPGRAM_API_KEY: 'planted key',
  NGROK_AUTHTOKEN: 'planted token',
  EARSHOT_RELAY_KEY: 'planted key',
  AWS_SECRET_ACCESS_KEY: 'planted key',
  NODE_OPTIONS: '--require=/tmp/planted.cjs',
  ELECTRON_RUN_AS_NODE: '1',
};

const NEEDED = {
  PATH: '/usr/bin',
  HOME: '/home/maria',
  LC_ALL: 'en_US.UTF-8',
  XDG_RUNTIME_DIR: '/run/user/1000',
  PULSE_SERVER: 'unix:/run/pulse',
  JACK_DEFAULT_SERVER: 'mine',
  JACK_NO_START_SERVER: '1',
  ALSA_CONFIG_PATH: '/etc/asound.conf',
  LD_LIBRARY_PATH: '/opt/lib',
  SystemRoot: 'C:\\Windows',
};

/** Starts a helper that reports what its environment is. */
async function environmentOfHelper(): Promise<NodeJS.ProcessEnv> {
  const folder = tempFolder();
  writeFileSync(
    join(folder, 'device-process.cjs'),
    'process.once("message", () => process.send(process.env));',
  );
  return new Promise(resolve => {
    const launch = forkHelpers(folder)<object, NodeJS.ProcessEnv>({
      name: 'device-process',
      title: 'Teller',
      threads: 3,
    });
    const helper = launch({ onReport: resolve, onExit: () => {} });
    onTestFinished(() => helper.kill());
    helper.send({});
  });
}

describe('the environment of a helper', () => {
  it('has what native code needs, and nothing else', () => {
    const environment = helperEnvironment({ ...SECRETS, ...NEEDED }, undefined);
    expect(environment).toEqual(NEEDED);
  });

  it('tells how many threads there are', () => {
    expect(helperEnvironment({ UV_THREADPOOL_SIZE: '64' }, 2)).toEqual({ UV_THREADPOOL_SIZE: '2' });
    expect(helperEnvironment({ UV_THREADPOOL_SIZE: '64' }, undefined)).toEqual({});
  });

  it('is all that a real one gets', async () => {
    for (const [name, value] of Object.entries({ ...SECRETS, JACK_DEFAULT_SERVER: 'mine' })) {
      const before = process.env[name];
      process.env[name] = value;
      onTestFinished(() => {
        if (before === undefined) delete process.env[name];
        else process.env[name] = before;
      });
    }
    const environment = await environmentOfHelper();
    expect(JSON.stringify(environment)).not.toContain('planted');
    expect(environment['TWILIO_AUTH_TOKEN']).toBeUndefined();
    expect(environment).toMatchObject({ JACK_DEFAULT_SERVER: 'mine', UV_THREADPOOL_SIZE: '3' });
  });

  it('is never the whole one of this process', () => {
    const folder = join(import.meta.dirname, '../../electron');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      name =>
        name.endsWith('.ts') && readFileSync(join(folder, name), 'utf8').includes('...process.env'),
    );
    expect(files).toEqual([]);
  });
});
