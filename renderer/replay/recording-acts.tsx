import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { EndedCall } from '../../electron/core/call.ts';
import type { Recording } from '../../electron/core/recording.ts';
import { ask, askWhereToSave } from '../earshot.ts';
import { addRefusal } from '../state/refusals.ts';
import { fullName } from '../words/names.ts';
import { exportName } from './export-name.ts';
import { MenuButton } from './menu-button.tsx';
import { deleteQuestion, recordingPart } from './recording-words.ts';
import { askRecordings } from './recordings-of.ts';
import { stopRecordingOf } from './replay-acts.ts';

type RecordingActsProps = {
  readonly call: EndedCall;
  readonly recordings: readonly Recording[];
};

const FORMATS = [
  ['wav', 'WAV'],
  ['mp3', 'MP3'],
] as const;

type Format = (typeof FORMATS)[number][0];

/** Saves recordings as files of their own, or deletes them after asking. */
export function RecordingActs({ call, recordings }: RecordingActsProps) {
  const [asking, setAsking] = useState(false);
  const [saying, setSaying] = useState('');
  const save = async (recording: Recording, format: Format) => {
    setSaying('');
    const path = await askWhereToSave(exportName(call, recording.startedAt, format));
    if (path === null) return;
    setSaying('Saving…');
    const about = { recordingId: recording.id, path, format };
    const outcome = await ask({ command: 'export-recording', ...about });
    setSaying(outcome.ok ? `Saved as ${path.split(/[/\\]/).at(-1)}.` : '');
    if (!outcome.ok) addRefusal(outcome.problem);
  };
  const remove = async () => {
    stopRecordingOf(call.id);
    for (const { id } of recordings) {
      const outcome = await ask({ command: 'delete-recording', recordingId: id });
      if (!outcome.ok) addRefusal(outcome.problem);
    }
    setAsking(false);
    await askRecordings(call.id);
  };
  return (
    <>
      <MenuButton name="Export" label="Export the recording">
        {recordings.map(recording =>
          FORMATS.map(([format, name]) => (
            <DropdownMenu.Item
              key={`${recording.id}-${format}`}
              className="menu-item"
              onSelect={() => void save(recording, format)}
            >
              {name}
              {recordings.length > 1 ? `, ${recordingPart(recording)}` : ''}
            </DropdownMenu.Item>
          )),
        )}
      </MenuButton>
      <button
        type="button"
        className="button small"
        aria-expanded={asking}
        onClick={() => setAsking(!asking)}
      >
        Delete recording
      </button>
      {asking ? (
        <div className="player-confirm" role="alertdialog" aria-label="Delete recording">
          <p>{deleteQuestion(recordings, fullName(call.them))}</p>
          <button type="button" className="button small" onClick={() => setAsking(false)}>
            Keep
          </button>
          <button type="button" className="button small danger" onClick={() => void remove()}>
            Delete recording
          </button>
        </div>
      ) : null}
      <p className="player-saying second" role="status">
        {saying}
      </p>
    </>
  );
}
