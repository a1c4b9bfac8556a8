import type { SoundTranscriber } from '../core/transcriber.ts';
import { createCloudTranscriber } from './cloud-transcriber.ts';
import { listenQuery } from './deepgram-messages.ts';
import { deepgramTalk } from './deepgram-talk.ts';
import type { CloudOptions } from './openai.ts';
import { explainEnd, type ServiceWords } from './service-faults.ts';

const WORDS: ServiceWords = {
  title: 'Deepgram',
  keysLink: 'https://console.deepgram.com/',
  billingLink: 'https://console.deepgram.com/',
};

/**
 * Deepgram's live streaming API writes down what is said. Source:
 * https://developers.deepgram.com/reference/speech-to-text/listen-streaming
 */
export function createDeepgram({ clock, log, key, url }: CloudOptions): SoundTranscriber {
  return createCloudTranscriber(
    {
      name: 'deepgram',
      address: (request, secret) => ({
        url: `${url}/v1/listen?${listenQuery(request)}`,
        headers: { authorization: `Token ${secret}` },
      }),
      talk: (_request, _context, ports) => deepgramTalk(ports),
      explain: end => explainEnd(WORDS, end),
    },
    { clock, log, key, words: WORDS },
  );
}
