import type { Clock } from '../core/clock.ts';
import type { SoundTranscriber } from '../core/transcriber.ts';
import type { Log } from '../log.ts';
import { createCloudTranscriber } from './cloud-transcriber.ts';
import { LIVE_MODEL, type OpenAiError, type OpenAiModel, TURN_MODEL } from './openai-messages.ts';
import { openAiTalk } from './openai-talk.ts';
import {
  connectionLost,
  explainEnd,
  keyRefused,
  nothingLeft,
  requestRefused,
  type ServiceWords,
  tooMany,
} from './service-faults.ts';
import type { Fault } from './speech-service.ts';

const WORDS: ServiceWords = {
  title: 'OpenAI',
  keysLink: 'https://platform.openai.com/api-keys',
  billingLink: 'https://platform.openai.com/settings/organization/billing',
};

/** What a cloud service needs of the rest. */
export type CloudOptions = {
  readonly clock: Clock;
  readonly log: Log;
  /** The key as it is now; null while there is none. */
  readonly key: () => string | null;
  /** An origin, ws or wss, without a trailing slash. */
  readonly url: string;
};

/**
 * OpenAI's Realtime API writes down what is said. Source:
 * https://developers.openai.com/api/docs/guides/realtime-transcription
 */
export function createOpenAi({ clock, log, key, url }: CloudOptions): SoundTranscriber {
  // An account that may not use the better model is asked for the other one until Earshot ends.
  let model: OpenAiModel = LIVE_MODEL;
  const explain = (error: OpenAiError, isReady: boolean): Fault | null => {
    const { code, type, param } = error;
    const said = `${code ?? ''} ${type ?? ''}`;
    if (/invalid_api_key|authentication|permission_denied/.test(said)) return keyRefused(WORDS);
    if (/insufficient_quota|billing/.test(said)) return nothingLeft(WORDS);
    if (/rate_limit/.test(said)) return tooMany(WORDS, null);
    if (/session_expired/.test(said)) {
      return { ...connectionLost(WORDS, 'session_expired'), retry: 'now' };
    }
    if (isReady) return null;
    const isModel = /model/.test(`${code ?? ''} ${param ?? ''}`);
    if (isModel && model === LIVE_MODEL) {
      model = TURN_MODEL;
      return { ...requestRefused(WORDS), retry: 'now' };
    }
    return requestRefused(WORDS);
  };
  return createCloudTranscriber(
    {
      name: 'openai',
      // The model is named in the session; in the address it would begin a conversation instead.
      address: (_request, secret) => ({
        url: `${url}/v1/realtime?intent=transcription`,
        headers: { authorization: `Bearer ${secret}` },
      }),
      talk: (request, context, ports) =>
        openAiTalk(request, context, { model, nowMs: clock.now, explain }, ports),
      explain: end => explainEnd(WORDS, end),
    },
    { clock, log, key, words: WORDS },
  );
}
