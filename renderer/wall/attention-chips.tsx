import { useClock } from '../state/clock.ts';
import { formatLength } from '../words/times.ts';
import { type Attention, attentionShelf } from './attention.ts';
import { choose } from './wall-acts.ts';
import type { WallPlaces } from './wall-places.ts';

type AttentionChipsProps = {
  readonly places: WallPlaces;
  /** Brings a call into view. */
  readonly onShow: (place: number) => void;
};

const WORDS: Readonly<Record<Attention['kind'], readonly [sign: string, words: string]>> = {
  ringing: ['((•))', 'rings'],
  waiting: ['‖', 'waits'],
  problem: ['!', ''],
};

/** Who wants somebody now: at most three, the oldest first. A click shows where they stand. */
export function AttentionChips({ places, onShow }: AttentionChipsProps) {
  const now = useClock();
  const calls = places.flatMap(place => (place?.endedAt === null ? [place.call] : []));
  const { shown, more } = attentionShelf(calls);
  return (
    <section className="shelf" aria-label="Wants somebody">
      {shown.map(({ kind, call, since }) => {
        const [sign, words] = WORDS[kind];
        return (
          <button
            key={call.callId ?? call.callSid}
            type="button"
            className="chip"
            data-kind={kind}
            onClick={() => {
              choose(call);
              onShow(places.findIndex(place => place?.call === call));
            }}
          >
            <span aria-hidden="true">{sign}</span>
            <span className="cut">{call.title}</span>
            <span className="cut">{kind === 'problem' ? call.problem : words}</span>
            <time>{formatLength(Math.max(0, now - since))}</time>
          </button>
        );
      })}
      {more > 0 ? <span className="shelf-more">+{more}</span> : null}
    </section>
  );
}
