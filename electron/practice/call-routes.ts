import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError, notFound } from './api-error.ts';
import type { PracticeCall } from './call.ts';
import { parseCallRequest, parseTwimlSource } from './call-request.ts';
import { callResource } from './call-resource.ts';
import { checkRights } from './calling-rights.ts';
import { type Form, parseForm, textIn } from './form.ts';
import type { Line } from './line.ts';
import { pageOf } from './paging.ts';
import { placeCall } from './place-call.ts';
import { runProgram } from './run-twiml.ts';

const NOT_IN_PROGRESS = 21220;

const pathOfCall = z.object({ file: z.string() });

/** Calls: create, show, list, change. `server` is rooted at the account. */
export function addCallRoutes(server: FastifyInstance, line: Line): void {
  server.post('/Calls.json', async (request, reply) => {
    const form = parseForm(request.body);
    const wanted = parseCallRequest(form);
    checkRights(line, wanted);
    const call = placeCall(line, wanted);
    return reply.code(201).send(callResource(line, call));
  });

  server.get('/Calls.json', async request => {
    const query = parseForm(request.query);
    const path = request.url.split('?')[0] ?? '';
    const calls = line.calls.list().filter(call => matches(call, query));
    return pageOf(path, query, 'calls', calls, call => callResource(line, call));
  });

  server.get('/Calls/:file', async request =>
    callResource(line, callAt(line, request.params, request.url)),
  );

  server.post('/Calls/:file', async request => {
    const call = callAt(line, request.params, request.url);
    change(line, call, parseForm(request.body));
    return callResource(line, call);
  });
}

function callAt(line: Line, params: unknown, url: string): PracticeCall {
  const { file } = pathOfCall.parse(params);
  const call = file.endsWith('.json') ? line.calls.get(file.slice(0, -'.json'.length)) : undefined;
  if (call === undefined) throw notFound(url);
  return call;
}

function matches(call: PracticeCall, query: Form): boolean {
  const wanted = (name: string, value: string | undefined): boolean =>
    textIn(query, name) === undefined || textIn(query, name) === value;
  return (
    wanted('Status', call.status) &&
    wanted('To', call.to) &&
    wanted('From', call.from) &&
    wanted('ParentCallSid', call.parentSid)
  );
}

function change(line: Line, call: PracticeCall, form: Form): void {
  const status = textIn(form, 'Status');
  const source = parseTwimlSource(form);
  if (call.over.aborted) {
    throw new ApiError(400, NOT_IN_PROGRESS, 'The call is not in-progress');
  }
  if (status !== undefined) changeStatus(call, status);
  else if (source !== undefined) {
    if (call.status !== 'in-progress') {
      throw new ApiError(400, NOT_IN_PROGRESS, 'The call is not in-progress and cannot redirect');
    }
    runProgram(line, call, source);
  }
}

/** `canceled` leaves a live call alone; `completed` ends any, and one that nobody answered becomes canceled. */
function changeStatus(call: PracticeCall, status: string): void {
  if (status !== 'completed' && status !== 'canceled') {
    throw new ApiError(400, 20001, 'The Status is neither completed nor canceled');
  }
  if (call.status !== 'in-progress') call.end('canceled');
  else if (status === 'completed') call.end('completed');
}
