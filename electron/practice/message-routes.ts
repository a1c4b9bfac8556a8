import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError, notFound } from './api-error.ts';
import { type Form, parseForm, textIn } from './form.ts';
import type { Line } from './line.ts';
import type { Message } from './message-book.ts';
import { messageResource } from './message-resource.ts';
import { type MessageRequest, sendMessage } from './message-send.ts';
import { pageOf } from './paging.ts';

const E164 = /^\+[1-9]\d{6,14}$/;

/** Twilio's limits for the characters and the media of one message. */
const MAX_BODY = 1600;
const MAX_MEDIA = 10;

const pathOfMessage = z.object({ file: z.string() });

/** Messages: send, show, list, forget. `server` is rooted at the account. */
export function addMessageRoutes(server: FastifyInstance, line: Line): void {
  server.post('/Messages.json', async (request, reply) => {
    const message = sendMessage(line, parseMessageRequest(line, parseForm(request.body)));
    return reply.code(201).send(messageResource(line, message));
  });

  server.get('/Messages.json', async request => {
    const query = parseForm(request.query);
    const path = request.url.split('?')[0] ?? '';
    const messages = line.messages
      .list()
      .filter(
        ({ to, from }) =>
          (textIn(query, 'To') ?? to) === to && (textIn(query, 'From') ?? from) === from,
      );
    return pageOf(path, query, 'messages', messages, message => messageResource(line, message));
  });

  server.get('/Messages/:file', async request =>
    messageResource(line, messageAt(line, request.params, request.url)),
  );

  server.delete('/Messages/:file', async (request, reply) => {
    line.messages.remove(messageAt(line, request.params, request.url).sid);
    return reply.code(204).send();
  });
}

function messageAt(line: Line, params: unknown, url: string): Message {
  const message = line.messages.get(pathOfMessage.parse(params).file.replace(/\.json$/, ''));
  if (message === undefined) throw notFound(url);
  return message;
}

/** Reads the form that sends a message. Throws `ApiError` with Twilio's code for what is wrong. */
function parseMessageRequest(line: Line, form: Form): MessageRequest {
  const to = textIn(form, 'To') ?? '';
  const from = textIn(form, 'From') ?? '';
  const body = textIn(form, 'Body') ?? '';
  const mediaUrls = form['MediaUrl'] ?? [];
  if (textIn(form, 'MessagingServiceSid') !== undefined) {
    throw refusal(21701, 'The Messaging Service does not exist');
  }
  if (to === '') throw refusal(21604, 'A To phone number is required');
  if (from === '') throw refusal(21603, 'A From phone number is required');
  if (!E164.test(to)) throw refusal(21211, 'The To phone number is not valid');
  if (!line.numbers.some(own => own.phoneNumber === from && own.capabilities.sms)) {
    throw refusal(21606, 'The From phone number is not a number of this account that can text');
  }
  if (to === from) throw refusal(21266, 'To and From are the same number');
  if (body === '' && mediaUrls.length === 0) throw refusal(21602, 'A Body or MediaUrl is required');
  if (body.length > MAX_BODY) throw refusal(21617, 'The Body exceeds 1600 characters');
  if (mediaUrls.length > MAX_MEDIA) throw refusal(21623, 'More than 10 MediaUrls are given');
  if (!mediaUrls.every(isHttp)) throw refusal(21620, 'A MediaUrl is not valid');
  if (line.messages.hasOptedOut(to)) throw refusal(21610, 'The person wants no more messages');
  const callback = textIn(form, 'StatusCallback') ?? '';
  if (callback !== '' && !isHttp(callback)) throw refusal(21609, 'The StatusCallback is not valid');
  return {
    direction: 'outbound-api',
    to,
    from,
    body,
    mediaUrls,
    callback: callback === '' ? undefined : { url: callback, method: 'POST' },
  };
}

function refusal(code: number, message: string): ApiError {
  return new ApiError(400, code, message);
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
