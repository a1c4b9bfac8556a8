import { KeyCap } from '../shell/key-cap.tsx';
import { EAR_WORDS } from './tile-words.ts';
import { canListen, take, toggleEar } from './wall-acts.ts';
import type { WallCall } from './wall-call.ts';

type TileActsProps = {
  readonly call: WallCall;
  /** The call that the answer key means. */
  readonly onTop: boolean;
};

/** The one act of a call on the wall: take it, or hear it and not hear it. */
export function TileAct({ call, onTop }: TileActsProps) {
  if (call.take !== null) {
    return (
      <button type="button" className="button small ring" onClick={() => void take(call)}>
        {call.take === 'answer' ? 'Answer' : 'Pick up'}
        {onTop ? <KeyCap of="answer" /> : null}
        <span className="unseen">{call.title}</span>
      </button>
    );
  }
  if (!canListen(call)) return null;
  const { ear } = call;
  return (
    <button
      type="button"
      className="button small ear"
      aria-pressed={ear !== null}
      title={ear === null ? 'Listen (L), only this (⇧L)' : 'Do not hear it any more (L)'}
      onClick={() => void toggleEar(call)}
    >
      {ear === null ? 'Listen' : EAR_WORDS[ear]}
      <span className="unseen">{call.title}</span>
    </button>
  );
}

/** What else is so of a call: that it is recorded. */
export function TileMarks({ call }: { readonly call: WallCall }) {
  return call.recording ? <span className="tile-mark">▪ REC</span> : null;
}
