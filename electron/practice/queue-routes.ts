import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError, notFound } from './api-error.ts';
import { API_VERSION } from './call-params.ts';
import { parseTwimlSource } from './call-request.ts';
import { parseForm, textIn, wholeNumberIn } from './form.ts';
import type { Line } from './line.ts';
import { pageOf } from './paging.ts';
import type { CallQueue, QueueMember } from './queue.ts';
import { runProgram } from './run-twiml.ts';
import { twilioDate } from './twilio-date.ts';

/** Twilio's limits for the size of a queue. */
const SIZE = { from: 1, to: 5000 };

const NAME_MISSING = 20001;
const NAME_TAKEN = 22003;
const NOT_EMPTY = 22002;

const pathOfQueue = z.object({ file: z.string() });
const pathOfMembers = z.object({ queue: z.string() });
const pathOfMember = z.object({ queue: z.string(), file: z.string() });

/** Queues and who waits in them. `server` is rooted at the account. */
export function addQueueRoutes(server: FastifyInstance, line: Line): void {
  server.get('/Queues.json', async request => {
    const path = request.url.split('?')[0] ?? '';
    const queues = line.queues.list();
    return pageOf(path, parseForm(request.query), 'queues', queues, queue => shown(line, queue));
  });

  server.post('/Queues.json', async (request, reply) => {
    const form = parseForm(request.body);
    const name = textIn(form, 'FriendlyName') ?? '';
    if (name === '') throw new ApiError(400, NAME_MISSING, 'A FriendlyName is required');
    if (line.queues.find(name) !== undefined) {
      throw new ApiError(400, NAME_TAKEN, 'A queue of this FriendlyName exists');
    }
    const queue = line.queues.create(name);
    queue.maxSize = wholeNumberIn(form, 'MaxSize', { ...SIZE, otherwise: queue.maxSize });
    return reply.code(201).send(shown(line, queue));
  });

  server.get('/Queues/:file', async request =>
    shown(line, queueIn(line, fileIn(request.params), request.url)),
  );

  server.post('/Queues/:file', async request => {
    const form = parseForm(request.body);
    const queue = queueIn(line, fileIn(request.params), request.url);
    queue.friendlyName = textIn(form, 'FriendlyName') ?? queue.friendlyName;
    queue.maxSize = wholeNumberIn(form, 'MaxSize', { ...SIZE, otherwise: queue.maxSize });
    queue.changedAt = line.clock.now();
    return shown(line, queue);
  });

  server.delete('/Queues/:file', async (request, reply) => {
    const queue = queueIn(line, fileIn(request.params), request.url);
    if (queue.members.length > 0) throw new ApiError(400, NOT_EMPTY, 'The queue is not empty');
    line.queues.remove(queue);
    return reply.code(204).send();
  });

  server.get('/Queues/:queue/Members.json', async request => {
    const queue = queueIn(line, pathOfMembers.parse(request.params).queue, request.url);
    const path = request.url.split('?')[0] ?? '';
    const query = parseForm(request.query);
    return pageOf(path, query, 'queue_members', queue.members, member =>
      shownMember(line, queue, member, queue.positionOf(member)),
    );
  });

  server.get('/Queues/:queue/Members/:file', async request => {
    const { queue, member } = memberAt(line, request.params, request.url);
    return shownMember(line, queue, member, queue.positionOf(member));
  });

  server.post('/Queues/:queue/Members/:file', async request => {
    const { queue, member } = memberAt(line, request.params, request.url);
    const source = parseTwimlSource(parseForm(request.body));
    if (source === undefined) throw new ApiError(400, 21205, 'A Url is required');
    queue.remove(member, line.clock.now());
    runProgram(line, member.call, source);
    return shownMember(line, queue, member, 0);
  });
}

function fileIn(params: unknown): string {
  return pathOfQueue.parse(params).file.replace(/\.json$/, '');
}

function queueIn(line: Line, sid: string, url: string): CallQueue {
  const queue = line.queues.get(sid);
  if (queue === undefined) throw notFound(url);
  return queue;
}

/** A member by their call, or whoever is in front. */
function memberAt(
  line: Line,
  params: unknown,
  url: string,
): { readonly queue: CallQueue; readonly member: QueueMember } {
  const { queue: sid, file } = pathOfMember.parse(params);
  const queue = queueIn(line, sid, url);
  const name = file.replace(/\.json$/, '');
  const member =
    name === 'Front' ? queue.members[0] : queue.members.find(({ call }) => call.sid === name);
  if (member === undefined) throw notFound(url);
  return { queue, member };
}

function shown(line: Line, queue: CallQueue): object {
  const base = `/${API_VERSION}/Accounts/${line.accountSid}/Queues/${queue.sid}`;
  return {
    sid: queue.sid,
    account_sid: line.accountSid,
    friendly_name: queue.friendlyName,
    current_size: queue.members.length,
    max_size: queue.maxSize,
    average_wait_time: queue.averageSeconds(line.clock.now()),
    date_created: twilioDate(queue.createdAt),
    date_updated: twilioDate(queue.changedAt),
    uri: `${base}.json`,
    subresource_uris: { members: `${base}/Members.json` },
  };
}

function shownMember(line: Line, queue: CallQueue, member: QueueMember, position: number): object {
  const base = `/${API_VERSION}/Accounts/${line.accountSid}/Queues/${queue.sid}`;
  return {
    call_sid: member.call.sid,
    queue_sid: queue.sid,
    date_enqueued: twilioDate(member.enqueuedAt),
    position,
    wait_time: member.waitedSeconds(line.clock.now()),
    uri: `${base}/Members/${member.call.sid}.json`,
  };
}
