import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/system-clock.ts';
import { createRelayRest } from '../../electron/twilio/relay.ts';
import type { Rest } from '../../electron/twilio/rest.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';

const SID = `CA${'b'.repeat(32)}`;
const CALL = { to: '+14155550177', from: '+14155550100', twiml: '<Response/>' };

let relay: FastifyInstance;
let answer: (request: FastifyRequest, reply: FastifyReply) => unknown;
let requests: FastifyRequest[];
let baseUrl: string;

beforeEach(async () => {
  requests = [];
  relay = fastify({ forceCloseConnections: true });
  relay.all('/*', (request: FastifyRequest, reply: FastifyReply) => {
    requests.push(request);
    return answer(request, reply);
  });
  baseUrl = await relay.listen({ host: '127.0.0.1', port: 0 });
});

afterEach(() => relay.close());

function restOf(url = `${baseUrl}/`, clock = systemClock, account: Rest | null = null): Rest {
  return createRelayRest({ baseUrl: url, employeeId: 'anna 7', key: 'k-1' }, account, clock);
}

describe('calls through a relay', () => {
  it('are asked for with the agent key, in the name of an employee', async () => {
    answer = async () => ({ callSid: SID });
    expect(await restOf().dial(CALL)).toBe(SID);
    const [request] = requests;
    expect(request).toMatchObject({
      method: 'POST',
      url: '/api/employees/anna%207/twilio/call',
      body: { to: '+14155550177' },
    });
    expect(request?.headers['x-tabhr-agent-key']).toBe('k-1');
  });

  it('are known by the name the relay gives them, whatever it calls it', async () => {
    for (const body of [{ callSid: SID }, { call_sid: SID }, { sid: SID }]) {
      answer = async () => body;
      expect(await restOf().dial(CALL)).toBe(SID);
    }
    for (const body of ['started', { ok: true }, { sid: 7 }, []]) {
      answer = async () => body;
      expect(await restOf().dial(CALL)).toBeNull();
    }
  });

  it('are refused in words, and never asked for twice', async () => {
    const kinds = {
      400: 'not-available',
      401: 'credentials-refused',
      403: 'credentials-refused',
      404: 'line-down',
      429: 'rate-limited',
      308: 'line-down',
      500: 'call-uncertain',
      502: 'call-uncertain',
    };
    for (const [status, kind] of Object.entries(kinds)) {
      answer = (_request, reply) => reply.code(Number(status)).send();
      await expect(restOf().dial(CALL), status).rejects.toMatchObject({
        problem: { kind, code: status, remedy: expect.stringMatching(/^[A-Z].*\.$/) },
      });
    }
    expect(requests).toHaveLength(Object.keys(kinds).length);
  });

  it('may ring anyway when the relay hangs up or takes too long', async () => {
    answer = request => request.raw.socket.destroy();
    await expect(restOf().dial(CALL)).rejects.toMatchObject({
      problem: { kind: 'call-uncertain' },
    });
    const clock = fakeClock();
    answer = () => new Promise(() => {});
    const late = expect(restOf(baseUrl, clock).dial(CALL)).rejects.toMatchObject({
      problem: { kind: 'call-uncertain' },
    });
    await until(() => requests.length === 2);
    clock.advance(10_000);
    await late;
    expect(requests).toHaveLength(2);
  });

  it('do not start when nobody answers at the relay', async () => {
    const nowhere = restOf(`http://127.0.0.1:${await freePort()}`);
    await expect(nowhere.dial(CALL)).rejects.toMatchObject({
      problem: { kind: 'line-down', code: 'ECONNREFUSED' },
    });
  });

  it('cannot be changed without an account, and are changed through one where there is one', async () => {
    await expect(restOf().end(SID, 'completed')).rejects.toMatchObject({
      problem: { kind: 'not-available' },
    });
    await expect(restOf().fetch(SID)).rejects.toMatchObject({ problem: { kind: 'not-available' } });
    const account = restOf();
    const ended: string[] = [];
    const both = restOf(baseUrl, systemClock, {
      ...account,
      end: async sid => {
        ended.push(sid);
        return 'completed';
      },
    });
    answer = async () => ({ sid: SID });
    expect(await both.dial(CALL)).toBe(SID);
    expect(await both.end(SID, 'completed')).toBe('completed');
    expect(ended).toEqual([SID]);
  });
});
