import { Search } from 'lucide-react';
import { showLayer } from '../state/navigation.ts';
import { KeyCap } from './key-cap.tsx';
import { LineStatus } from './line-status.tsx';

/** The top edge: the name, the way into the palette, and the line. Empty stretches drag the window. */
export function TitleBar() {
  return (
    <header className="title-bar" data-pane="title">
      <span className="title-name">Earshot</span>
      <button
        type="button"
        className="palette-field"
        aria-label="Dial, search or command"
        aria-haspopup="dialog"
        onClick={() => showLayer('palette')}
      >
        <Search size={14} aria-hidden="true" />
        <span>Dial, search or command</span>
        <KeyCap of="palette" />
      </button>
      <LineStatus />
    </header>
  );
}
