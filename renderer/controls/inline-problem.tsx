import { type ReactNode, useEffect, useRef } from 'react';
import type { Problem } from '../../electron/core/problem.ts';

type InlineProblemProps = {
  readonly problem: Problem;
  /** The act that helps. */
  readonly children?: ReactNode;
};

/** A problem where it happened: what, what to do, the act that helps; its code last. Comes into view. */
export function InlineProblem({ problem, children }: InlineProblemProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <div className="inline-problem" role="alert" ref={box}>
      <span className="glyph problem-glyph" aria-hidden="true">
        ▲
      </span>
      <p>
        {problem.message} <span className="second">{problem.remedy}</span>{' '}
        <ProblemCode problem={problem} />
      </p>
      {children}
    </div>
  );
}

/** The code of a problem and where to read more, small. */
export function ProblemCode({ problem }: { readonly problem: Pick<Problem, 'code' | 'link'> }) {
  return (
    <>
      {problem.code === undefined ? null : <code className="code">{problem.code}</code>}
      {problem.link === undefined ? null : (
        <>
          {' '}
          <span className="code">{problem.link}</span>
        </>
      )}
    </>
  );
}
