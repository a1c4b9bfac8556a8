import type { LiveCall } from '../../electron/core/call.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import type { TranscriberName } from '../../electron/core/transcription.ts';
import { spellLength } from '../words/times.ts';

/** What those are called who turn speech into words. */
export const WRITER_NAMES: Readonly<Record<TranscriberName, string>> = {
  twilio: 'Twilio',
  offline: 'This computer',
  openai: 'OpenAI',
  deepgram: 'Deepgram',
};

/** A language by its name, `English (US)`. @param code BCP-47 */
export function languageName(code: string, locale?: string): string {
  try {
    const names = new Intl.DisplayNames(locale, {
      type: 'language',
      languageDisplay: 'standard',
      style: 'short',
    });
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Who writes down what is said: `Twilio, English (US)`. */
export function writerWords({ transcription, carrier }: LiveCall, locale?: string): string {
  const { by, language } = transcription;
  if (by !== null) return `${WRITER_NAMES[by]}, ${languageName(language, locale)}`;
  return carrier === 'gather' ? 'Twilio, in turns' : 'Off';
}

/** Why somebody cannot write down a call now; null when they can. */
export function writerObstacle(
  name: TranscriberName,
  call: LiveCall,
  { packs, transcriberKeys }: Pick<ConsoleState, 'packs' | 'transcriberKeys'>,
): string | null {
  if (name === 'twilio') return null;
  if (call.carrier === 'gather' || call.kind === 'notify') return 'no sound of this call here';
  if (name !== 'offline') return transcriberKeys[name] === null ? 'no key yet' : null;
  const { language } = call.transcription;
  const ready = packs.filter(({ status }) => status === 'ready');
  if (ready.some(({ languages }) => languages.some(one => isSpokenAs(language, one)))) return null;
  return `no pack for ${languageName(language)} yet`;
}

/** How the writing goes, in a word; empty while it simply goes. */
export function writingWords({ status }: LiveCall['transcription']): string {
  if (status === 'starting') return 'starting…';
  if (status === 'behind') return '▲ behind';
  return status === 'failed' ? '▲ stopped' : '';
}

/** When it is tried again: `Try again in 4 s`; empty when it is not. */
export function retryWords(retryAt: number | null, now: number): string {
  if (retryAt === null) return '';
  const seconds = Math.ceil((retryAt - now) / 1000);
  return seconds <= 0 ? 'Trying again' : `Try again in ${spellLength(seconds * 1000)}`;
}

/** Whether a pack of one language understands another: `en` and `en-US` do each other. */
function isSpokenAs(language: string, packed: string): boolean {
  const [wanted, has] = [language.toLowerCase(), packed.toLowerCase()];
  return wanted === has || wanted.split('-')[0] === has || has.split('-')[0] === wanted;
}
