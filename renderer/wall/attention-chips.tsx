import { X } from 'lucide-react';
import { useClock } from '../state/clock.ts';
import { act } from '../state/refusals.ts';
import { shortAttention } from '../words/attention-words.ts';
import { formatLength } from '../words/times.ts';
import { attentionShelf, type Want } from './attention.ts';
import { choose } from './wall-acts.ts';
import type { WallPlaces } from './wall-places.ts';

type AttentionChipsProps = {
  readonly places: WallPlaces;
  /** Brings a call into view. */
  readonly onShow: (place: number) => void;
};

const SIGNS: Readonly<Partial<Record<Want['kind'], string>>> = {
  ringing: '((•))',
  waiting: '‖',
};

/** Who wants somebody now: at most three, the oldest first. A click shows where they stand. */
export function AttentionChips({ places, onShow }: AttentionChipsProps) {
  const now = useClock();
  const calls = places.flatMap(place => (place?.endedAt === null ? [place.call] : []));
  const { shown, more } = attentionShelf(calls);
  return (
    <section className="shelf" aria-label="Wants somebody">
      {shown.map(want => (
        <Chip
          key={`${want.call.callId ?? want.call.callSid} ${want.kind}`}
          want={want}
          now={now}
          onShow={() => {
            choose(want.call);
            onShow(places.findIndex(place => place?.call === want.call));
          }}
        />
      ))}
      {more > 0 ? <span className="shelf-more">+{more}</span> : null}
    </section>
  );
}

type ChipProps = {
  readonly want: Want;
  readonly now: number;
  readonly onShow: () => void;
};

function Chip({ want, now, onShow }: ChipProps) {
  const { kind, call, since, attention } = want;
  const words = wantWords(want, now);
  return (
    <span className="chip" data-kind={kind} data-front={attention?.toFront === true}>
      <button
        type="button"
        className="chip-show"
        title={`${call.title}: ${words}`}
        onClick={onShow}
      >
        <span aria-hidden="true">{SIGNS[kind] ?? '!'}</span>
        <span className="cut chip-name">{call.shortTitle}</span>
        <span className="cut chip-why" dir="auto">
          {words}
        </span>
        {attention === null ? <time>{formatLength(Math.max(0, now - since))}</time> : null}
      </button>
      {attention === null || call.callId === null ? null : (
        <button
          type="button"
          className="button quiet icon chip-dismiss"
          aria-label={`Dismiss: ${call.title}, ${words}`}
          title="Dismiss"
          onClick={() =>
            call.callId !== null &&
            act({ command: 'dismiss-attention', callId: call.callId, kind: attention.kind })
          }
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}

function wantWords({ kind, call, attention }: Want, now: number): string {
  if (attention !== null) return shortAttention(attention, now);
  if (kind === 'ringing') return 'rings';
  return kind === 'waiting' ? 'waits' : (call.problem ?? '');
}
