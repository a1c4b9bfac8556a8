import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { WebSocket } from 'ws';

/** The auth token of the tests. */
export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';

/** The fields of a form; a field with several values is sent several times. */
type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Signs as Twilio does, with its own library. */
export function signature(url: string, params: Fields = {}, authToken = AUTH_TOKEN): string {
  return getExpectedTwilioSignature(authToken, url, { ...params });
}

/** A form as it is posted. */
function formOf(params: Fields): string {
  return `${new URLSearchParams(
    Object.entries(params).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    ),
  )}`;
}

/** Posts a form the way Twilio does, signed. */
export function postSigned(url: string, params: Fields, authToken = AUTH_TOKEN): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    body: formOf(params),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature(url, params, authToken),
    },
  });
}

/** What a server answered. */
type Answer = {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
};

/** Posts a body with exactly these headers, Host included. */
export async function post(url: string, headers: OutgoingHttpHeaders, body = ''): Promise<Answer> {
  const { hostname, port } = new URL(url);
  // The path as it is written: `new URL()` would write it in its own way.
  const path = url.replace(/^http:\/\/[^/]*/, '');
  const sent = request({ hostname, port, path, method: 'POST', agent: false, headers });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, body: await text(answer), headers: answer.headers };
}

/** Posts a form whose signature was made over another address than it is sent to. */
export function postForm(
  url: string,
  signed: string,
  params: Fields = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const own = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': signature(signed, params),
  };
  return post(url, { ...own, ...headers }, formOf(params));
}

/** The header of a stream's handshake. @param url its ws address */
export function signedUpgrade(url: string, authToken = AUTH_TOKEN): Record<string, string> {
  return { 'x-twilio-signature': signature(url, {}, authToken) };
}

/** How a handshake went: `open`, or the status it was refused with. */
export function handshake(url: string, headers: Record<string, string>): Promise<'open' | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}
