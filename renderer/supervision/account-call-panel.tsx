import { type AccountCall, MODES, whyNot } from '../../electron/core/room.ts';
import { AccountCallBody } from '../calls/account-call-body.tsx';
import { useClock } from '../state/clock.ts';
import { numberOf } from '../words/names.ts';
import { hearersWords, legNames, pairWords } from '../words/room-words.ts';
import { formatTimer } from '../words/times.ts';
import { listenTo } from './mode-acts.ts';
import { ModeCell } from './mode-cell.tsx';

type AccountCallPanelProps = { readonly call: AccountCall };

const STATES: Readonly<Record<AccountCall['status'], string>> = {
  ringing: '((•)) Ringing',
  waiting: '‖ Waiting',
  live: 'Live',
};

/** A call of the account that this desk does not hear yet: who is on it, and the ways into it. */
export function AccountCallPanel({ call }: AccountCallPanelProps) {
  const now = useClock();
  const name = legNames(call);
  const since = call.waiting?.since ?? call.startedAt;
  const reason = call.status === 'live' ? null : 'Once somebody answers';
  return (
    <main className="panel" data-account-call={call.sid} data-status={call.status}>
      <article className="call" aria-label="Call of the account" data-pane="call">
        <header className="call-header">
          <h1 className="cut">{pairWords(call)}</h1>
          <span className="call-clock">
            <time className="call-time">{formatTimer(now - since)}</time>
          </span>
          <p className="cut">{call.legs.map(({ party }) => numberOf(party)).join(' · ')}</p>
          <span className="call-standing">
            <span
              className="call-state"
              data-state={call.status === 'waiting' ? 'held' : call.status}
            >
              {STATES[call.status]}
              {call.waiting === null ? '' : ` in ${call.waiting.queue}`}
            </span>
          </span>
        </header>
        <AccountCallBody call={call} />
      </article>
      <section className="modes" aria-label="Ways into this call" data-pane="modes">
        <div className="mode-notice">
          <p>
            {reason === null
              ? 'Nobody hears you. The other ways open once you listen.'
              : 'This call can be listened to once somebody answers it.'}
          </p>
        </div>
        <div className="mode-row" role="toolbar" aria-label="Modes">
          {MODES.map(mode => (
            <ModeCell
              key={mode}
              glyph="○"
              choice={{
                mode,
                hearers: hearersWords(call, mode, name),
                why: reason ?? (mode === 'listen' ? null : (whyNot(call, mode) ?? 'Listen first')),
                now: false,
                askedAt: null,
              }}
              onChoose={() => void listenTo(call.sid)}
            />
          ))}
        </div>
      </section>
    </main>
  );
}
