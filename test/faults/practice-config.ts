import type { Config } from '../../electron/config.ts';
import type { PracticeLine } from '../../electron/practice/practice-line.ts';
import { NO_FORWARDING } from '../../electron/twilio/request-origin.ts';

/** The configuration of an app whose account is the practice line. @param number our number as the account's owner wrote it down */
export function configOf(practice: PracticeLine, number: string = practice.number): Config {
  const { accountSid, authToken, apiUrl } = practice;
  return {
    line: {
      kind: 'twilio',
      account: { accountSid, authToken, apiKey: null, number },
      relay: null,
    },
    port: 0,
    host: '127.0.0.1',
    address: { kind: 'none' },
    apiUrl,
    transcribers: {
      openai: { key: null, url: 'ws://127.0.0.1:1' },
      deepgram: { key: null, url: 'ws://127.0.0.1:1' },
    },
    pointNumber: true,
    forwarding: NO_FORWARDING,
    skipSignature: false,
    logLevel: 'error',
    target: null,
    headlessSound: false,
    printEvents: false,
    picturePath: null,
  };
}
