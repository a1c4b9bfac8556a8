import type { Sentence } from './twilio-sentences.ts';

/** Why Twilio does not write down what is said. Source: https://www.twilio.com/docs/api/errors/32650 and its neighbours */
export const TRANSCRIPT_SENTENCES: Readonly<Record<number, Sentence>> = {
  32650: {
    kind: 'transcript-failed',
    message: 'Twilio could not write down what is said. The call goes on.',
    remedy: 'Turn transcripts off and on again, or choose another language for them.',
  },
  32651: {
    kind: 'transcript-failed',
    message:
      'What listens for Twilio did not take the language or the words it was given, so nothing is written down. The call goes on.',
    remedy: 'Choose another language for transcripts, or let this computer write calls down.',
  },
  32652: {
    message: 'What listens for Twilio left out some of what it was asked for. The call goes on.',
    remedy: 'Choose another language for transcripts, or let this computer write calls down.',
  },
  32655: {
    kind: 'transcript-failed',
    message:
      'The account has not accepted Twilio’s terms for artificial intelligence, so Twilio writes nothing down. The call goes on.',
    remedy: 'Accept them in the Twilio Console, or let this computer write calls down.',
  },
};
