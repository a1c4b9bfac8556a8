import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { callNumber, ringMe } from '../keys/desk-acts.ts';
import { useConsole } from '../state/use-console.ts';
import { playScene, SCENE_WORDS } from '../wall/scenes.ts';
import { changeSettings } from './change-settings.ts';
import { DisconnectRow } from './disconnect-row.tsx';
import { SettingRow } from './setting-row.tsx';
import { Toggle } from './toggle.tsx';

/** The practice line: its number, its ring at start, and the people on it. */
export function PracticeRows() {
  const line = useConsole(state => state.line);
  const practiceRing = useConsole(state => state.settings.practiceRing);
  return (
    <>
      <SettingRow name="Your number" about="Calls to it ring here.">
        <span className="pick number">
          {line.number === null ? 'not known yet' : formatPhoneNumber(line.number)}
        </span>
      </SettingRow>
      <SettingRow name="Practice call at start" about="The line rings you once Earshot has opened.">
        <Toggle
          label="Practice call at start"
          on={practiceRing}
          onChange={on => changeSettings({ practiceRing: on })}
        />
      </SettingRow>
      <Scenes />
      {line.accountKept ? <DisconnectRow /> : null}
      {line.directory.length === 0 ? null : <Directory canRing={line.ringsOnRequest} />}
    </>
  );
}

/** Calls of others to try supervision on, played by this computer. */
function Scenes() {
  return (
    <section className="directory" aria-label="Calls to supervise">
      <h2>Calls to supervise</h2>
      <ul>
        {SCENE_WORDS.map(([scene, name, about]) => (
          <li key={scene}>
            <div className="directory-words">
              <strong>{name}</strong>
              <p className="second">{about}</p>
            </div>
            <button
              type="button"
              className="button"
              aria-label={`Start: ${name}`}
              onClick={() => playScene(scene)}
            >
              Start
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Directory({ canRing }: { readonly canRing: boolean }) {
  const people = useConsole(state => state.line.directory);
  return (
    <section className="directory" aria-label="People on this line">
      <h2>People on this line</h2>
      <ul>
        {people.map(({ number, name, about }) => (
          <li key={number}>
            <div className="directory-words">
              <strong>{name}</strong>{' '}
              <span className="pick second">{formatPhoneNumber(number)}</span>
              <p className="second">{about}</p>
            </div>
            <button
              type="button"
              className="button"
              aria-label={`Call ${name}`}
              onClick={() => callNumber(number)}
            >
              Call
            </button>
            {canRing ? (
              <button
                type="button"
                className="button"
                aria-label={`Ring me as ${name}`}
                onClick={() => ringMe(number)}
              >
                Ring me
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
