import { InlineProblem } from '../controls/inline-problem.tsx';
import { useClock } from '../state/clock.ts';
import { showView } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { agoWords } from '../words/line-words.ts';
import { SettingRow } from './setting-row.tsx';

const STATUS = { off: '◌ not read yet', watching: '✓ watched', failed: '▲ not read' } as const;
const LOOKS = { off: 'starting', watching: 'ready', failed: 'down' } as const;

/** How well the calls of the account are known, and what helps when they are not. */
export function WatchRow() {
  const watch = useConsole(state => state.accountWatch);
  const count = useConsole(state => state.accountCalls.length);
  const now = useClock();
  const calls = `${count === 1 ? '1 call' : `${count} calls`} of others`;
  const read = watch.readAt === null ? '' : `, read ${agoWords(watch.readAt, now)}`;
  const cut = watch.isCut ? ' There are more: the newest are left out.' : '';
  return (
    <>
      <SettingRow
        name="Calls of the account"
        about={
          watch.status === 'off'
            ? 'Every live call of the account appears in Calls and on the wall, whoever started it.'
            : `${calls}${read}.${cut}`
        }
      >
        <span className="line-word" data-line={LOOKS[watch.status]}>
          {STATUS[watch.status]}
        </span>
        <button type="button" className="button" onClick={() => showView('wall')}>
          Open wall
        </button>
      </SettingRow>
      {watch.problem === null ? null : <InlineProblem problem={watch.problem} />}
    </>
  );
}
