import { Search } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { EndedCall, LiveCall } from '../../electron/core/call.ts';
import type { TranscriptFormat } from '../../electron/core/transcript.ts';
import { platform } from '../earshot.ts';
import { keysOf } from '../keys/key-table.ts';
import { MenuButton } from '../replay/menu-button.tsx';
import { findInTranscript } from './transcript-on-screen.ts';
import { WriterMenu } from './writer-menu.tsx';
import { writingWords } from './writer-words.ts';

type TranscriptHeadProps = {
  readonly call: LiveCall | EndedCall;
  readonly isEmpty: boolean;
  /** What came of saving or copying, in words. */
  readonly saying: string;
  readonly onCopy: () => void;
  readonly onSave: (format: TranscriptFormat) => void;
};

const FORMATS: readonly (readonly [TranscriptFormat, string])[] = [
  ['txt', 'Save as text…'],
  ['srt', 'Save as SRT…'],
  ['vtt', 'Save as VTT…'],
  ['json', 'Save as JSON…'],
];

/** Over a transcript: who writes it and how that goes; find, copy and save. */
export function TranscriptHead({ call, isEmpty, saying, onCopy, onSave }: TranscriptHeadProps) {
  const nothing = isEmpty ? 'Nothing has been said yet' : undefined;
  return (
    <div className="transcript-head">
      <h2>Transcript</h2>
      {call.status === 'live' ? (
        <>
          <WriterMenu call={call} />
          <span className="second transcript-status" data-status={call.transcription.status}>
            {writingWords(call.transcription)}
          </span>
        </>
      ) : null}
      <span className="second cut transcript-saying" role="status">
        {saying}
      </span>
      <button
        type="button"
        className="button quiet icon"
        aria-label="Find in this transcript"
        title={nothing ?? `Find in this transcript (${keysOf('find-here', platform)})`}
        disabled={isEmpty}
        onClick={findInTranscript}
      >
        <Search size={14} aria-hidden="true" />
      </button>
      <MenuButton
        name="Copy or save"
        label="Copy or save the transcript"
        disabled={isEmpty}
        title={nothing}
      >
        <DropdownMenu.Item className="menu-item" onSelect={onCopy}>
          Copy all
        </DropdownMenu.Item>
        <DropdownMenu.Separator className="menu-line" />
        {FORMATS.map(([format, name]) => (
          <DropdownMenu.Item key={format} className="menu-item" onSelect={() => onSave(format)}>
            {name}
          </DropdownMenu.Item>
        ))}
      </MenuButton>
    </div>
  );
}
