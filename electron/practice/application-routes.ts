import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from './api-error.ts';
import type { Application } from './applications.ts';
import { API_VERSION } from './call-params.ts';
import { parseForm, textIn } from './form.ts';
import type { Line } from './line.ts';
import { pageOf } from './paging.ts';
import { setFields } from './settable.ts';
import { twilioDate } from './twilio-date.ts';

const pathOfApplication = z.object({ file: z.string() });

const TEXTS = {
  FriendlyName: 'friendlyName',
  VoiceUrl: 'voiceUrl',
  VoiceFallbackUrl: 'voiceFallbackUrl',
  StatusCallback: 'statusCallback',
  SmsUrl: 'smsUrl',
  SmsFallbackUrl: 'smsFallbackUrl',
  SmsStatusCallback: 'smsStatusCallback',
  MessageStatusCallback: 'messageStatusCallback',
} as const;

const METHODS = {
  VoiceMethod: 'voiceMethod',
  VoiceFallbackMethod: 'voiceFallbackMethod',
  StatusCallbackMethod: 'statusCallbackMethod',
  SmsMethod: 'smsMethod',
  SmsFallbackMethod: 'smsFallbackMethod',
} as const;

/** Applications: create, list, show, change, delete. `server` is rooted at the account. */
export function addApplicationRoutes(server: FastifyInstance, line: Line): void {
  server.post('/Applications.json', async (request, reply) => {
    const application = line.applications.create(line.clock.now());
    setFields(
      application,
      parseForm(request.body),
      { texts: TEXTS, methods: METHODS },
      line.clock.now(),
    );
    return reply.code(201).send(shown(line, application));
  });

  server.get('/Applications.json', async request => {
    const query = parseForm(request.query);
    const name = textIn(query, 'FriendlyName');
    const found = line.applications
      .list()
      .filter(({ friendlyName }) => name === undefined || name === friendlyName);
    const path = request.url.split('?')[0] ?? '';
    return pageOf(path, query, 'applications', found, one => shown(line, one));
  });

  server.get('/Applications/:file', async request =>
    shown(line, applicationAt(line, request.params, request.url)),
  );

  server.post('/Applications/:file', async request => {
    const application = applicationAt(line, request.params, request.url);
    setFields(
      application,
      parseForm(request.body),
      { texts: TEXTS, methods: METHODS },
      line.clock.now(),
    );
    return shown(line, application);
  });

  server.delete('/Applications/:file', async (request, reply) => {
    line.applications.remove(applicationAt(line, request.params, request.url));
    return reply.code(204).send();
  });
}

function applicationAt(line: Line, params: unknown, url: string): Application {
  const { file } = pathOfApplication.parse(params);
  const application = line.applications.get(file.replace(/\.json$/, ''));
  if (application === undefined) throw notFound(url);
  return application;
}

function shown({ accountSid }: Line, application: Application): object {
  return {
    sid: application.sid,
    account_sid: accountSid,
    api_version: API_VERSION,
    friendly_name: application.friendlyName,
    voice_url: application.voiceUrl,
    voice_method: application.voiceMethod,
    voice_fallback_url: application.voiceFallbackUrl,
    voice_fallback_method: application.voiceFallbackMethod,
    voice_caller_id_lookup: false,
    status_callback: application.statusCallback,
    status_callback_method: application.statusCallbackMethod,
    sms_url: application.smsUrl,
    sms_method: application.smsMethod,
    sms_fallback_url: application.smsFallbackUrl,
    sms_fallback_method: application.smsFallbackMethod,
    sms_status_callback: application.smsStatusCallback,
    message_status_callback: application.messageStatusCallback,
    public_application_connect_enabled: false,
    date_created: twilioDate(application.createdAt),
    date_updated: twilioDate(application.changedAt),
    uri: `/${API_VERSION}/Accounts/${accountSid}/Applications/${application.sid}.json`,
  };
}
