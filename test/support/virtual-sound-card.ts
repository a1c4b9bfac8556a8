// A sound card in memory that keeps time, for tests of what the app plays and hears: a private
// JACK server without hardware, offered to ALSA programs as their default device. Linux only.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { readWav, type StereoSound, writeWav } from './sound-file.ts';

/** The card's only sample rate. */
export const CARD_RATE_HZ = 48_000;

const START_LIMIT_MS = 15_000;
/** JACK waits for seconds on programs that died with their ports open. */
const END_LIMIT_MS = 500;
const JOIN_INTERVAL_MS = 100;
/** A program that asks the server something and is not answered by then never is: the server lost it. */
const ASK_LIMIT_MS = 3000;
/** How long a recorder or a player may take to end once it is over. */
const LEAVE_LIMIT_MS = 5000;
/** Silence in front of what is played, in which the microphones are joined to it. */
const LEAD_MS = 400;
/** Silence behind it: the player ends before its last moment was heard. */
const TAIL_MS = 200;

const execute = promisify(execFile);

/** A sound card that only programs given its `env` see. */
export type VirtualSoundCard = {
  /** Variables for the program under test. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts to record everything that is played on the card, by programs already there or to come. */
  record(): Promise<SoundRecording>;
  /** Speaks mono samples (48 kHz) into every open microphone; done once they have been heard. */
  play(samples: Int16Array): Promise<void>;
  /** Stops everything; safe to call twice. */
  close(): Promise<void>;
};

/** A recording under way. */
type SoundRecording = { stop(): Promise<StereoSound> };

/** Whether this computer has what the card is made of. */
export function hasVirtualSoundCard(): boolean {
  const tools = ['jackd', 'jack_lsp', 'jack_connect', 'jack-record', 'jack-play'];
  return (
    process.platform === 'linux' &&
    tools.every(tool => spawnSync('which', [tool], { stdio: 'ignore' }).status === 0)
  );
}

/** Whether programs may go before all others here: the administrator's do on most computers. */
const keepsTime = (() => {
  let known: boolean | undefined;
  return (): boolean => {
    known ??= spawnSync('chrt', ['--rr', '1', 'true'], { stdio: 'ignore' }).status === 0;
    return known;
  };
})();

let cards = 0;

