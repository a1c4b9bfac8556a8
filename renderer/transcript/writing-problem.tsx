import type { LiveCall } from '../../electron/core/call.ts';
import { ProblemCode } from '../controls/inline-problem.tsx';
import { useClock } from '../state/clock.ts';
import { act } from '../state/refusals.ts';
import { retryWords } from './writer-words.ts';

type WritingProblemProps = { readonly call: LiveCall };

/** What is wrong with the writing of a transcript, what helps, and when it is tried again. */
export function WritingProblem({ call }: WritingProblemProps) {
  const now = useClock();
  const { problem, status, retryAt, by } = call.transcription;
  if (problem === null || (status !== 'failed' && status !== 'behind')) return null;
  return (
    <div className="writing-problem" data-status={status}>
      <span className="glyph problem-glyph" aria-hidden="true">
        ▲
      </span>
      <p role="status">
        {problem.message} <span className="second">{problem.remedy}</span>{' '}
        <ProblemCode problem={problem} />
      </p>
      {status !== 'failed' || by === null ? null : (
        <>
          <span className="second">{retryWords(retryAt, now)}</span>
          <button
            type="button"
            className="button small"
            onClick={() => act({ command: 'transcribe', callId: call.id, by })}
          >
            Try now
          </button>
        </>
      )}
    </div>
  );
}
