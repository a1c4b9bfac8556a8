import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError, notFound } from './api-error.ts';
import { API_VERSION } from './call-params.ts';
import { type Form, parseForm, textIn } from './form.ts';
import type { Line } from './line.ts';
import { pageOf } from './paging.ts';
import type { Recording } from './recording.ts';
import { recordingIn } from './recording-form.ts';
import { startRecording } from './recording-session.ts';
import { twilioDate } from './twilio-date.ts';

const NOT_RECORDABLE = 21220;

const pathOfCall = z.object({ call: z.string() });
const pathOfRecording = z.object({ file: z.string() });

/** Recordings: of calls, and of the account with their sound. `server` is rooted at the account. */
export function addRecordingRoutes(server: FastifyInstance, line: Line): void {
  server.post('/Calls/:call/Recordings.json', async (request, reply) => {
    const call = line.calls.get(pathOfCall.parse(request.params).call);
    if (call === undefined) throw notFound(request.url);
    if (call.status !== 'in-progress') {
      throw new ApiError(400, NOT_RECORDABLE, 'The call is not in-progress and cannot be recorded');
    }
    const form = parseForm(request.body);
    const { recording } = startRecording(line, call, {
      ...recordingIn(form),
      source: 'StartCallRecordingAPI',
    });
    return reply.code(201).send(shown(line, recording));
  });

  server.get('/Calls/:call/Recordings.json', async request => {
    const { call } = pathOfCall.parse(request.params);
    return listed(line, request.url, parseForm(request.query), call);
  });

  server.get('/Calls/:call/Recordings/:file', async request =>
    shown(line, recordingAt(line, request.params, request.url)),
  );

  server.post('/Calls/:call/Recordings/:file', async request => {
    const { call } = pathOfCall.parse(request.params);
    const { file } = pathOfRecording.parse(request.params);
    const running = [...(line.calls.get(call)?.recordings ?? [])].find(
      ({ recording }) => file === `${recording.sid}.json` || file === 'Twilio.CURRENT.json',
    );
    if (running === undefined) throw notFound(request.url);
    change(line, running, parseForm(request.body));
    return shown(line, running.recording);
  });

  server.get('/Recordings.json', async request =>
    listed(line, request.url, parseForm(request.query)),
  );

  server.get('/Recordings/:file', async (request, reply) => {
    const recording = recordingAt(line, request.params, request.url);
    if (request.url.split('?')[0]?.endsWith('.json')) return shown(line, recording);
    if (!recording.hasSound) throw notFound(request.url);
    const channels = channelsIn(parseForm(request.query), recording);
    return reply.type('audio/x-wav').send(recording.wav(channels));
  });

  server.delete('/Recordings/:file', async (request, reply) => {
    line.recordings.remove(recordingAt(line, request.params, request.url));
    return reply.code(204).send();
  });
}

/** A recording by its SID; without an ending and with `.wav` its sound is meant. */
function recordingAt(line: Line, params: unknown, url: string): Recording {
  const { file } = pathOfRecording.parse(params);
  const recording = line.recordings.get(file.replace(/\.(?:json|wav)$/, ''));
  if (recording === undefined) throw notFound(url);
  return recording;
}

/** How many channels are asked for: as many as it was begun with, when nothing is said. */
function channelsIn(query: Form, recording: Recording): 1 | 2 {
  const asked = textIn(query, 'RequestedChannels') ?? String(recording.channels);
  if (asked === '2' && recording.source !== 'RecordVerb') return 2;
  if (asked !== '1') throw new ApiError(400, 20001, 'The RequestedChannels are not valid');
  return 1;
}

function listed(line: Line, url: string, query: Form, call = textIn(query, 'CallSid')): object {
  const recordings = line.recordings
    .list()
    .filter(({ callSid }) => call === undefined || callSid === call);
  const path = url.split('?')[0] ?? '';
  return pageOf(path, query, 'recordings', recordings, recording => shown(line, recording));
}

function change(
  line: Line,
  { recording, stop }: { readonly recording: Recording; stop(): void },
  form: Form,
): void {
  const status = textIn(form, 'Status');
  if (status === 'paused') {
    recording.pause(textIn(form, 'PauseBehavior') !== 'skip', line.clock.now());
  } else if (status === 'in-progress') recording.resume(line.clock.now());
  else if (status === 'stopped') stop();
  else throw new ApiError(400, 20001, 'The Status is not valid');
}

function isReady({ isOpen, status }: Recording): boolean {
  return !isOpen && status !== 'processing';
}

function shown(line: Line, recording: Recording): object {
  const base = `/${API_VERSION}/Accounts/${line.accountSid}/Recordings/${recording.sid}`;
  return {
    sid: recording.sid,
    account_sid: line.accountSid,
    call_sid: recording.callSid,
    conference_sid: null,
    status: recording.status,
    source: recording.source,
    channels: recording.channels,
    track: 'both',
    start_time: twilioDate(recording.startedAt),
    duration: isReady(recording) ? String(recording.durationSeconds) : null,
    price: null,
    price_unit: 'USD',
    error_code: recording.errorCode,
    encryption_details: null,
    media_url: recording.url,
    date_created: twilioDate(recording.startedAt),
    date_updated: twilioDate(recording.changedAt),
    api_version: API_VERSION,
    uri: `${base}.json`,
    subresource_uris: {},
  };
}
