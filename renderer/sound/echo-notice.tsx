import { X } from 'lucide-react';
import { useEffect } from 'react';
import { changeSettings } from '../settings/change-settings.ts';
import { showSection, usePlace } from '../state/navigation.ts';
import { act } from '../state/refusals.ts';
import { createStore } from '../state/store.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { type EchoAdviceRun, echoAdvice, echoWords, nextRun } from './echo-advice.ts';

const adviceRun = createStore<EchoAdviceRun>('new');

/** Warns of an echo on open speakers, with what helps against it. Once in a run of the window. */
export function EchoNotice() {
  const inSoundSettings = usePlace(place => place.view === 'settings' && place.section === 'sound');
  const state = useConsole(whole => whole);
  const run = useStore(adviceRun, value => value);
  const advice = echoAdvice(state, inSoundSettings);
  const callId = advice?.callId ?? null;
  const onCall = callId !== null;
  useEffect(() => adviceRun.set(nextRun(adviceRun.get(), onCall)), [onCall]);
  if (advice === null || run === 'over') return null;
  const settle = (): void => adviceRun.set('over');
  return (
    <section className="banner" aria-label="Echo" data-notice="echo">
      <span className="glyph problem-glyph" aria-hidden="true">
        ▲
      </span>
      <p role="status">
        <span className="banner-message">{echoWords(advice)}</span>
      </p>
      <button
        type="button"
        className="button strong"
        onClick={() => {
          changeSettings({ soundPath: 'window' });
          settle();
        }}
      >
        Cancel echo
      </button>
      <button
        type="button"
        className="button quiet"
        onClick={() => {
          changeSettings({ talk: 'hold' });
          if (callId !== null) act({ command: 'mute', callId, on: true });
          settle();
        }}
      >
        Hold to talk
      </button>
      <button
        type="button"
        className="button quiet"
        onClick={() => {
          showSection('sound');
          settle();
        }}
      >
        Choose a headset
      </button>
      <button
        type="button"
        className="button quiet icon"
        aria-label="Dismiss"
        title="Dismiss"
        onClick={settle}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </section>
  );
}
