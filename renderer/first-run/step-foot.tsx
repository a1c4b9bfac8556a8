import { useStore } from '../state/use-store.ts';
import { firstRunStore } from './first-run-store.ts';
import { goOn, goToStep, STEPS } from './steps.ts';

/** Back and on. The last step has its own way on. */
export function StepFoot({ skip = false }: { readonly skip?: boolean }) {
  const run = useStore(firstRunStore, value => value);
  const at = STEPS.indexOf(run.step);
  const before = STEPS[at - 1];
  return (
    <footer className="first-run-foot">
      {before === undefined ? null : (
        <button
          type="button"
          className="button large"
          onClick={() => firstRunStore.set(goToStep(run, before))}
        >
          <span aria-hidden="true">‹</span> Back
        </button>
      )}
      {at === STEPS.length - 1 ? null : (
        <button
          type="button"
          className={skip ? 'button large' : 'button large main'}
          onClick={() => firstRunStore.set(goOn(run))}
        >
          {skip ? 'Skip this step' : 'Next'}
        </button>
      )}
    </footer>
  );
}
