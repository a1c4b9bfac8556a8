import { useConsole } from '../state/use-console.ts';
import { AlertRows } from './alert-rows.tsx';
import { changeSettings } from './change-settings.ts';
import { KeyRows } from './key-rows.tsx';
import { LineTranscriptRows } from './line-transcript-rows.tsx';
import { PackList } from './pack-list.tsx';
import { SettingRow } from './setting-row.tsx';
import { Toggle } from './toggle.tsx';
import { WatchLists } from './watch-lists.tsx';

/** Who writes down what is said on which line, what is looked for in it, and what is never kept. */
export function TranscriptsSection() {
  const kind = useConsole(state => state.line.kind);
  const practice = <LineTranscriptRows key="practice" line="practice" title="Practice line" />;
  const twilio = <LineTranscriptRows key="twilio" line="twilio" title="Twilio account" />;
  return (
    <>
      {kind === 'practice' ? [practice, twilio] : [twilio, practice]}
      <RedactRows />
      <WatchLists />
      <AlertRows />
      <PackList />
      <KeyRows />
    </>
  );
}

function RedactRows() {
  const redact = useConsole(state => state.settings.redact);
  const redactRecordings = useConsole(state => state.settings.redactRecordings);
  return (
    <section className="settings-group" aria-label="What is not kept">
      <h2>What is not kept</h2>
      <SettingRow
        name="Hide card numbers and codes"
        about="Numbers of payment cards, and digits said or pressed after words such as “my card number is”, become dots before anything is kept, searched or saved. You still hear them. Names, addresses and other numbers stay, and so does what was kept before."
      >
        <Toggle
          label="Hide card numbers and codes"
          on={redact}
          onChange={next => changeSettings({ redact: next })}
        />
      </SettingRow>
      <SettingRow
        name="Also silence them in recordings made here"
        about={
          redact
            ? 'Where their place in the sound is known, the recording has silence instead. Recordings that Twilio makes keep them.'
            : 'Only together with the hiding of card numbers and codes.'
        }
      >
        <Toggle
          label="Also silence them in recordings made here"
          on={redactRecordings}
          onChange={next => changeSettings({ redactRecordings: next })}
        />
      </SettingRow>
    </section>
  );
}
