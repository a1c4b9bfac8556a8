import type { CallId, LiveCall } from '../../electron/core/call.ts';
import { ProblemCode } from '../controls/inline-problem.tsx';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { InlineConfirm } from './inline-confirm.tsx';
import { agree, dropNotice, handBack, modeNotice } from './mode-acts.ts';
import { presentMode } from './mode-view.ts';
import { modeWords } from './notice-words.ts';
import { SupervisedMore } from './supervised-more.tsx';

type ModeNoticeProps = { readonly call: LiveCall };

type LoneNoticeProps = { readonly callId: CallId };

/** A question about a call that has no modes to stand above; nothing while there is none. */
export function LoneNotice({ callId }: LoneNoticeProps) {
  const notice = useStore(modeNotice, value => value);
  if (notice === null || notice.callId !== callId || !('question' in notice)) return null;
  return (
    <div className="modes" data-pane="modes">
      <InlineConfirm question={notice.question} onAgree={agree} onCancel={dropNotice} />
    </div>
  );
}

/** The line above the modes: a question, a refusal, or what holds now. Its place never moves. */
export function ModeNotice({ call }: ModeNoticeProps) {
  const notice = useStore(modeNotice, value => value);
  const words = useConsole(state => modeWords(call, state));
  const own = notice?.callId === call.id ? notice : null;
  if (own !== null && 'question' in own) {
    return <InlineConfirm question={own.question} onAgree={agree} onCancel={dropNotice} />;
  }
  if (own?.kind === 'refused') {
    return (
      <div className="mode-notice" role="alert" data-tone="problem">
        <span className="glyph problem-glyph" aria-hidden="true">
          ▲
        </span>
        <p>
          {own.problem.message} <span className="second">{own.problem.remedy}</span>{' '}
          <ProblemCode problem={own.problem} />
        </p>
        {own.problem.kind === 'call-over' ? null : (
          <button type="button" className="button" onClick={agree}>
            Try again
          </button>
        )}
        <button type="button" className="button quiet" onClick={dropNotice}>
          Put away
        </button>
      </div>
    );
  }
  const isInPlace = presentMode(call) === 'takeover' || call.agent?.status === 'silent';
  const asked = call.room !== null && call.room.requested !== null;
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
