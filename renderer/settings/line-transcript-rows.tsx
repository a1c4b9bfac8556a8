import type { Settings } from '../../electron/core/settings.ts';
import { FindMenu } from '../controls/find-menu.tsx';
import { PickMenu } from '../controls/pick-menu.tsx';
import { useConsole } from '../state/use-console.ts';
import { changeSettings } from './change-settings.ts';
import { LinesField } from './lines-field.tsx';
import { SettingRow } from './setting-row.tsx';
import { languagesFor, ownName } from './spoken-languages.ts';
import {
  type LineKind,
  missingWords,
  WRITER_OPTIONS,
  writerOf,
  writerSentence,
} from './transcript-options.ts';

type LineTranscriptRowsProps = { readonly line: LineKind; readonly title: string };

/** Words that are likely to be said, as many and as long as the settings keep. */
const HINT_LIMITS = { name: 'word', most: 100, leastCharacters: 1, mostCharacters: 100 };

/** How the calls of one line are written down: by whom, in which language, with which words. */
export function LineTranscriptRows({ line, title }: LineTranscriptRowsProps) {
  const settings = useConsole(state => state.settings.transcripts);
  const own = settings[line];
  const missing = useConsole(state => missingWords(own.by, own.language, state));
  const change = (next: Partial<Settings['transcripts'][LineKind]>) =>
    changeSettings({ transcripts: { ...settings, [line]: { ...own, ...next } } });
  return (
    <section className="settings-group" aria-label={title}>
      <h2>{title}</h2>
      <SettingRow
        name="Who writes calls down"
        about={
          <>
            {writerSentence(own.by ?? 'off', line)}
            {missing === null ? null : <strong className="setting-missing"> ! {missing}</strong>}
          </>
        }
      >
        <PickMenu
          label={`${title}: who writes calls down`}
          value={own.by ?? 'off'}
          options={WRITER_OPTIONS}
          onChange={value => change({ by: writerOf(value) })}
        />
      </SettingRow>
      <SettingRow name="Spoken language" about="What most people speak on this line.">
        <FindMenu
          label={`${title}: spoken language`}
          current={ownName(own.language)}
          value={own.language}
          hint="Find a language"
          find={text => languagesFor(text, own.language)}
          none={text => `No language is called “${text}”.`}
          onChoose={({ value }) => change({ language: value })}
        />
      </SettingRow>
      <SettingRow
        name="Words to expect"
        about="Names and words that are likely to be said, one a line. Packs of this computer do not use them."
      >
        <LinesField
          label={`${title}: words to expect`}
          lines={own.hints}
          hint={'Such as\nReyes Parcels\nreturn label'}
          limits={HINT_LIMITS}
          onLines={hints => change({ hints: [...hints] })}
        />
      </SettingRow>
    </section>
  );
}
