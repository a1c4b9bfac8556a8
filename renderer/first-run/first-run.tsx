import { leaveSetUp } from '../account/set-up-store.ts';
import { TodayPane } from '../calls/today-pane.tsx';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { CallStep } from './call-step.tsx';
import { finishFirstRun, firstRunStore } from './first-run-store.ts';
import { LineStep } from './line-step.tsx';
import { SoundStep } from './sound-step.tsx';
import { goToStep, STEPS, type Step, type StepMark, stepMark } from './steps.ts';

const NAMES: Readonly<Record<Step, string>> = {
  line: 'Line',
  sound: 'Sound',
  call: 'First call',
};

const BODIES: Readonly<Record<Step, () => React.JSX.Element>> = {
  line: LineStep,
  sound: SoundStep,
  call: CallStep,
};

const MARKS: Readonly<Record<StepMark, string>> = { done: '✓ done', now: 'now', next: 'next' };

/** The first steps: a line, sound, and a call. Each can be skipped, and all of them at once. */
export function FirstRun() {
  const run = useStore(firstRunStore, value => value);
  const calls = useConsole(state => state.calls);
  const Body = BODIES[run.step];
  const skip = () => {
    leaveSetUp();
    finishFirstRun();
  };
  return (
    <main className="panel">
      <section className="first-run" aria-label="Set up Earshot" data-pane="call">
        <header className="first-run-head">
          <h1>Set up Earshot</h1>
          <span className="first-run-count second">
            {STEPS.indexOf(run.step) + 1} of {STEPS.length}
          </span>
          <button type="button" className="button quiet" onClick={skip}>
            Skip for now <span aria-hidden="true">›</span>
          </button>
        </header>
        <ol className="first-run-steps" aria-label="Steps">
          {STEPS.map((step, index) => {
            const mark = stepMark(run, step, calls);
            return (
              <li key={step}>
                <button
                  type="button"
                  data-mark={mark}
                  aria-current={step === run.step ? 'step' : undefined}
                  onClick={() => firstRunStore.set(goToStep(run, step))}
                >
                  <span className="first-run-number">{index + 1}</span>
                  <strong>{NAMES[step]}</strong>
                  <span className="first-run-mark">{MARKS[mark]}</span>
                </button>
              </li>
            );
          })}
        </ol>
        <h2 className="first-run-title">{NAMES[run.step]}</h2>
        <Body />
      </section>
      <TodayPane />
    </main>
  );
}
