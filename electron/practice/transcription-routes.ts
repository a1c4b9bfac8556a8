import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError, notFound } from './api-error.ts';
import type { PracticeCall } from './call.ts';
import { API_VERSION } from './call-params.ts';
import { type Form, parseForm, textIn } from './form.ts';
import type { Line } from './line.ts';
import { type LiveTranscription, startTranscription } from './live-transcription.ts';
import { twilioDate } from './twilio-date.ts';
import { TRANSCRIBED_TRACKS, transcriptionOf } from './twiml-transcription.ts';
import type { TranscriptionNoun } from './verb.ts';

const NOT_IN_PROGRESS = 21220;
const INVALID_PARAMETER = 20001;

const pathOfTranscriptions = z.object({ call: z.string() });
const pathOfTranscription = z.object({ call: z.string(), file: z.string() });

/** Real-time transcriptions of calls: begin, stop. `server` is rooted at the account. */
export function addTranscriptionRoutes(server: FastifyInstance, line: Line): void {
  server.post('/Calls/:call/Transcriptions.json', async (request, reply) => {
    const call = liveCall(line, pathOfTranscriptions.parse(request.params).call, request.url);
    const transcription = startTranscription(line, call, nounIn(parseForm(request.body)));
    if (transcription === undefined) throw invalid('The Name is in use on this call');
    return reply.code(201).send(shown(line, call, transcription));
  });

  server.post('/Calls/:call/Transcriptions/:file', async request => {
    const { call: sid, file } = pathOfTranscription.parse(request.params);
    const call = line.calls.get(sid);
    const name = file.replace(/\.json$/, '');
    const transcription = call?.transcriptions.findLast(
      live => live.sid === name || live.request.name === name,
    );
    if (call === undefined || transcription === undefined) throw notFound(request.url);
    if (textIn(parseForm(request.body), 'Status') !== 'stopped') {
      throw invalid('The Status is not stopped');
    }
    transcription.stop();
    return shown(line, call, transcription);
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

/** The parameters are named as the attributes of the TwiML noun, with a capital letter. */
function nounIn(form: Form): TranscriptionNoun {
  const track = textIn(form, 'Track');
  if (track !== undefined && TRANSCRIBED_TRACKS[track] === undefined) {
    throw invalid('The Track is not valid');
  }
  const noun = transcriptionOf(name => textIn(form, name.charAt(0).toUpperCase() + name.slice(1)));
  if (noun.callback !== undefined && !URL.canParse(noun.callback.url)) {
    throw invalid('The StatusCallbackUrl is not valid');
  }
  return noun;
}

function invalid(text: string): ApiError {
  return new ApiError(400, INVALID_PARAMETER, text);
}

function shown(line: Line, call: PracticeCall, transcription: LiveTranscription): object {
  const { sid, request, status, changedAt } = transcription;
  const base = `/${API_VERSION}/Accounts/${line.accountSid}/Calls/${call.sid}`;
  return {
    sid,
    account_sid: line.accountSid,
    call_sid: call.sid,
    name: request.name === '' ? null : request.name,
    status,
    date_updated: twilioDate(changedAt),
    uri: `${base}/Transcriptions/${sid}.json`,
  };
}
