import type { RefObject } from 'react';
import { useConsole } from '../state/use-console.ts';
import { emergencyWords } from './emergency-words.ts';

type EmergencyNoticeProps = {
  readonly number: string;
  /** Takes the focus when Enter is pressed in the field. */
  readonly callButton: RefObject<HTMLButtonElement | null>;
  readonly onCall: () => void;
  readonly onCancel: () => void;
};

/** Stands above the lines while a number for emergencies is typed. It informs and never blocks. */
export function EmergencyNotice({ number, callButton, onCall, onCancel }: EmergencyNoticeProps) {
  const kind = useConsole(state => state.line.kind);
  return (
    <div className="palette-notice emergency">
      <p role="alert">
        <span className="problem-glyph" aria-hidden="true">
          ▲
        </span>{' '}
        {emergencyWords(number, kind)}
      </p>
      {kind === 'practice' ? null : (
        <div className="emergency-acts">
          <button ref={callButton} type="button" className="button danger" onClick={onCall}>
            Call {number} now
          </button>
          <button type="button" className="button" onClick={onCancel}>
            Cancel
          </button>
        </div>
      )}
    </div>
  );
}
