import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/calls.css';
import './styles/call-view.css';
import './styles/call-controls.css';
import './styles/supervision.css';
import './styles/waveforms.css';
import './styles/replay.css';
import './styles/layers.css';
import './styles/quality.css';
import './styles/settings.css';
import './styles/words.css';
import './styles/account.css';
import './styles/call-settings.css';
import './styles/first-run.css';
import './styles/wall.css';
import './styles/wall-tiles.css';
import './styles/wall-sizes.css';
import './styles/audit.css';
import './styles/transcript.css';
import './styles/search.css';
import './styles/transcript-settings.css';
import './styles/updates.css';
import './styles/forced-colors.css';
import { App } from './app.tsx';
import { followOffers } from './dial/offered.ts';
import { followState, onShowCall } from './earshot.ts';
import { followQualities } from './quality/call-qualities.ts';
import { followReplay } from './replay/playhead.ts';
import { followPointing } from './shell/number-taken.ts';
import { followDevices, followPageSound } from './sound/follow-sound.ts';
import { followCalls, showCall } from './state/navigation.ts';
import { followHistory } from './state/recent-calls.ts';
import { followTranscripts } from './transcript/transcript-store.ts';
import { followSignals } from './waveform/call-levels.ts';

const root = document.getElementById('root');

/** Draws the window once its first state is here, so that nothing false is ever shown. */
async function open(): Promise<void> {
  // Before the state is asked for: from then on numbers come.
  followOffers();
  await followState();
  followCalls();
  followHistory();
  followPointing();
  followSignals();
  followPageSound();
  followDevices();
  followQualities();
  followReplay();
  followTranscripts();
  onShowCall(showCall);
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

void open();
