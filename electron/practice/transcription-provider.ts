import type { TranscriptionNoun } from './verb.ts';

/** Why a transcription cannot go on. Source: https://www.twilio.com/docs/api/errors/32650 and 32651 */
export type TranscriptionFailure = { readonly code: number; readonly text: string };

/** The configuration is wrong. */
export const CONFIGURATION_ERROR = 32650;

/** The engine refuses the configuration. */
const PROVIDER_ERROR = 32651;

/** The engines, each with the model it takes when none is asked for. */
const ENGINES: Readonly<Record<string, string>> = { google: 'telephony', deepgram: 'nova-3' };

/** Languages that the engines understand, without their regions. */
const LANGUAGES: ReadonlySet<string> = new Set(
  (
    'af ar bg bn ca cs da de el en es et eu fa fi fil fr gl gu he hi hr hu id is it ja kn ko lt lv mk ' +
    'ml mr ms nb nl no pa pl pt ro ru sk sl sr sv sw ta te th tr uk ur vi yue zh'
  ).split(' '),
);

/** Why the engine does not take what is asked; undefined when it does. */
export function configurationFailure({
  transcriptionEngine,
  languageCode,
}: TranscriptionNoun): TranscriptionFailure | undefined {
  if (ENGINES[transcriptionEngine] === undefined) {
    const text = `The transcription engine ${transcriptionEngine} is not known`;
    return { code: CONFIGURATION_ERROR, text };
  }
  const [language = ''] = languageCode.split('-');
  if (LANGUAGES.has(language.toLowerCase())) return undefined;
  return { code: PROVIDER_ERROR, text: `The language ${languageCode} is not supported` };
}

/** What the engine is told, in Twilio's words. */
export function providerConfiguration(noun: TranscriptionNoun): Readonly<Record<string, string>> {
  const { profanityFilter, enableAutomaticPunctuation, hints, transcriptionEngine } = noun;
  const model = noun.speechModel === '' ? (ENGINES[transcriptionEngine] ?? '') : noun.speechModel;
  return {
    profanityFilter: String(profanityFilter),
    speechModel: model,
    enableAutomaticPunctuation: String(enableAutomaticPunctuation),
    ...(hints === '' ? {} : { hints }),
  };
}
