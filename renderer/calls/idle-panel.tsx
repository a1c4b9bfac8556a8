import { ringMe } from '../keys/desk-acts.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { showLayer, showView } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { accountSentence } from './account-sentence.ts';
import { idleSentence } from './idle-sentence.ts';
import { ReadyLine, ReadyList } from './ready-list.tsx';
import { TodayPane } from './today-pane.tsx';

/** No call on screen: whether calls can come, and what to do. */
export function IdlePanel() {
  const says = useConsole(idleSentence);
  const rings = useConsole(state => state.line.ringsOnRequest);
  const account = useConsole(accountSentence);
  const any = useConsole(state => state.calls.some(call => call.status !== 'ended'));
  return (
    <main className="panel">
      <section className="idle" aria-label="No call" data-pane="call">
        <h1>{any ? 'No call on screen' : 'No live calls'}</h1>
        <p className="idle-says">{says}</p>
        {account === null ? null : (
          <p className="idle-account">
            {account}{' '}
            <button type="button" className="button" onClick={() => showView('wall')}>
              Open wall
            </button>
          </p>
        )}
        <div className="idle-acts">
          <button type="button" className="button large main" onClick={() => showLayer('palette')}>
            Call someone <KeyCap of="palette" />
          </button>
          {rings ? (
            <button type="button" className="button large" onClick={() => ringMe()}>
              Ring me: practice call
            </button>
          ) : null}
        </div>
        <ReadyLine />
      </section>
      <aside className="side" aria-label="Ready?" data-pane="side">
        <ReadyList />
      </aside>
      <TodayPane />
    </main>
  );
}
