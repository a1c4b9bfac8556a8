import type { FastifyInstance, FastifyReply } from 'fastify';
import { ApiError } from './api-error.ts';
import type { Line } from './line.ts';
import { wait } from './wait.ts';

const TOO_MANY_REQUESTS = 20429;
const UNAVAILABLE = 20503;

/** Refuses, delays and loses answers as the line pretends. */
export function addRestFaults(server: FastifyInstance, line: Line): void {
  const toBeLost = new WeakSet<object>();

  server.addHook('onRequest', async (request, reply) => {
    refuse(line, reply);
    if (line.pretences.take('lostReplies')) toBeLost.add(request.raw);
  });

  server.addHook('onSend', async (request, _reply, payload) => {
    await wait(line.clock, line.pretences.now.slowRestMs, line.closing);
    if (toBeLost.has(request.raw)) request.raw.socket.destroy();
    return payload;
  });
}

function refuse({ pretences }: Line, reply: FastifyReply): void {
  if (pretences.take('tooManyRequests')) {
    reply.header('Retry-After', '1');
    throw new ApiError(429, TOO_MANY_REQUESTS, 'Too many requests');
  }
  if (pretences.take('serverErrors')) {
    throw new ApiError(503, UNAVAILABLE, 'The service is unavailable. Please try again');
  }
}
