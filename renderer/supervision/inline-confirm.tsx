import { useEffect, useRef } from 'react';
import { platform } from '../earshot.ts';
import { writeCombo } from '../keys/key-table.ts';
import type { Question } from './mode-view.ts';

type InlineConfirmProps = {
  readonly question: Question;
  readonly onAgree: () => void;
  /** The other way, where the question names one. */
  readonly onInstead: () => void;
  readonly onCancel: () => void;
};

/**
 * A question where the act is. It takes the focus on itself and not on its button, so that Enter agrees
 * and Space stays the microphone's; it gives the focus back.
 */
export function InlineConfirm({ question, onAgree, onInstead, onCancel }: InlineConfirmProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div
      ref={box}
      className="mode-notice"
      role="alertdialog"
      aria-label={question.act}
      aria-describedby="mode-question"
      data-tone="question"
      tabIndex={-1}
      onKeyDown={event => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        if (event.key === 'Enter' && event.target !== event.currentTarget) return;
        event.preventDefault();
        if (event.key === 'Enter') onAgree();
        else onCancel();
      }}
    >
      <p id="mode-question">{question.words}</p>
      <button type="button" className="button main" onClick={onAgree}>
        {question.act}
        <span className="key" aria-hidden="true">
          {writeCombo('enter', platform)}
        </span>
      </button>
      {question.instead === undefined ? null : (
        <button type="button" className="button" onClick={onInstead}>
          {question.instead}
        </button>
      )}
      <button type="button" className="button" onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}
