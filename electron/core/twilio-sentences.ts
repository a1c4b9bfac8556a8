import type { ProblemKind } from './problem.ts';
import { TRANSCRIPT_SENTENCES } from './transcript-sentences.ts';

/** What a Twilio code means to a person. `{number}` stands for the number it is about. */
export type Sentence = {
  readonly message: string;
  readonly remedy: string;
  /** `refused-by-twilio` when absent. */
  readonly kind?: ProblemKind;
};

const CHECK_NUMBER = 'Check the number and dial again.';
const UPGRADE = 'Upgrade the account in the Twilio Console, or use the practice line.';
const ANSWERS_FIRST = 'Answer Twilio’s questions about the account in the Twilio Console.';
const TEST_LINE = 'Test the line to see whether Twilio reaches this computer.';
const REPORT = 'Report this with its code: Earshot sent Twilio something it does not take.';
const WAIT = 'Wait a minute and try again.';

/** A failure between Twilio and this computer. */
function unfetched(message: string, remedy: string): Sentence {
  return { kind: 'webhook-failed', message, remedy };
}

/** The account and what it may do. */
const ACCOUNT: Readonly<Record<number, Sentence>> = {
  10001: {
    message: 'The account is not active, so no call goes out or comes in.',
    remedy: ANSWERS_FIRST,
  },
  10002: {
    kind: 'trial-account',
    message:
      'This is a trial account: Twilio removes live sound, so you can read calls but not hear them or speak.',
    remedy: UPGRADE,
  },
  10004: {
    kind: 'rate-limited',
    message: 'The account has as many calls as it may have at once. Live calls go on.',
    remedy: 'Wait until a call ends, or ask Twilio for more concurrent calls.',
  },
  13805: {
    kind: 'trial-account',
    message: 'Twilio ended the call after 10 minutes, the longest on a trial account.',
    remedy: UPGRADE,
  },
  14111: {
    kind: 'trial-account',
    message:
      'A trial account can only reach numbers verified with Twilio, and {number} is not one.',
    remedy: 'Verify the number in the Twilio Console, or upgrade the account.',
  },
  20003: {
    kind: 'credentials-refused',
    message: 'Twilio refused the auth token. Calls cannot start or change; live calls go on.',
    remedy: 'Enter the auth token again; it may have been rotated.',
  },
  20005: {
    message: 'The account is not active, so no call goes out or comes in.',
    remedy: ANSWERS_FIRST,
  },
  20006: {
    kind: 'credentials-refused',
    message: 'The key is known to Twilio, but may not do this.',
    remedy: 'Use a main or standard API key, or the auth token.',
  },
  20404: {
    message: 'Twilio does not know this any more: it was removed, or the call is over.',
    remedy: 'Look whether it is still there before trying again.',
  },
  20429: {
    kind: 'rate-limited',
    message: 'Twilio takes no more requests for a moment. Live calls go on.',
    remedy: WAIT,
  },
  20500: {
    kind: 'twilio-unreachable',
    message: 'Twilio is not well and did not do this. Live calls go on.',
    remedy: 'Try again; status.twilio.com tells how Twilio is.',
  },
  20503: {
    kind: 'twilio-unreachable',
    message: 'Twilio cannot do this now. Live calls go on.',
    remedy: 'Try again; status.twilio.com tells how Twilio is.',
  },
};

/** Starting and changing calls. */
const CALLS: Readonly<Record<number, Sentence>> = {
  13214: {
    message: 'The number to be shown to the person called is not a number Twilio takes.',
    remedy: 'Choose a caller number that this account owns or has verified.',
  },
  13223: { message: 'Twilio does not take {number} for a phone number.', remedy: CHECK_NUMBER },
  13224: {
    message: 'Twilio cannot call {number}: it is invalid or not supported.',
    remedy: CHECK_NUMBER,
  },
  13225: {
    message: 'Twilio does not let anybody call {number}.',
    remedy: 'Call another number, or ask Twilio’s support about this one.',
  },
  13226: { message: 'The country code of {number} does not exist.', remedy: CHECK_NUMBER },
  13227: {
    message: 'The account may not call the country of {number}.',
    remedy: 'Allow this country in the account’s voice geographic permissions.',
  },
  21203: {
    message: 'The account may not call abroad.',
    remedy: 'Allow this country in the account’s voice geographic permissions.',
  },
  21205: {
    message: 'Twilio does not take the address this call was to be announced to.',
    remedy: TEST_LINE,
  },
  21210: {
    message: 'The caller number is neither owned by this account nor verified with Twilio.',
    remedy: 'Choose a caller number that this account owns or has verified.',
  },
  21211: { message: 'Twilio does not take {number} for a phone number.', remedy: CHECK_NUMBER },
  21212: {
    message: 'The caller number is not a phone number Twilio takes.',
    remedy: 'Choose a caller number that this account owns or has verified.',
  },
  21214: { message: 'No network reaches {number}.', remedy: CHECK_NUMBER },
  21215: {
    message: 'The account may not call the country of {number}.',
    remedy: 'Allow this country in the account’s voice geographic permissions.',
  },
  21216: {
    message: 'Twilio blocks calls to {number}.',
    remedy: 'Call another number, or ask Twilio’s support about this one.',
  },
  21217: { message: 'Twilio does not take {number} for a phone number.', remedy: CHECK_NUMBER },
  21219: {
    kind: 'trial-account',
    message: 'A trial account can only call numbers verified with Twilio, and {number} is not one.',
    remedy: 'Verify the number in the Twilio Console, or upgrade the account.',
  },
  21220: {
    message: 'The call was over before Twilio could change it.',
    remedy: 'Look at the list of calls before trying again.',
  },
};

