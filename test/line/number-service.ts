import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { Client } from '../../electron/twilio/rest-client.ts';
import { clientOf } from './account.ts';

/** The one number of a service as it is stored there. */
type StoredNumber = Readonly<Record<string, unknown>>;

/** Twilio's IncomingPhoneNumbers resource with one number, applications and trunks included. */
export type NumberService = {
  readonly client: Client;
  readonly accountSid: string;
  readonly number: string;
  readonly stored: () => StoredNumber;
  /** Whether changes are refused from now on. */
  readonly refuseChanges: (on: boolean) => void;
};

const ACCOUNT_SID = `AC${'0'.repeat(32)}`;
const NUMBER = '+14155550100';

/** Opens the service; gone when the test ends. @param fields of the number that differ from a new one's */
export async function openNumberService(fields: StoredNumber): Promise<NumberService> {
  let stored: StoredNumber = {
    sid: `PN${'0'.repeat(32)}`,
    account_sid: ACCOUNT_SID,
    phone_number: NUMBER,
    friendly_name: 'The desk',
    capabilities: { voice: true, sms: true, mms: false, fax: false },
    voice_url: '',
    voice_method: 'POST',
    voice_application_sid: '',
    trunk_sid: null,
    ...fields,
  };
  let isRefusing = false;
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.method === 'POST' && isRefusing) {
      response.statusCode = 400;
      return response.end(JSON.stringify({ code: 21402, message: 'Invalid Url', status: 400 }));
    }
    if (request.method === 'POST') {
      const form = new URLSearchParams(await text(request));
      const change = [...form].map(([name, value]) => [snakeCase(name), value]);
      stored = { ...stored, ...Object.fromEntries(change) };
    }
    const isList = (request.url ?? '').split('?')[0]?.endsWith('/IncomingPhoneNumbers.json');
    const body = isList ? { incoming_phone_numbers: [stored], next_page_uri: null } : stored;
    return response.end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const apiUrl = `http://127.0.0.1:${port}`;
  return {
    client: clientOf({ accountSid: ACCOUNT_SID, authToken: 'secret', apiUrl }),
    accountSid: ACCOUNT_SID,
    number: NUMBER,
    stored: () => stored,
    refuseChanges: on => {
      isRefusing = on;
    },
  };
}

/** `VoiceUrl` as the API's answers write it. */
function snakeCase(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase();
}
