import { timingSafeEqual } from 'node:crypto';
import formBody from '@fastify/formbody';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import { accountResource } from './account-resource.ts';
import { ApiError, notFound } from './api-error.ts';
import { API_VERSION } from './call-params.ts';
import { addCallRoutes } from './call-routes.ts';
import type { Line } from './line.ts';
import { addNumberRoutes } from './number-routes.ts';

/** The practice line's stand-in for api.twilio.com, on loopback. */
type RestServer = {
  /** Its origin, `http://127.0.0.1:<port>`. */
  readonly url: string;
  close(): Promise<void>;
};

/** Listens for REST requests; port 0 takes any free one. */
export async function createRestServer(line: Line, port: number): Promise<RestServer> {
  const server = fastify({ forceCloseConnections: true });
  await server.register(formBody);
  server.addHook('onRequest', async request => checkCredentials(line, request));
  server.setNotFoundHandler(request => {
    throw notFound(request.url);
  });
  server.setErrorHandler((error, request, reply) => {
    const known = error instanceof ApiError ? error : unexpected(line, error, request);
    return reply.code(known.status).send(known.toJSON());
  });
  const account = `/${API_VERSION}/Accounts/${line.accountSid}`;
  server.get(`${account}.json`, async () => accountResource(line));
  await server.register(
    async (scoped: FastifyInstance) => {
      addCallRoutes(scoped, line);
      addNumberRoutes(scoped, line);
    },
    { prefix: account },
  );
  const url = await server.listen({ host: '127.0.0.1', port });
  return { url, close: () => server.close() };
}

function checkCredentials(line: Line, request: FastifyRequest): void {
  const given = Buffer.from(request.headers.authorization ?? '');
  const secret = `${line.accountSid}:${line.authToken}`;
  const expected = Buffer.from(`Basic ${Buffer.from(secret).toString('base64')}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new ApiError(401, 20003, 'Authenticate');
  }
}

function unexpected(line: Line, error: unknown, request: FastifyRequest): ApiError {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status < 500) return new ApiError(status, 20001, 'The request is not valid');
  line.log.error({ error: String(error), method: request.method }, 'A REST request broke');
  return new ApiError(500, 20500, 'An internal server error has occurred');
}
