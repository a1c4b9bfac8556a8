import { describe, expect, it } from 'vitest';
import type { PublicAddress } from '../../electron/core/line.ts';
import { ProblemError } from '../../electron/core/problem.ts';
import { type AddressChoice, checkedUrl, openAddress } from '../../electron/line/address.ts';
import type { Connect } from '../../electron/tunnel/tunnel.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { until } from '../support/until.ts';

/** An address, its clock, and an agent whose connections the test opens and loses. */
function open(choice: AddressChoice) {
  const told: PublicAddress[] = [];
  const clock = fakeClock();
  const asked: object[] = [];
  const tries: Parameters<Connect>[0][] = [];
  let answer: () => ReturnType<Connect> = async () => ({ url: TUNNEL_URL, close: async () => {} });
  const address = openAddress(choice, {
    clock,
    agent: options => {
      asked.push(options);
      return events => {
        tries.push(events);
        return answer();
      };
    },
    log: quietLog,
    random: () => 0.5,
    host: '127.0.0.1',
    port: 3334,
    onChange: changed => told.push(changed),
  });
  const answerWith = (next: typeof answer): void => {
    answer = next;
  };
  return { address, told, clock, asked, tries, answerWith };
}

function refusal(url: string): string | null {
  try {
    checkedUrl(url);
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.kind;
    throw error;
  }
}

const TUNNEL_URL = 'https://desk.ngrok.app';
const NOTHING_WRONG = { downSince: null, retryAt: null, problem: null };

describe('a public address', () => {
  it('that is given is up at once, without what does not belong to it', async () => {
    const { address, told } = open({ kind: 'given', url: 'https://desk.example.com/earshot/?x#y' });
    const expected = {
      kind: 'given',
      url: 'https://desk.example.com/earshot',
      status: 'up',
      ...NOTHING_WRONG,
    };
    expect(told).toEqual([expected]);
    expect(address.current()).toEqual(expected);
    address.retry();
    await address.close();
    expect(told).toHaveLength(1);
  });

  it('on this computer is where the server listens', () => {
    const { told } = open({ kind: 'local' });
    expect(told).toEqual([
      { kind: 'local', url: 'http://127.0.0.1:3334', status: 'up', ...NOTHING_WRONG },
    ]);
  });

  it('may be missing, which is nothing wrong', () => {
    const { told } = open({ kind: 'none' });
    expect(told).toEqual([{ kind: 'none', url: null, status: 'up', ...NOTHING_WRONG }]);
  });

  it('that Twilio cannot reach is refused before anything is told', () => {
    expect(() => open({ kind: 'given', url: 'http://desk.example.com' })).toThrow(ProblemError);
  });
});

describe('the address of a tunnel', () => {
  const choice = { kind: 'tunnel', authtoken: 'token', domain: 'desk.ngrok.app' } as const;
  const problem = { kind: 'tunnel-down', message: 'Down.', remedy: 'Wait.' } as const;

  it('is asked for where the server listens, and is up when the tunnel is', async () => {
    const { address, told, asked } = open(choice);
    expect(asked).toEqual([
      { authtoken: 'token', domain: 'desk.ngrok.app', host: '127.0.0.1', port: 3334 },
    ]);
    expect(address.current()).toMatchObject({ kind: 'tunnel', url: null, status: 'connecting' });
    await until(() => address.current().status === 'up');
    expect(told.at(-1)).toEqual({
      kind: 'tunnel',
      url: TUNNEL_URL,
      status: 'up',
      ...NOTHING_WRONG,
    });
    await address.close();
  });

  it('is down since the first try that failed, until one does not', async () => {
    const { address, clock, tries, answerWith } = open(choice);
    await until(() => address.current().status === 'up');
    answerWith(() => Promise.reject(new ProblemError(problem)));
    tries[0]?.onLost(problem);
    await until(() => address.current().status === 'down');
    const { downSince, retryAt, url } = address.current();
    expect(downSince).toBe(clock.now());
    expect(retryAt).toBeGreaterThan(clock.now());
    expect(url).toBe(TUNNEL_URL);
    for (let failed = 0; failed < 3; failed += 1) {
      const before = tries.length;
      clock.advance((address.current().retryAt ?? 0) - clock.now());
      await until(() => tries.length > before && address.current().status === 'down');
      expect(address.current()).toMatchObject({ downSince, problem });
    }
    answerWith(async () => ({ url: 'https://other.ngrok.app', close: async () => {} }));
    address.retry();
    await until(() => address.current().status === 'up');
    expect(address.current()).toEqual({
      kind: 'tunnel',
      url: 'https://other.ngrok.app',
      status: 'up',
      ...NOTHING_WRONG,
    });
    await address.close();
  });
});

describe('the check of an address', () => {
  it.each([
    ['https://desk.example.com', 'https://desk.example.com'],
    ['https://desk.example.com:8443/a/', 'https://desk.example.com:8443/a'],
    ['https://desk.example.com///', 'https://desk.example.com'],
    ['http://localhost:3334/', 'http://localhost:3334'],
    ['http://127.0.0.1:3334', 'http://127.0.0.1:3334'],
    ['http://127.1.2.3', 'http://127.1.2.3'],
    ['http://[::1]:3334', 'http://[::1]:3334'],
  ])('takes %s', (url, checked) => {
    expect(checkedUrl(url)).toBe(checked);
  });

  it.each([
    '',
    'desk.example.com',
    'http://desk.example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'ftp://desk.example.com',
    'wss://desk.example.com',
    'javascript:alert(1)',
  ])('refuses "%s"', url => {
    expect(refusal(url)).toBe('invalid-configuration');
  });
});
