import type { PublicAddress } from '../../electron/core/line.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { useClock } from '../state/clock.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { shortUrl } from '../words/account-words.ts';
import { addressWords } from '../words/line-words.ts';
import { SettingRow } from './setting-row.tsx';

const STATUS = { up: '✓ up', connecting: '◌ connecting', down: '▲ down' } as const;
const LOOKS = { up: 'ready', connecting: 'starting', down: 'down' } as const;
const KINDS: Readonly<Record<PublicAddress['kind'], string>> = {
  tunnel: 'A tunnel by ngrok',
  given: 'Your own address',
  local: 'On this computer',
  none: 'Nothing rings here; messages can be spoken into calls.',
};

/** The address Twilio reaches this computer by, and what helps when it is down. */
export function AddressRow() {
  const { address } = useConsole(state => state.line);
  const now = useClock();
  const { kind, url, status, problem } = address;
  return (
    <>
      <SettingRow
        name="Public address"
        about={
          kind !== 'none' && status === 'down'
            ? `${sentence(addressWords(address, now))}.`
            : url === null
              ? KINDS[kind]
              : `${KINDS[kind]}: ${shortUrl(url)}`
        }
      >
        <span className="line-word" data-line={kind === 'none' ? 'note' : LOOKS[status]}>
          {kind === 'none' ? 'none' : STATUS[status]}
        </span>
        {kind === 'tunnel' && status === 'down' ? (
          <button type="button" className="button" onClick={() => act({ command: 'retry-tunnel' })}>
            Try now
          </button>
        ) : null}
      </SettingRow>
      {problem === null ? null : <InlineProblem problem={problem} />}
    </>
  );
}

function sentence(words: string): string {
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;
}
