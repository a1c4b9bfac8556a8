import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Call, CallId } from '../../electron/core/call.ts';
import { enterNewToken } from '../account/set-up-store.ts';
import { EchoNotice } from '../sound/echo-notice.tsx';
import { useClock } from '../state/clock.ts';
import { showSection, usePlace } from '../state/navigation.ts';
import { act, dismissRefusal, refusals } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { hasModes } from '../supervision/mode-view.ts';
import { type BannerProblem, bannerProblems, type Remedy } from './banner-problems.ts';
import { leaveNumber, numberTaken } from './number-taken.ts';

const REMEDY_ACTS: Readonly<Record<Remedy, { name: string; run: () => void }>> = {
  'retry-sound': { name: 'Try again', run: () => act({ command: 'retry-sound' }) },
  'another-port': { name: 'Use another port', run: () => act({ command: 'open-line', port: 0 }) },
  'sound-settings': { name: 'Open Sound settings', run: () => showSection('sound') },
  'line-settings': { name: 'Open Line settings', run: () => showSection('line') },
  'retry-tunnel': { name: 'Try now', run: () => act({ command: 'retry-tunnel' }) },
  'test-line': { name: 'Try now', run: () => act({ command: 'test-line' }) },
  'how-to-fix': { name: 'How to fix', run: () => showSection('line') },
  'new-token': {
    name: 'Enter new token',
    run: () => {
      enterNewToken();
      showSection('line');
    },
  },
  'take-number': { name: 'Take them here', run: () => act({ command: 'take-number' }) },
  'leave-number': { name: 'Leave as it is', run: leaveNumber },
};

/** One problem at a time under the title bar: what happened, what still works, and the next step. */
export function ProblemBanner() {
  const problems = useConsole(state => state.problems);
  const line = useConsole(state => state.line);
  const calls = useConsole(state => state.calls);
  const refused = useStore(refusals, value => value);
  const taken = useStore(numberTaken, value => value);
  const shownId = usePlace(place => (place.view === 'calls' ? place.callId : null));
  const now = useClock();
  const all = useMemo(
    () => bannerProblems({ problems, line, calls }, refused, now, taken, toldIn(shownId, calls)),
    [problems, line, calls, refused, now, taken, shownId],
  );
  const [chosen, choose] = useState(0);
  const index = chosen < all.length ? chosen : 0;
  const shown = all[index];
  if (shown === undefined) return <EchoNotice />;
  const [main, ...others] = shown.remedies;
  return (
    <section className="banner" aria-label="Problem" data-problem={shown.problem.kind}>
      <span className="glyph problem-glyph" aria-hidden="true">
        ▲
      </span>
      <BannerWords shown={shown} />
      {main === undefined ? null : <RemedyButton of={main} main />}
      {others.map(remedy => (
        <RemedyButton key={remedy} of={remedy} />
      ))}
      {all.length > 1 ? (
        <button
          type="button"
          className="button quiet"
          aria-label={`Problem ${index + 1} of ${all.length}, show the next`}
          onClick={() => choose((index + 1) % all.length)}
        >
          {index + 1} of {all.length}
        </button>
      ) : null}
      {shown.source === 'line' ? null : (
        <button
          type="button"
          className="button quiet icon"
          aria-label="Dismiss"
          title="Dismiss"
          onClick={() => dismiss(shown)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </section>
  );
}

/** The call on screen, if it has a place for what goes wrong with it. */
function toldIn(shownId: CallId | null, calls: readonly Call[]): CallId | null {
  const shown = calls.find(({ id }) => id === shownId);
  return shown?.status === 'live' && hasModes(shown) ? shown.id : null;
}

type ShownProps = { readonly shown: BannerProblem };

/** What happened. Where a clock runs in the words, screen readers are told once, without it. */
function BannerWords({ shown }: ShownProps) {
  const { message, remedy, code, link } = shown.problem;
  const told = `${message} ${remedy}`.trim();
  return (
    <p>
      {shown.ticking === undefined ? (
        <span role="alert">
          <span className="banner-message">{message}</span>{' '}
          <span className="banner-remedy">{remedy}</span>
        </span>
      ) : (
        <>
          <span className="unseen" role="alert">
            {told}
          </span>
          <span className="banner-message" aria-hidden="true">
            {shown.ticking}
          </span>
        </>
      )}{' '}
      {code === undefined ? null : (
        <code className="code" title={link}>
          {code}
        </code>
      )}
    </p>
  );
}

function RemedyButton({ of, main = false }: { readonly of: Remedy; readonly main?: boolean }) {
  const { name, run } = REMEDY_ACTS[of];
  return (
    <button type="button" className={main ? 'button strong' : 'button quiet'} onClick={run}>
      {name}
    </button>
  );
}

function dismiss({ id, source }: BannerProblem): void {
  if (source === 'refusal') dismissRefusal(id);
  else act({ command: 'dismiss-problem', problemId: id });
}
