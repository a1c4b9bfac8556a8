import formBody from '@fastify/formbody';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import { addAccountRoutes } from './account-routes.ts';
import { ApiError, notFound } from './api-error.ts';
import { addApplicationRoutes } from './application-routes.ts';
import { API_VERSION } from './call-params.ts';
import { addCallRoutes } from './call-routes.ts';
import { addCallerIdRoutes } from './caller-ids.ts';
import { addConferenceRoutes } from './conference-routes.ts';
import { isAuthorized } from './credentials.ts';
import type { Line } from './line.ts';
import { addMessageRoutes } from './message-routes.ts';
import { addMonitorRoutes } from './monitor-routes.ts';
import { addNumberRoutes } from './number-routes.ts';
import { addParticipantRoutes } from './participant-routes.ts';
import { addQueueRoutes } from './queue-routes.ts';
import { addRecordingRoutes } from './recording-routes.ts';
import { addRestFaults } from './rest-faults.ts';
import { addStreamRoutes } from './stream-routes.ts';
import { addTranscriptionRoutes } from './transcription-routes.ts';

/** The practice line's stand-in for api.twilio.com and monitor.twilio.com, on loopback. */
type RestServer = {
  /** Its origin, `http://127.0.0.1:<port>`. */
  readonly url: string;
  close(): Promise<void>;
};

/** Listens for REST requests; port 0 takes any free one. */
export async function createRestServer(line: Line, port: number): Promise<RestServer> {
  const server = fastify({ forceCloseConnections: true });
  await server.register(formBody);
  addRestFaults(server, line);
  server.addHook('onRequest', async request => checkCredentials(line, request));
  server.setNotFoundHandler(request => {
    throw notFound(request.url);
  });
  server.setErrorHandler((error, request, reply) => {
    const known = error instanceof ApiError ? error : unexpected(line, error, request);
    return reply.code(known.status).send(known.toJSON());
  });
  addMonitorRoutes(server, line);
  await server.register(async (scoped: FastifyInstance) => addAccountRoutes(scoped, line), {
    prefix: `/${API_VERSION}`,
  });
  await server.register(
    async (scoped: FastifyInstance) => {
      addCallRoutes(scoped, line);
      addApplicationRoutes(scoped, line);
      addConferenceRoutes(scoped, line);
      addParticipantRoutes(scoped, line);
      addNumberRoutes(scoped, line);
      addCallerIdRoutes(scoped, line);
      addStreamRoutes(scoped, line);
      addTranscriptionRoutes(scoped, line);
      addQueueRoutes(scoped, line);
      addMessageRoutes(scoped, line);
      addRecordingRoutes(scoped, line);
    },
    { prefix: `/${API_VERSION}/Accounts/${line.accountSid}` },
  );
  const url = await server.listen({ host: '127.0.0.1', port });
  return { url, close: () => server.close() };
}

function checkCredentials(line: Line, request: FastifyRequest): void {
  const known = isAuthorized(request.headers.authorization, line.credentials);
  if (line.pretences.now.wrongToken || !known) {
    throw new ApiError(401, 20003, 'Authenticate');
  }
}

function unexpected(line: Line, error: unknown, request: FastifyRequest): ApiError {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status < 500) return new ApiError(status, 20001, 'The request is not valid');
  line.log.error({ error: String(error), method: request.method }, 'A REST request broke');
  return new ApiError(500, 20500, 'An internal server error has occurred');
}
