import { ringMe } from '../keys/desk-acts.ts';
import { useConsole } from '../state/use-console.ts';
import { playScene, SCENE_WORDS } from './scenes.ts';

type EmptyWallProps = { readonly filter: string };

/** Nothing stands on the wall: why, and what fills it. */
export function EmptyWall({ filter }: EmptyWallProps) {
  const practice = useConsole(state => state.line.kind === 'practice');
  const rings = useConsole(state => state.line.ringsOnRequest);
  if (filter.trim() !== '') {
    return (
      <section className="idle" aria-label="Nothing found">
        <h1>Nothing found</h1>
        <p className="idle-says">No live call has “{filter.trim()}” in a name or a number.</p>
      </section>
    );
  }
  return (
    <section className="idle" aria-label="No live calls">
      <h1>Nothing live</h1>
      <p className="idle-says">
        Tiles appear here as calls start{practice ? '; the practice line can send you one' : ''}.
      </p>
      <div className="idle-acts">
        {rings ? (
          <button type="button" className="button large main" onClick={() => ringMe()}>
            Ring me
          </button>
        ) : null}
        {practice
          ? SCENE_WORDS.map(([scene, name, about]) => (
              <button
                key={scene}
                type="button"
                className="button large"
                title={about}
                onClick={() => playScene(scene)}
              >
                {name}
              </button>
            ))
          : null}
      </div>
    </section>
  );
}
