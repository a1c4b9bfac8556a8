import type { Config } from './config.ts';
import type { Problem } from './core/problem.ts';
import type { KeyedTranscriber } from './core/transcription.ts';
import { isTrusted } from './trusted-address.ts';

/** The services that take a key, as people and the environment know them. */
const SERVICES = {
  openai: { title: 'OpenAI', domain: 'openai.com', name: 'OPENAI' },
  deepgram: { title: 'Deepgram', domain: 'deepgram.com', name: 'DEEPGRAM' },
} as const satisfies Record<KeyedTranscriber, object>;

/** Why a key cannot be changed here: one from the environment stays in use. */
export function keyGiven(transcriber: KeyedTranscriber): Problem {
  const { title, name } = SERVICES[transcriber];
  return {
    kind: 'not-available',
    message: `The ${title} key from the environment stays in use.`,
    remedy: `Change or remove ${name}_API_KEY in the environment or in the .env file, then start Earshot again.`,
  };
}

/**
 * Why a key that a person entered is not used: it would be sent elsewhere. Null where it goes to its own
 * service or to a stand-in on this computer. One from the environment goes where the environment says.
 */
export function keyWithheld(
  transcriber: KeyedTranscriber,
  { url }: Config['transcribers'][KeyedTranscriber],
): Problem | null {
  const { title, domain, name } = SERVICES[transcriber];
  if (isTrusted(url, domain)) return null;
  return {
    kind: 'invalid-configuration',
    message: `EARSHOT_${name}_URL is neither ${title} nor on this computer, so a key that was entered here is not sent there.`,
    remedy: `Remove EARSHOT_${name}_URL from the environment or the .env file, or give ${name}_API_KEY there too.`,
  };
}
