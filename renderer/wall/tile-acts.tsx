import { KeyCap } from '../shell/key-cap.tsx';
import { shortAttention } from '../words/attention-words.ts';
import { badgeWords, EAR_WORDS } from './tile-words.ts';
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

type TileAttentionProps = { readonly call: WallCall; readonly now: number };

/** That a call wants to be looked at, and why. */
export function TileAttention({ call, now }: TileAttentionProps) {
  const words = badgeWords(call, now);
  if (words === null) return null;
  const all = call.attention.map(each => shortAttention(each, now)).join(', ');
  return (
    <span className="tile-attention cut" title={all}>
      <span aria-hidden="true">! </span>
      <bdi>{words}</bdi>
    </span>
  );
}
