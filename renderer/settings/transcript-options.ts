import type { Settings } from '../../electron/core/settings.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import {
  type KeyedTranscriber,
  TRANSCRIBERS,
  type TranscriberKeys,
  type TranscriberName,
} from '../../electron/core/transcription.ts';
import { languageName, WRITER_NAMES } from '../transcript/writer-words.ts';

/** The lines whose calls are written down. */
export type LineKind = keyof Settings['transcripts'];

/** Who may write calls down, as chosen. */
type WriterChoice = TranscriberName | 'off';

/** Who may write calls down, as a menu. */
export const WRITER_OPTIONS: readonly (readonly [choice: WriterChoice, name: string])[] = [
  ...TRANSCRIBERS.map(name => [name, WRITER_NAMES[name]] as const),
  ['off', 'Off'],
];

const SERVICE_WORDS = (name: string): string =>
  `The sound of both sides goes to ${name} over the internet. ${name} charges your account there by the minute. Needs your own key, below.`;

/** What each means: where the sound goes, who charges for it, what it needs. */
export function writerSentence(choice: WriterChoice, line: LineKind): string {
  switch (choice) {
    case 'twilio':
      return line === 'practice'
        ? 'The practice line writes down what is said as Twilio would. Nothing leaves this computer, and it costs nothing.'
        : 'Twilio listens where the call runs already and sends the words here. Twilio charges by the minute. Needs nothing else; trial accounts have it too.';
    case 'offline':
      return 'The sound stays on this computer and costs nothing. Needs a pack of the language, below, and some of the processor.';
    case 'openai':
    case 'deepgram':
      return SERVICE_WORDS(WRITER_NAMES[choice]);
    case 'off':
      return 'No transcripts, no search and no watch words on this line. Its sound can still be recorded.';
  }
}

/** The writer a menu's value names; null is nobody. */
export function writerOf(value: string): TranscriberName | null {
  return TRANSCRIBERS.find(name => name === value) ?? null;
}

/** What is missing before a writer can write a language down; null when nothing is. */
export function missingWords(
  by: TranscriberName | null,
  language: string,
  { packs, transcriberKeys }: Pick<ConsoleState, 'packs' | 'transcriberKeys'>,
): string | null {
  if (by === null || by === 'twilio') return null;
  if (by !== 'offline') {
    const name = WRITER_NAMES[by];
    return transcriberKeys[by] === null ? `${name} has no key yet: enter it below.` : null;
  }
  const spoken = packs.filter(({ languages }) => languages.some(one => isNear(one, language)));
  if (spoken.some(({ status }) => status === 'ready')) return null;
  return spoken.length > 0
    ? `No pack for ${languageName(language)} is here yet: fetch it below.`
    : `There is no pack for ${languageName(language)}: this computer cannot write it down.`;
}

/** How long a key lasts; empty when there is none. */
export function keyWords(kept: TranscriberKeys[KeyedTranscriber]): string {
  if (kept === null) return '';
  return kept === 'kept' ? 'kept, sealed by this computer' : 'for this run only';
}

/** Whether a pack of one language writes another down, if only of another country. */
function isNear(packed: string, wanted: string): boolean {
  return packed.split('-')[0]?.toLowerCase() === wanted.split('-')[0]?.toLowerCase();
}
