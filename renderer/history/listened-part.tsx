import { useMemo } from 'react';
import type { CallId } from '../../electron/core/call.ts';
import { formatMoment } from '../words/times.ts';
import { auditTime } from './audit-times.ts';
import { auditWords, visitsOf } from './audit-words.ts';
import { useAudit } from './use-audit.ts';

type ListenedPartProps = {
  readonly callId: CallId;
  /** `side`: beside the call. `narrow`: in it, where the window has no room beside. */
  readonly where: 'side' | 'narrow';
};

/** Who listened to a call, spoke in it or changed it, and when. Nothing where nobody did. */
export function ListenedPart({ callId, where }: ListenedPartProps) {
  const entries = useAudit(callId);
  const visits = useMemo(() => visitsOf(entries ?? []), [entries]);
  if (visits.length === 0) return null;
  return (
    <section className="side-part listened" data-where={where} aria-label="Listened">
      <h2>Listened</h2>
      {visits.map(({ by, from, to, acts }) => (
        <div key={by} className="visit">
          <p>
            <strong>{by}</strong>{' '}
            <time title={formatMoment(from)}>
              {auditTime(from)}
              {to === null ? '' : `–${auditTime(to)}`}
            </time>
          </p>
          <ul>
            {acts.map(entry => (
              <li key={`${entry.at} ${entry.action}`}>
                <time title={formatMoment(entry.at)}>{auditTime(entry.at)}</time>
                <span>{auditWords(entry)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
