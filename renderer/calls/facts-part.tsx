import type { EndedCall } from '../../electron/core/call.ts';
import { callFacts } from './call-facts.ts';

type FactsPartProps = {
  readonly call: EndedCall;
  /** `side`: beside the call. `narrow`: in it, where the window has no room beside. `call`: always in it. */
  readonly where: 'side' | 'narrow' | 'call';
};

/** What is known of a call that is over. */
export function FactsPart({ call, where }: FactsPartProps) {
  return (
    <section className="side-part facts-part" data-where={where} aria-label="About the call">
      {where === 'side' ? <h2>About the call</h2> : null}
      <dl className="facts">
        {callFacts(call).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="pick">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
