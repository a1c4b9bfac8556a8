import { useState } from 'react';
import type { Problem } from '../../electron/core/problem.ts';
import type { Pack } from '../../electron/core/transcription.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { ask } from '../earshot.ts';
import { useConsole } from '../state/use-console.ts';
import { languageName } from '../transcript/writer-words.ts';
import { packPercent, packProgress, sizeWords } from './pack-words.ts';

/** What this computer can fetch to understand languages by itself. */
export function PackList() {
  const packs = useConsole(state => state.packs);
  return (
    <section className="settings-group" aria-label="This computer">
      <h2>This computer</h2>
      <p className="second settings-about">
        A pack lets this computer write down one language by itself: recogniser and model, fetched
        once from their makers and checked. Calls never leave this computer for it.
      </p>
      {packs.length === 0 ? (
        <p className="second">There is no recogniser for this system.</p>
      ) : (
        <ul className="packs">
          {packs.map(pack => (
            <PackRow key={pack.id} pack={pack} />
          ))}
        </ul>
      )}
    </section>
  );
}

type PackAct = 'fetch-pack' | 'pause-pack' | 'remove-pack';

const ACTS: Readonly<Record<Pack['status'], readonly (readonly [act: PackAct, name: string])[]>> = {
  absent: [['fetch-pack', 'Fetch']],
  downloading: [['pause-pack', 'Pause']],
  paused: [
    ['fetch-pack', 'Go on'],
    ['remove-pack', 'Remove'],
  ],
  checking: [],
  ready: [['remove-pack', 'Remove']],
  failed: [
    ['fetch-pack', 'Fetch again'],
    ['remove-pack', 'Remove'],
  ],
};

function PackRow({ pack }: { readonly pack: Pack }) {
  const [refused, setRefused] = useState<Problem | null>(null);
  const { id, title, languages, licence, sizeBytes, status } = pack;
  const run = async (command: PackAct) => {
    setRefused(null);
    const outcome = await ask({ command, packId: id });
    if (!outcome.ok) setRefused(outcome.problem);
  };
  const problem = refused ?? pack.problem;
  const isComing = status === 'downloading' || status === 'paused' || status === 'checking';
  return (
    <li className="pack" data-status={status}>
      <div className="pack-row">
        <div className="setting-words">
          <span className="setting-name">{title}</span>
          <span className="second">
            {languages.map(code => languageName(code)).join(', ')} · {sizeWords(sizeBytes)} ·{' '}
            {licence}
          </span>
        </div>
        <span className="pack-progress second" role="status">
          {packProgress(pack)}
        </span>
        <div className="pack-acts">
          {ACTS[status].map(([command, name]) => (
            <button
              key={command}
              type="button"
              className="button"
              onClick={() => void run(command)}
            >
              {name}
              <span className="unseen"> {title}</span>
            </button>
          ))}
        </div>
      </div>
      {isComing ? (
        <progress
          className="pack-bar"
          aria-label={`How much of ${title} is here`}
          max={100}
          value={status === 'checking' ? 100 : packPercent(pack)}
        />
      ) : null}
      {problem === null ? null : <InlineProblem problem={problem} />}
    </li>
  );
}
