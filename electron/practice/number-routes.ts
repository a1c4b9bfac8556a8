import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from './api-error.ts';
import { type Form, parseForm, textIn } from './form.ts';
import type { Line } from './line.ts';
import type { LineNumber } from './line-number.ts';
import { numberResource } from './number-resource.ts';
import { pageOf } from './paging.ts';
import { setFields } from './settable.ts';

const pathOfNumber = z.object({ file: z.string() });

const TEXTS = {
  FriendlyName: 'friendlyName',
  VoiceUrl: 'voiceUrl',
  VoiceFallbackUrl: 'voiceFallbackUrl',
  VoiceApplicationSid: 'voiceApplicationSid',
  StatusCallback: 'statusCallback',
  SmsUrl: 'smsUrl',
} as const;

const METHODS = {
  VoiceMethod: 'voiceMethod',
  VoiceFallbackMethod: 'voiceFallbackMethod',
  StatusCallbackMethod: 'statusCallbackMethod',
  SmsMethod: 'smsMethod',
} as const;

/** Our numbers: list, show, change. `server` is rooted at the account. */
export function addNumberRoutes(server: FastifyInstance, line: Line): void {
  server.get('/IncomingPhoneNumbers.json', async request => {
    const query = parseForm(request.query);
    const path = request.url.split('?')[0] ?? '';
    const numbers = line.numbers.filter(number => matches(number, query));
    return pageOf(path, query, 'incoming_phone_numbers', numbers, number =>
      numberResource(line, number),
    );
  });

  server.get('/IncomingPhoneNumbers/:file', async request => {
    return numberResource(line, numberAt(line, request.params, request.url));
  });

  server.post('/IncomingPhoneNumbers/:file', async request => {
    const number = numberAt(line, request.params, request.url);
    setFields(
      number,
      parseForm(request.body),
      { texts: TEXTS, methods: METHODS },
      line.clock.now(),
    );
    return numberResource(line, number);
  });
}

function numberAt(line: Line, params: unknown, url: string): LineNumber {
  const { file } = pathOfNumber.parse(params);
  const number = line.numbers.find(({ sid }) => file === `${sid}.json`);
  if (number === undefined) throw notFound(url);
  return number;
}

/** Twilio finds numbers by a part of them; `*` stands for any character. */
function matches(number: LineNumber, query: Form): boolean {
  const part = textIn(query, 'PhoneNumber')
    ?.replace(/[^\d*]/g, '')
    .replaceAll('*', '.');
  const name = textIn(query, 'FriendlyName');
  const numberMatches = part === undefined || new RegExp(part).test(number.phoneNumber);
  return numberMatches && (name === undefined || name === number.friendlyName);
}
