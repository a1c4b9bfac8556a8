import type { EndedCall, LiveCall } from '../../electron/core/call.ts';
import { useConsole } from '../state/use-console.ts';
import { talkWords } from './talk-words.ts';
import { voicesOf } from './voices.ts';

type TalkPartProps = {
  readonly call: LiveCall | EndedCall;
  /** `side`: beside the call. `narrow`: in it, where the window has no room beside. */
  readonly where: 'side' | 'narrow';
};

/** How the talk of a call is shared. Nothing while nobody has talked. */
export function TalkPart({ call, where }: TalkPartProps) {
  const them = useConsole(state => voicesOf(call, state).them);
  const us = useConsole(state => voicesOf(call, state).us);
  const figures = call.status === 'live' ? call.talk.figures : call.talk;
  const words = figures === null ? null : talkWords(figures, { them, us });
  if (words === null) return null;
  return (
    <section className="side-part talk" data-where={where} aria-label="Talk">
      <h2>Talk</h2>
      <div className="talk-bar" aria-hidden="true">
        <span data-side="them" style={{ flexGrow: words.themPercent }} />
        <span data-side="us" style={{ flexGrow: 100 - words.themPercent }} />
      </div>
      <p>{words.shares}</p>
      <dl className="facts">
        {words.facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
