import { useState } from 'react';
import type { LineAlert } from '../../electron/core/account.ts';
import type { Problem } from '../../electron/core/problem.ts';
import { InlineProblem, ProblemCode } from '../controls/inline-problem.tsx';
import { ask } from '../earshot.ts';
import { useClock } from '../state/clock.ts';
import { newestFirst } from '../words/account-words.ts';
import { formatMoment, formatWhen } from '../words/times.ts';

type Asked =
  | { readonly status: 'not-asked' | 'asking' }
  | { readonly status: 'refused'; readonly problem: Problem }
  | { readonly status: 'told'; readonly alerts: readonly LineAlert[] };

/** What Twilio reported lately about the account's calls, asked for on request. */
export function AlertList() {
  const [asked, setAsked] = useState<Asked>({ status: 'not-asked' });
  const read = async () => {
    setAsked({ status: 'asking' });
    const outcome = await ask({ command: 'alerts' });
    setAsked(
      outcome.ok
        ? { status: 'told', alerts: newestFirst(outcome.alerts) }
        : { status: 'refused', problem: outcome.problem },
    );
  };
  const asking = asked.status === 'asking';
  return (
    <section className="alerts" aria-label="What Twilio reported">
      <div className="alerts-head">
        <h2>What Twilio reported</h2>
        <button
          type="button"
          className="button small"
          disabled={asking}
          aria-busy={asking}
          onClick={() => void read()}
        >
          {asking ? 'Asking Twilio…' : asked.status === 'not-asked' ? 'Ask Twilio' : 'Ask again'}
        </button>
      </div>
      {asked.status === 'refused' ? <InlineProblem problem={asked.problem} /> : null}
      {asked.status === 'not-asked' ? (
        <p className="second">
          Calls that failed, addresses that did not answer, numbers that were refused.
        </p>
      ) : null}
      {asked.status === 'told' ? <Alerts alerts={asked.alerts} /> : null}
    </section>
  );
}

function Alerts({ alerts }: { readonly alerts: readonly LineAlert[] }) {
  const now = useClock();
  if (alerts.length === 0) return <p role="status">Twilio has nothing to report.</p>;
  return (
    <ul>
      {alerts.map(alert => (
        <li key={`${alert.at} ${alert.code} ${alert.callSid ?? ''}`}>
          <time className="second" title={formatMoment(alert.at)}>
            {formatWhen(alert.at, now)}
          </time>
          <p className="pick">
            {alert.message} <span className="second">{alert.remedy}</span>{' '}
            <ProblemCode problem={alert} />
          </p>
        </li>
      ))}
    </ul>
  );
}
