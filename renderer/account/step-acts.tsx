import { leaveSetUp } from './set-up-store.ts';

type StepActsProps = {
  /** What goes on, verb first. */
  readonly main: string;
  readonly busy: boolean;
  /** Why it cannot go on; undefined when it can. */
  readonly why?: string | undefined;
  readonly onBack?: () => void;
};

/** The ways out of a step: on, back, and out of the set-up. */
export function StepActs({ main, busy, why, onBack }: StepActsProps) {
  return (
    <div className="step-acts">
      {onBack === undefined ? null : (
        <button type="button" className="button large" disabled={busy} onClick={onBack}>
          <span aria-hidden="true">‹</span> Back
        </button>
      )}
      <button
        type="submit"
        className="button large main"
        disabled={busy || why !== undefined}
        title={why}
        aria-busy={busy}
      >
        {main}
      </button>
      <button type="button" className="button large quiet" onClick={leaveSetUp}>
        Cancel
      </button>
    </div>
  );
}
