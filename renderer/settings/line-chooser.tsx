import { beginSetUp, leaveSetUp, setUpStore } from '../account/set-up-store.ts';
import { useClock } from '../state/clock.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { lineGlance } from '../words/line-words.ts';
import { Choice } from './choice.tsx';
import { SettingRow } from './setting-row.tsx';

const STATUS = {
  ready: '✓ ready',
  starting: '◌ starting',
  note: '! see below',
  down: '▲ down',
} as const;

/** Practice line or Twilio account. Choosing an account that is not set up opens its set-up. */
export function LineChooser() {
  const line = useConsole(state => state.line);
  const { kind, accountKept } = line;
  const { state: status } = lineGlance(line, useClock());
  const setUp = useStore(setUpStore, value => value);
  const settingUp = setUp !== null && setUp.step !== 'result';
  const choose = (next: 'practice' | 'twilio') => {
    if (next === 'practice') leaveSetUp();
    if (next === 'twilio' && !accountKept) beginSetUp();
    else if (next !== kind) act({ command: 'use-line', kind: next });
  };
  return (
    <SettingRow
      name="Line"
      about={
        settingUp
          ? 'The line in use stays until the account is connected.'
          : kind === 'practice'
            ? 'The practice line works without an account. Its callers are played by this computer.'
            : 'Calls of your Twilio account. The practice line stays ready beside it.'
      }
    >
      {settingUp ? null : (
        <span className="line-word" data-line={status}>
          {STATUS[status]}
        </span>
      )}
      <Choice
        label="Line"
        value={settingUp ? 'twilio' : kind}
        options={[
          ['practice', 'Practice line'],
          ['twilio', 'Twilio account'],
        ]}
        onChange={choose}
      />
    </SettingRow>
  );
}
