import { API_VERSION, type Params } from './call-params.ts';
import { absoluteUrl, TwimlFailure } from './fetch-twiml.ts';
import { alert, type Line } from './line.ts';
import type { LineNumber } from './line-number.ts';
import { type Message, segmentsOf } from './message-book.ts';
import { sendMessage } from './message-send.ts';
import { createSid } from './sid.ts';
import { parseResponse, TwimlError } from './twiml.ts';
import { callbackOf, methodOf } from './twiml-attributes.ts';
import { type Method, WebhookError } from './webhooks.ts';
import type { XmlElement } from './xml.ts';

const MAX_BYTES = 64 * 1024;

/** Documents one message may ask for (Twilio's error 14106). */
const MAX_DOCUMENTS = 50;
const TOO_MANY_DOCUMENTS = 14106;

const BAD_URL = 11100;
const RETRIEVAL_FAILED = 11200;
const NOT_WELL_FORMED = 12100;
const UNKNOWN_VERB = 12200;

/** Kinds of media by the ending of their URL. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  pdf: 'application/pdf',
};

/** A person texts a number of ours: its SmsUrl is asked what to answer. */
export function textIn(
  line: Line,
  number: LineNumber,
  { from, body, mediaUrls }: Pick<Message, 'from' | 'body' | 'mediaUrls'>,
): Message {
  const now = line.clock.now();
  const message: Message = {
    sid: createSid(mediaUrls.length > 0 ? 'MM' : 'SM'),
    direction: 'inbound',
    from,
    to: number.phoneNumber,
    body,
    mediaUrls,
    createdAt: now,
    changedAt: now,
    sentAt: now,
    status: 'received',
    errorCode: null,
  };
  line.messages.add(message);
  line.messages.noteWish(from, body);
  line.traffic.emit({ event: 'message-received', message });
  const running = answer(line, number, message)
    .catch((error: unknown) => tellFailure(line, message, error))
    .finally(() => line.running.delete(running));
  line.running.add(running);
  return message;
}

async function answer(line: Line, number: LineNumber, message: Message): Promise<void> {
  let next: { url: string; method: Method } | undefined = {
    url: number.smsUrl,
    method: number.smsMethod,
  };
  if (next.url === '') return;
  for (let documents = 0; next !== undefined; documents += 1) {
    if (documents === MAX_DOCUMENTS) {
      alert(line, message, TOO_MANY_DOCUMENTS, 'The answer to a message redirects without an end');
      return;
    }
    next = await ask(line, message, next);
  }
}

/** Does what one document says; gives where it redirects to. */
async function ask(
  line: Line,
  message: Message,
  to: { url: string; method: Method },
): Promise<{ url: string; method: Method } | undefined> {
  const request = { ...to, params: messageParams(line, message) };
  const reply = await line.webhooks.send(request, MAX_BYTES, line.closing);
  if (reply.status < 200 || reply.status >= 300) {
    throw new TwimlFailure(RETRIEVAL_FAILED, `The SmsUrl answered ${reply.status}`);
  }
  const text = reply.body.toString('utf8');
  if (/^text\/plain\b/i.test(reply.contentType)) {
    if (text.trim() !== '') send(line, message, { body: text.trim(), mediaUrls: [] });
    return undefined;
  }
  for (const element of parseResponse(text)) {
    if (element.name === 'Redirect') {
      const url = absoluteUrl(element.text.trim(), reply.url);
      return { url, method: methodOf(element.attributes['method']) };
    }
    if (element.name === 'Message' || element.name === 'Sms') {
      sendReply(line, message, element, reply.url);
    } else alert(line, message, UNKNOWN_VERB, `The verb ${element.name} is not known here`);
  }
  return undefined;
}

function sendReply(line: Line, message: Message, element: XmlElement, base: string): void {
  const nested = (name: string): string[] =>
    element.elements.filter(inner => inner.name === name).map(inner => inner.text.trim());
  const own = element.content.filter(part => typeof part === 'string').join('');
  const callback =
    callbackOf(element.attributes, 'statusCallback') ??
    callbackOf(element.attributes, 'action', 'method');
  send(line, message, {
    to: element.attributes['to'],
    body: [own.trim(), ...nested('Body')].filter(part => part !== '').join('\n'),
    mediaUrls: nested('Media').map(url => absoluteUrl(url, base)),
    callback: callback && { ...callback, url: absoluteUrl(callback.url, base) },
  });
}

function send(
  line: Line,
  { sid, from, to }: Message,
  reply: {
    readonly body: string;
    readonly mediaUrls: readonly string[];
    readonly to?: string | undefined;
    readonly callback?: { url: string; method: Method } | undefined;
  },
): void {
  const receiver = reply.to ?? from;
  if (reply.body === '' && reply.mediaUrls.length === 0) {
    alert(line, { sid }, 14103, 'The Message has neither Body nor Media');
  } else if (line.messages.hasOptedOut(receiver)) {
    alert(line, { sid }, 21610, 'The person wants no more messages');
  } else {
    const { body, mediaUrls, callback } = reply;
    const direction = 'outbound-reply';
    sendMessage(line, { direction, from: to, to: receiver, body, mediaUrls, callback });
  }
}

function messageParams(line: Line, message: Message): Params {
  const media = message.mediaUrls.flatMap((url, index) => [
    [`MediaUrl${index}`, url],
    [`MediaContentType${index}`, mediaType(url)],
  ]);
  return {
    AccountSid: line.accountSid,
    ApiVersion: API_VERSION,
    MessageSid: message.sid,
    SmsSid: message.sid,
    SmsMessageSid: message.sid,
    SmsStatus: 'received',
    From: message.from,
    To: message.to,
    Body: message.body,
    NumMedia: String(message.mediaUrls.length),
    NumSegments: String(segmentsOf(message.body)),
    ...Object.fromEntries(media),
    FromCity: 'SAN FRANCISCO',
    FromState: 'CA',
    FromZip: '94105',
    FromCountry: 'US',
    ToCity: 'SAN FRANCISCO',
    ToState: 'CA',
    ToZip: '94105',
    ToCountry: 'US',
  };
}

function mediaType(url: string): string {
  const ending = /\.(\w+)(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? '';
  return MEDIA_TYPES[ending] ?? 'application/octet-stream';
}

function tellFailure(line: Line, message: Message, error: unknown): void {
  if (line.closing.aborted) return;
  const known = error instanceof TwimlFailure || error instanceof WebhookError;
  const code = error instanceof TwimlError ? NOT_WELL_FORMED : BAD_URL;
  alert(line, message, known ? error.code : code, 'The answer to a message could not be had');
}
