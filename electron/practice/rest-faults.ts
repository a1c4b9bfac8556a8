import type { FastifyInstance, FastifyReply } from 'fastify';
import { ApiError } from './api-error.ts';
import type { Line } from './line.ts';
import type { RestFault } from './pretences.ts';
import { wait } from './wait.ts';

const TOO_MANY_REQUESTS = 20429;
const UNAVAILABLE = 20503;
const INTERNAL = 20500;

/** Refuses, delays and loses answers as the line pretends. */
export function addRestFaults(server: FastifyInstance, line: Line): void {
  const toBeLost = new WeakSet<object>();
  const faults = new WeakMap<object, RestFault>();

  server.addHook('onRequest', async (request, reply) => {
    refuse(line, reply);
    if (line.pretences.take('lostReplies')) toBeLost.add(request.raw);
    const path = request.url.split('?')[0] ?? '';
    const fault = line.pretences.takeRestFault(request.method, path);
    if (fault === undefined) return;
    if (fault.when !== 'before') {
      faults.set(request.raw, fault);
      return;
    }
    await wait(line.clock, fault.delayMs ?? 0, line.closing);
    const error = errorOf(fault);
    if (error !== undefined) throw withHeaders(reply, error);
  });

  server.addHook('onSend', async (request, reply, payload) => {
    await wait(line.clock, line.pretences.now.slowRestMs, line.closing);
    const fault = faults.get(request.raw);
    await wait(line.clock, fault?.delayMs ?? 0, line.closing);
    if (toBeLost.has(request.raw) || fault?.when === 'lost') request.raw.socket.destroy();
    const error = fault?.when === 'after' ? errorOf(fault) : undefined;
    if (error === undefined) return payload;
    withHeaders(reply, error);
    reply.code(error.status).type('application/json; charset=utf-8');
    return JSON.stringify(error);
  });
}

function refuse({ pretences }: Line, reply: FastifyReply): void {
  if (pretences.take('tooManyRequests')) {
    throw withHeaders(reply, new ApiError(429, TOO_MANY_REQUESTS, 'Too many requests'));
  }
  if (pretences.take('serverErrors')) {
    throw new ApiError(503, UNAVAILABLE, 'The service is unavailable. Please try again');
  }
}

/** What a fault answers; undefined for one that only delays. */
function errorOf({ status, code }: RestFault): ApiError | undefined {
  if (status === undefined && code === undefined) return undefined;
  return new ApiError(status ?? 400, code ?? INTERNAL, 'The practice line pretends a fault');
}

function withHeaders(reply: FastifyReply, error: ApiError): ApiError {
  if (error.status === 429) reply.header('Retry-After', '1');
  return error;
}
