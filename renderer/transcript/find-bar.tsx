import { ChevronDown, ChevronUp, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { matchWords } from './find-words.ts';
import { soughtWords } from './transcript-on-screen.ts';

type FindBarProps = {
  readonly words: string;
  readonly at: number;
  readonly count: number;
  readonly onStep: (step: 1 | -1) => void;
  /** Told when it closes, so that the focus finds its place. */
  readonly onClose: () => void;
};

/** Looks for words in the transcript on screen. Enter goes on, with Shift back, Esc closes. */
export function FindBar({ words, at, count, onStep, onClose }: FindBarProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  const none = count === 0;
  return (
    <search className="find-bar">
      <input
        className="field"
        data-find-words=""
        aria-label="Find in this transcript"
        placeholder="Find in this transcript"
        autoComplete="off"
        spellCheck={false}
        value={words}
        onChange={event => soughtWords.set(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span className="second find-count" role="status">
        {words.trim() === '' ? '' : matchWords(at, count)}
      </span>
      <button
        type="button"
        className="button quiet icon"
        aria-label="Match before"
        title="Match before (⇧↵)"
        disabled={none}
        onClick={() => onStep(-1)}
      >
        <ChevronUp size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button quiet icon"
        aria-label="Next match"
        title="Next match (↵)"
        disabled={none}
        onClick={() => onStep(1)}
      >
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button quiet icon"
        aria-label="Close find"
        title="Close (Esc)"
        onClick={onClose}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </search>
  );
}
