import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError, notFound } from './api-error.ts';
import type { PracticeCall } from './call.ts';
import { API_VERSION } from './call-params.ts';
import { type Form, methodIn, parseForm, textIn } from './form.ts';
import type { Line } from './line.ts';
import { type LiveStream, startStream } from './live-stream.ts';
import { streamUrl } from './stream-session.ts';
import { twilioDate } from './twilio-date.ts';
import { tracksOf } from './twiml-nouns.ts';

/** Parameters that one request may give. */
const MAX_PARAMETERS = 99;

const NOT_IN_PROGRESS = 21220;

const pathOfStreams = z.object({ call: z.string() });
const pathOfStream = z.object({ call: z.string(), file: z.string() });

/** One-way streams of calls: begin, stop. `server` is rooted at the account. */
export function addStreamRoutes(server: FastifyInstance, line: Line): void {
  server.post('/Calls/:call/Streams.json', async (request, reply) => {
    const call = liveCall(line, pathOfStreams.parse(request.params).call, request.url);
    const form = parseForm(request.body);
    const url = textIn(form, 'Url') ?? '';
    if (streamUrl(url) === undefined) throw new ApiError(400, 20001, 'The Url is not valid');
    const callback = textIn(form, 'StatusCallback') ?? '';
    const stream = startStream(line, call, {
      url,
      name: textIn(form, 'Name') ?? '',
      tracks: tracksOf(textIn(form, 'Track')),
      parameters: parametersIn(form),
      callback:
        callback === ''
          ? undefined
          : { url: callback, method: methodIn(form, 'StatusCallbackMethod') },
    });
    return reply.code(201).send(shown(line, call, stream));
  });

  server.post('/Calls/:call/Streams/:file', async request => {
    const { call: sid, file } = pathOfStream.parse(request.params);
    const call = line.calls.get(sid);
    const name = file.replace(/\.json$/, '');
    const stream = call?.streams.findLast(live => live.sid === name || live.name === name);
    if (call === undefined || stream === undefined) throw notFound(request.url);
    if (textIn(parseForm(request.body), 'Status') !== 'stopped') {
      throw new ApiError(400, 20001, 'The Status is not stopped');
    }
    stream.stop();
    return { ...shown(line, call, stream), status: 'stopped' };
  });
}

function liveCall(line: Line, sid: string, url: string): PracticeCall {
  const call = line.calls.get(sid);
  if (call === undefined) throw notFound(url);
  if (call.status !== 'in-progress') {
    throw new ApiError(400, NOT_IN_PROGRESS, 'The call is not in-progress');
  }
  return call;
}

function parametersIn(form: Form): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  for (let number = 1; number <= MAX_PARAMETERS; number += 1) {
    const name = textIn(form, `Parameter${number}.Name`);
    if (name !== undefined) parameters[name] = textIn(form, `Parameter${number}.Value`) ?? '';
  }
  return parameters;
}

function shown(line: Line, call: PracticeCall, stream: LiveStream): object {
  const base = `/${API_VERSION}/Accounts/${line.accountSid}/Calls/${call.sid}`;
  return {
    sid: stream.sid,
    account_sid: line.accountSid,
    call_sid: call.sid,
    name: stream.name,
    status: stream.status,
    date_updated: twilioDate(stream.changedAt),
    uri: `${base}/Streams/${stream.sid}.json`,
  };
}
