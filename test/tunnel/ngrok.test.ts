import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/system-clock.ts';
import { ngrokAgent } from '../../electron/tunnel/ngrok.ts';
import { openTunnel } from '../../electron/tunnel/tunnel.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';

const AUTHTOKEN = '2abcSECRET_SECRET';
type NgrokOptions = Parameters<typeof ngrokAgent>[0];
type TunnelState = Parameters<Parameters<typeof openTunnel>[0]['onState']>[0];

const EVENTS = { onLost: () => {}, onBack: () => {} };

function agent(options: Partial<NgrokOptions>) {
  const here = { host: '127.0.0.1', port: 3334, domain: null };
  return ngrokAgent({ authtoken: AUTHTOKEN, ...here, ...options });
}

type Load = NonNullable<NgrokOptions['load']>;

/** An agent whose session and listener do as the test says, as ngrok itself cannot be reached here. */
function scripted({ url = 'https://desk.ngrok.app', refuses = '' } = {}) {
  const calls: unknown[] = [];
  const note = (...call: unknown[]): void => {
    calls.push(call);
  };
  let disconnect: (address: string, error: string) => boolean = () => false;
  let beat: (latencyMs: number) => void = () => {};
  let finish: () => void = () => {};
  const joined = new Promise<void>(resolve => {
    finish = resolve;
  });
  const listener = {
    url: () => (url === '' ? null : url),
    join: () => joined,
    close: async () => note('listener closed'),
  };
  const endpoint = {
    domain: (domain: string) => note('domain', domain),
    listenAndForward: async (to: string) => {
      note('forward', to);
      if (refuses !== '') throw new Error(refuses);
      return listener;
    },
  };
  const session = { httpEndpoint: () => endpoint, close: async () => note('session closed') };
  class SessionBuilder {
    authtoken = (token: string) => note('authtoken', token);
    heartbeatInterval = () => {};
    heartbeatTolerance = () => {};
    serverAddr = () => {};
    handleDisconnection = (handler: typeof disconnect) => {
      disconnect = handler;
    };
    handleHeartbeat = (handler: typeof beat) => {
      beat = handler;
    };
    connect = async () => session;
  }
  const load: Load = async () => ({ SessionBuilder });
  return {
    load,
    calls,
    disconnect: () => disconnect('connect.ngrok-agent.com:443', 'eof'),
    beat: (latencyMs: number) => beat(latencyMs),
    finish: () => finish(),
  };
}

describe('ngrok’s agent', () => {
  it('leads from the domain to the port Earshot listens on', async () => {
    const ngrok = scripted({ url: 'https://desk.ngrok.app/' });
    const { load } = ngrok;
    const opened = await agent({ load, domain: 'desk.ngrok.app', host: '0.0.0.0' })(EVENTS);
    expect(opened.url).toBe('https://desk.ngrok.app');
    await opened.close();
    expect(ngrok.calls).toEqual([
      ['authtoken', AUTHTOKEN],
      ['domain', 'desk.ngrok.app'],
      ['forward', 'http://127.0.0.1:3334'],
      ['listener closed'],
      ['session closed'],
    ]);
  });

  it('tells of a session that is lost, lets it come back by itself, and tells of that', async () => {
    const ngrok = scripted();
    const told: string[] = [];
    await agent({ load: ngrok.load })({
      onLost: ({ kind }) => told.push(kind),
      onBack: () => told.push('back'),
    });
    expect(ngrok.disconnect()).toBe(true);
    ngrok.beat(31);
    ngrok.finish();
    await until(() => told.length === 3);
    expect(told).toEqual(['tunnel-down', 'back', 'tunnel-down']);
  });

  it('closes the session when the domain is refused, and does not repeat what ngrok says', async () => {
    const refuses = `Your authtoken: ${AUTHTOKEN} ERR_NGROK_320`;
    const ngrok = scripted({ refuses });
    const refused = await agent({ load: ngrok.load })(EVENTS).catch((error: unknown) => error);
    expect(refused).toMatchObject({ problem: { kind: 'tunnel-refused', code: 'ERR_NGROK_320' } });
    expect(inspect(refused, { depth: 9 })).not.toContain(AUTHTOKEN);
    expect(ngrok.calls.at(-1)).toEqual(['session closed']);
  });

  it('does not take a tunnel without an address for open', async () => {
    const ngrok = scripted({ url: '' });
    await expect(agent({ load: ngrok.load })(EVENTS)).rejects.toMatchObject({
      problem: { kind: 'tunnel-down' },
    });
    expect(ngrok.calls.at(-1)).toEqual(['session closed']);
  });

  it('is real, and says so in words when ngrok cannot be reached', async () => {
    const serverAddr = `127.0.0.1:${await freePort()}`;
    await expect(agent({ serverAddr })(EVENTS)).rejects.toMatchObject({
      problem: { kind: 'tunnel-down', message: expect.stringContaining('cannot be reached') },
    });
  });

  it('says so when something else than ngrok answers', async () => {
    const stranger = createServer(socket => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    await expect(agent({ serverAddr: `127.0.0.1:${port}` })(EVENTS)).rejects.toMatchObject({
      problem: { kind: 'tunnel-down', message: expect.stringContaining('secure connections') },
    });
    stranger.close();
  });

  it('lets the app run without a tunnel where its binary is missing', async () => {
    const load = () => Promise.reject(new Error('Cannot find native binding'));
    await expect(agent({ load })(EVENTS)).rejects.toMatchObject({
      problem: {
        kind: 'tunnel-refused',
        message: expect.stringContaining('cannot run on this system'),
      },
    });
  });

  it('is given up in time when nothing answers, and the authtoken stays untold', async () => {
    const silent = createServer(socket => socket.on('error', () => {}));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    let asked = 0;
    silent.on('connection', () => {
      asked += 1;
    });
    const { port } = silent.address() as AddressInfo;
    const clock = fakeClock();
    const states: TunnelState[] = [];
    const tunnel = openTunnel({
      clock,
      random: () => 1,
      connect: agent({ serverAddr: `127.0.0.1:${port}` }),
      onState: state => states.push(state),
    });
    await until(() => asked > 0);
    clock.advance(15_000);
    expect(states.at(-1)).toMatchObject({ status: 'down', problem: { kind: 'tunnel-down' } });
    expect(JSON.stringify(states)).not.toContain(AUTHTOKEN);
    await tunnel.close();
    silent.close();
  });

  it('tries again until ngrok is there', async () => {
    const states: TunnelState[] = [];
    const tunnel = openTunnel({
      clock: { ...systemClock, after: (_ms, run) => systemClock.after(20, run) },
      random: () => 0,
      connect: agent({ serverAddr: `127.0.0.1:${await freePort()}` }),
      onState: state => states.push(state),
    });
    await until(() => states.filter(({ status }) => status === 'connecting').length >= 3);
    await tunnel.close();
  });
});
