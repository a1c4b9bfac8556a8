import formBody from '@fastify/formbody';
import { fastify } from 'fastify';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../electron/system-clock.ts';
import { type Client, createRestClient } from '../../electron/twilio/rest-client.ts';

const ACCOUNT = `AC${'1'.repeat(32)}`;

/** A request to Twilio: its method and path below the account, and its form or query. */
export type Asked = { readonly request: string; readonly fields: Record<string, unknown> };

/** What Twilio answers: a status with a body. */
export type Answer = { readonly status?: number; readonly body: object };

/** Twilio's client at a server in Twilio's place, which answers as a test says and keeps what it was asked. */
export async function scriptedRest(
  answer: (asked: Asked) => Answer | Promise<Answer>,
): Promise<{ readonly client: Client; readonly asked: readonly Asked[] }> {
  const server = fastify({ forceCloseConnections: true });
  await server.register(formBody);
  const asked: Asked[] = [];
  server.all('/*', async ({ method, url, body, query }, reply) => {
    const path = url.split('?', 1)[0]?.replace(`/2010-04-01/Accounts/${ACCOUNT}`, '');
    const one = { request: `${method} ${path}`, fields: Object.assign({}, query, body) };
    asked.push(one);
    const { status = 200, body: answered } = await answer(one);
    return reply.code(status).send(status === 204 ? undefined : answered);
  });
  const apiUrl = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  const account = { accountSid: ACCOUNT, authToken: 'x', apiKey: null, apiUrl };
  return { client: createRestClient(account, systemClock, () => 0), asked };
}

/** A refusal in Twilio's words. */
export function refusal(status: number, code: number): Answer {
  return { status, body: { code, message: 'No.', status } };
}