/** Webhooks and the TwiML they answer with. */
const WEBHOOKS: Readonly<Record<number, Sentence>> = {
  11100: unfetched('Twilio was given an address that is none.', 'Check the public address.'),
  11200: unfetched('Twilio could not fetch what a call should do from this computer.', TEST_LINE),
  11205: unfetched('Twilio could not connect to this computer.', TEST_LINE),
  11206: unfetched('What answered Twilio at the public address does not speak HTTP.', TEST_LINE),
  11210: unfetched(
    'Twilio did not find the host of the public address.',
    'Check the public address; a new domain can take minutes to be known everywhere.',
  ),
  11215: unfetched(
    'The public address sends Twilio on from one address to the next.',
    'Use the address that it leads to.',
  ),
  11220: unfetched(
    'Twilio found no secure connection at the public address.',
    'Check the certificate of the public address.',
  ),
  11237: unfetched(
    'Twilio does not trust the certificate of the public address.',
    'Renew the certificate, with its whole chain.',
  ),
  11750: unfetched('The answer Twilio fetched was longer than 64 KB.', REPORT),
  12100: unfetched(
    'Twilio could not read what this call should do: it is not XML.',
    'Check that the number’s calls lead to Earshot and to no other page.',
  ),
  12200: unfetched('Twilio ignored a part of what this call should do.', REPORT),
  12300: unfetched(
    'Twilio fetched a page that is not made for it, such as a web page.',
    'Check that the number’s calls lead to Earshot and to no other page.',
  ),
  13238: unfetched(
    'Twilio ignored a part of the hold music: it may only say, play, pause and redirect.',
    REPORT,
  ),
};

/** Media Streams. */
const STREAMS: Readonly<Record<number, Sentence>> = {
  31901: unfetched('The sound of a call did not reach this computer in time.', TEST_LINE),
  31902: unfetched('Nothing took the sound of a call at the public address.', TEST_LINE),
  31910: unfetched(
    'Twilio does not trust the certificate of the public address, so it sends no sound.',
    'Renew the certificate, with its whole chain.',
  ),
  31920: unfetched(
    'The public address answers, but does not take the sound of calls.',
    'Let the proxy or tunnel pass WebSockets on, and check the auth token.',
  ),
  31921: unfetched(
    'The connection with the sound of a call was closed on this side.',
    'Look at the network and the tunnel if the call was not ended here.',
  ),
  31922: unfetched('Twilio did not understand sound that was sent to it.', REPORT),
  31923: unfetched(
    'The address for the sound of a call is none.',
    'Check the public address; sound needs one that starts with https.',
  ),
  31924: unfetched(
    'Something between Twilio and this computer disturbed the sound of a call.',
    TEST_LINE,
  ),
  31950: unfetched('Twilio did not understand sound that was sent to it.', REPORT),
};

/** Text messages. */
const MESSAGES: Readonly<Record<number, Sentence>> = {
  21266: {
    message: 'A message cannot go to the number it comes from.',
    remedy: 'Write to another number.',
  },
  21408: {
    message: 'The account may not send messages to the country of {number}.',
    remedy: 'Allow this country in the account’s messaging geographic permissions.',
  },
  21606: {
    message: 'The chosen number cannot send messages to {number}.',
    remedy: 'Choose a number of the account that can send messages.',
  },
  21608: {
    kind: 'trial-account',
    message:
      'A trial account can only write to numbers verified with Twilio, and {number} is not one.',
    remedy: 'Verify the number in the Twilio Console, or upgrade the account.',
  },
  21610: {
    message: '{number} asked for no more messages from this number.',
    remedy: 'Call instead; only an answer of START from that phone allows messages again.',
  },
  21612: {
    message: 'There is no way for messages from the chosen number to {number}.',
    remedy: 'Choose another number of the account.',
  },
  21614: {
    message: '{number} is not a mobile number, so it cannot take messages.',
    remedy: 'Call instead.',
  },
  30003: {
    message: 'The phone of {number} is off or out of reach.',
    remedy: 'Send the message again later, or call.',
  },
  30004: {
    message: '{number} takes no messages from this number, or the network blocked it.',
    remedy: 'Call instead.',
  },
  30005: { message: '{number} is not in use.', remedy: 'Check the number.' },
  30006: {
    message: '{number} is a landline or cannot be reached by messages.',
    remedy: 'Call instead.',
  },
  30007: {
    message: 'The network filtered the message to {number} out.',
    remedy: 'Write it in other words, without short links.',
  },
  30008: {
    message: 'The network did not take the message to {number} and does not say why.',
    remedy: 'Send it again later, or call.',
  },
  30019: {
    message: 'The files of the message to {number} are larger than its network takes.',
    remedy: 'Send smaller files; 5 MB are the most.',
  },
  30034: {
    message:
      'Networks in the United States block messages from numbers that are not registered (A2P 10DLC).',
    remedy: 'Register the number in the Twilio Console; calls need no registration.',
  },
};

/**
 * The codes that people meet. Not all there are: each has its page at Twilio.
 * Source: https://www.twilio.com/docs/api/errors
 */
export const SENTENCES: Readonly<Record<number, Sentence>> = {
  ...ACCOUNT,
  ...CALLS,
  ...WEBHOOKS,
  ...STREAMS,
  ...TRANSCRIPT_SENTENCES,
  ...MESSAGES,
};
