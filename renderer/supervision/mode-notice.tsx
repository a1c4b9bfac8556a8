import type { CallId, LiveCall } from '../../electron/core/call.ts';
import type { Problem, ProblemKind } from '../../electron/core/problem.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { InlineConfirm } from './inline-confirm.tsx';
import {
  agree,
  canTryAgain,
  dropNotice,
  endInstead,
  handBack,
  modeNotice,
  tryAgain,
} from './mode-acts.ts';
import { modeProblemOf } from './mode-problem.ts';
import { presentMode, type Question } from './mode-view.ts';
import { modeWords } from './notice-words.ts';
import { SupervisedMore } from './supervised-more.tsx';

type ModeNoticeProps = { readonly call: LiveCall };

/** What went wrong with a mode that was asked for: asking once more may help. */
const AGAIN: ReadonlySet<ProblemKind> = new Set(['mode-refused', 'not-confirmed']);

type LoneNoticeProps = { readonly callId: CallId };

/** A question about a call that has no modes to stand above; nothing while there is none. */
export function LoneNotice({ callId }: LoneNoticeProps) {
  const notice = useStore(modeNotice, value => value);
  if (notice === null || notice.callId !== callId || !('question' in notice)) return null;
  return (
    <div className="modes" data-pane="modes">
      <Asked question={notice.question} />
    </div>
  );
}

/** The line above the modes: a question, a refusal, or what holds now. Its place never moves. */
export function ModeNotice({ call }: ModeNoticeProps) {
  const notice = useStore(modeNotice, value => value);
  const words = useConsole(state => modeWords(call, state));
  const standing = useConsole(state => modeProblemOf(call.id, state));
  const own = notice?.callId === call.id ? notice : null;
  if (own !== null && 'question' in own) {
    return <Asked question={own.question} />;
  }
  const asked = call.room !== null && call.room.requested !== null;
  if (own?.kind === 'refused') {
    const again = own.problem.kind === 'call-over' ? null : agree;
    return <Refusal problem={own.problem} onAgain={again} onPutAway={dropNotice} />;
  }
  if (standing !== null && !asked) {
    const { id: problemId, problem } = standing;
    const again = AGAIN.has(problem.kind) && canTryAgain(call.id) ? () => tryAgain(call.id) : null;
    return (
      <Refusal
        problem={problem}
        onAgain={again}
        onPutAway={() => act({ command: 'dismiss-problem', problemId })}
      />
    );
  }
  const isInPlace = presentMode(call) === 'takeover' || call.agent?.status === 'silent';
  const noted = own?.kind === 'note' && presentMode(call) === 'listen' && !asked;
  return (
    <div className="mode-notice">
      <p role="status">{noted ? own.words : words}</p>
      {isInPlace && !asked ? (
        <button type="button" className="button" onClick={() => void handBack(call.id)}>
          Hand back
        </button>
      ) : null}
      {call.kind === 'supervised' ? <SupervisedMore call={call} /> : null}
    </div>
  );
}

function Asked({ question }: { readonly question: Question }) {
  return (
    <InlineConfirm
      question={question}
      onAgree={agree}
      onInstead={endInstead}
      onCancel={dropNotice}
    />
  );
}

type RefusalProps = {
  readonly problem: Problem;
  /** Null when asking once more does not help. */
  readonly onAgain: (() => void) | null;
  readonly onPutAway: () => void;
};

/** A mode that did not come about, or is over without being asked to be. */
function Refusal({ problem, onAgain, onPutAway }: RefusalProps) {
  return (
    <div className="mode-notice" role="alert" data-tone="problem">
      <span className="glyph problem-glyph" aria-hidden="true">
        ▲
      </span>
      <p>
        {problem.message} <span className="second">{problem.remedy}</span>{' '}
        {problem.code === undefined ? null : (
          <code className="code" title={problem.link}>
            {problem.code}
          </code>
        )}
      </p>
      {onAgain === null ? null : (
        <button type="button" className="button" onClick={onAgain}>
          Try again
        </button>
      )}
      <button type="button" className="button quiet" onClick={onPutAway}>
        Put away
      </button>
    </div>
  );
}
