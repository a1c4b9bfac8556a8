import { TRIAL_LIMITS } from '../words/account-words.ts';

/** What a trial account does not do, and what it does. */
export function TrialNote() {
  return (
    <p className="note" data-tone="care">
      <strong>This is a trial account:</strong> {TRIAL_LIMITS.not}{' '}
      <span className="second">
        {TRIAL_LIMITS.works} To upgrade, open Billing in the Twilio console.
      </span>
    </p>
  );
}