/** Starts a card of its own. */
export async function openVirtualSoundCard(): Promise<VirtualSoundCard> {
  await forgetDeadServers();
  const folder = await mkdtemp(join(tmpdir(), 'earshot-sound-card-'));
  const name = `earshot-${process.pid}-${cards++}`;
  const alsaConfig = join(folder, 'asound.conf');
  await writeFile(alsaConfig, ALSA_CONFIG);
  const jackEnv = { ...process.env, JACK_DEFAULT_SERVER: name, JACK_NO_START_SERVER: '1' };
  const running = new Set<ChildProcess>();
  let files = 0;

  const start = (command: string, args: string[]): ChildProcess => {
    // A real card keeps time whatever the computer does; this one has to go first, where it may.
    const before = keepsTime() ? ['chrt', '--rr', '10'] : ['nice', '-n', '-15'];
    const [first = command, ...rest] = [...before, command, ...args];
    const child = spawn(first, rest, { env: jackEnv, stdio: 'ignore' });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  };
  const ask = async (command: string, ...args: string[]): Promise<string> =>
    (
      await execute(command, args, {
        env: jackEnv,
        timeout: ASK_LIMIT_MS,
        killSignal: 'SIGKILL',
      })
    ).stdout;
  const ports = async (): Promise<string[]> => (await ask('jack_lsp')).split('\n').filter(Boolean);

  /** Joins ports as they appear, until told to end. */
  const keepJoining = (pairs: (all: string[]) => [string, string][]): (() => Promise<void>) => {
    const joined = new Set<string>();
    const ended = new AbortController();
    const work = (async () => {
      while (!ended.signal.aborted) {
        for (const [from, to] of pairs(await ports().catch(() => []))) {
          if (joined.has(`${from} ${to}`)) continue;
          joined.add(`${from} ${to}`);
          await ask('jack_connect', from, to).catch(() => joined.delete(`${from} ${to}`));
        }
        await wait(JOIN_INTERVAL_MS, undefined, { signal: ended.signal }).catch(() => {});
      }
    })();
    return () => {
      ended.abort();
      return work;
    };
  };

  // With -m nobody's memory is locked: that of the app on the card is large.
  const server = start('jackd', [
    ...['-n', name, ...(keepsTime() ? ['-R', '-P', '20', '-m'] : ['--no-realtime']), '-d', 'dummy'],
    ...['-r', String(CARD_RATE_HZ), '-p', '480'],
  ]);
  await untilPort(ports, 'system:playback_1');

  return {
    env: { JACK_DEFAULT_SERVER: name, JACK_NO_START_SERVER: '1', ALSA_CONFIG_PATH: alsaConfig },

    async record() {
      const file = join(folder, `${files++}.wav`);
      const recorder = start('jack-record', ['-f', String(WAV_16_BIT), '-n', '2', file]);
      const mine = `jack-record-${recorder.pid}:in_`;
      const endJoining = keepJoining(all => pairUp(all, PLAYED, port => `${mine}${channel(port)}`));
      await untilPort(ports, `${mine}1`);
      return {
        async stop() {
          await endJoining();
          await ended(recorder, LEAVE_LIMIT_MS, 'SIGINT');
          return readWav(await readFile(file));
        },
      };
    },

    async play(samples) {
      const file = join(folder, `${files++}.wav`);
      const leadSamples = (CARD_RATE_HZ * LEAD_MS) / 1000;
      const tailSamples = (CARD_RATE_HZ * TAIL_MS) / 1000;
      const led = new Int16Array(leadSamples + samples.length + tailSamples);
      led.set(samples, leadSamples);
      await writeFile(file, writeWav(led, CARD_RATE_HZ));
      const player = start('jack-play', [file]);
      const mine = `jack-play-${player.pid}:out_1`;
      const endJoining = keepJoining(all =>
        all.includes(mine) ? all.filter(port => HEARD.test(port)).map(port => [mine, port]) : [],
      );
      const soundMs = (1000 * led.length) / CARD_RATE_HZ;
      await ended(player, soundMs + LEAVE_LIMIT_MS);
      await endJoining();
    },

    async close() {
      for (const child of running) if (child !== server) child.kill('SIGKILL');
      await ended(server, END_LIMIT_MS, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
      await removeSharedMemory(name);
    },
  };
}

/** libsndfile's number for a WAV of 16-bit samples. */
const WAV_16_BIT = 0x10002;

/** The ports of ALSA programs: `<program>.P.<pid>.<n>:out_000` plays, `.C.` … `in_000` hears. */
const PLAYED = /\.P\.\d+\.\d+:out_\d+$/;
const HEARD = /\.C\.\d+\.\d+:in_\d+$/;

const ALSA_CONFIG = `</usr/share/alsa/alsa.conf>
pcm.!default {
  type jack
  playback_ports { 0 system:playback_1 1 system:playback_2 }
  capture_ports { 0 system:capture_1 1 system:capture_2 }
  hint { show on description "Virtual sound card" }
}
`;

/** 1 or 2, from a port's number that counts from 0. */
function channel(port: string): number {
  return Number(/\d+$/.exec(port)?.[0] ?? 0) + 1;
}

/** Each existing port that matches, with its partner where that exists. */
function pairUp(
  all: string[],
  pattern: RegExp,
  partner: (port: string) => string,
): [string, string][] {
  return all
    .filter(port => pattern.test(port))
    .map((port): [string, string] => [port, partner(port)])
    .filter(([, other]) => all.includes(other));
}

async function untilPort(ports: () => Promise<string[]>, name: string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await ports().catch((): string[] => [])).includes(name)) {
    if (Date.now() > deadline) throw new Error(`The sound card's ${name} did not appear.`);
    await wait(20);
  }
}

/** Waits until a program has ended, and ends it when it does not. @param signal asks it to end */
async function ended(child: ChildProcess, limitMs: number, signal?: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>(resolve => child.once('exit', () => resolve()));
  if (signal) child.kill(signal);
  const impatience = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await exit;
  clearTimeout(impatience);
}

/**
 * JACK counts servers that were killed as running and starts no ninth. Ends those whose test is
 * gone, and with none alive clears the register.
 */
async function forgetDeadServers(): Promise<void> {
  const { stdout } = spawnSync('pgrep', ['-a', '-x', 'jackd'], { encoding: 'utf8' });
  const servers = (stdout ?? '').split('\n').filter(Boolean);
  const orphans = servers.filter(line => {
    const owner = /earshot-(\d+)-/.exec(line)?.[1];
    return owner !== undefined && !existsSync(`/proc/${owner}`);
  });
  for (const line of orphans) process.kill(Number.parseInt(line, 10), 'SIGKILL');
  if (servers.length > orphans.length) return;
  const folder = '/dev/shm';
  const left = (await readdir(folder)).filter(file => file.startsWith('jack'));
  await Promise.all(left.map(file => rm(join(folder, file), { force: true, recursive: true })));
}

/** What a server that was killed, or its programs that were, left in shared memory. */
async function removeSharedMemory(name: string): Promise<void> {
  const folder = '/dev/shm';
  const left = (await readdir(folder)).filter(file => file.includes(`_${name}_`));
  await Promise.all(left.map(file => rm(join(folder, file), { force: true })));
}
