import { History, LayoutGrid, Phone, SlidersHorizontal } from 'lucide-react';
import { isRingingHere } from '../calls/call-sections.ts';
import { platform } from '../earshot.ts';
import { type KeyAct, keysOf } from '../keys/key-table.ts';
import { showView, usePlace } from '../state/navigation.ts';
import type { View } from '../state/place.ts';
import { useConsole } from '../state/use-console.ts';

const PLACES = [
  { view: 'calls', name: 'Calls', Icon: Phone },
  { view: 'wall', name: 'Wall', Icon: LayoutGrid },
  { view: 'history', name: 'History', Icon: History },
  { view: 'settings', name: 'Settings', Icon: SlidersHorizontal },
] as const satisfies readonly { view: View & KeyAct; name: string; Icon: typeof Phone }[];

/** The places of the window, at the left edge. */
export function Rail() {
  const here = usePlace(place => place.view);
  const ringing = useConsole(state => state.calls.some(isRingingHere));
  const updateIsReady = useConsole(state => state.updates.status === 'ready');
  return (
    <nav className="rail" aria-label="Places" data-pane="rail">
      {PLACES.map(({ view, name, Icon }) => (
        <button
          key={view}
          type="button"
          className="place"
          data-view={view}
          aria-current={here === view ? 'page' : undefined}
          title={`${name} (${keysOf(view, platform)})`}
          onClick={() => showView(view)}
        >
          <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
          <span>{name}</span>
          {view === 'calls' && ringing && here !== 'calls' ? (
            <span className="badge" role="img" aria-label="a call is ringing" />
          ) : null}
          {view === 'settings' && updateIsReady && here !== 'settings' ? (
            <span className="badge calm" role="img" aria-label="an update is ready" />
          ) : null}
        </button>
      ))}
    </nav>
  );
}
