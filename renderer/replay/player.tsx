import { useEffect, useMemo } from 'react';
import type { EndedCall } from '../../electron/core/call.ts';
import type { Marker } from '../../electron/core/recording.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { showSection } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { shortName } from '../words/names.ts';
import { MarksMenu } from './marks-menu.tsx';
import { type OnScreen, playerZoom, useOnScreen } from './player-on-screen.ts';
import { PlayerStrip } from './player-strip.tsx';
import { RecordingActs } from './recording-acts.tsx';
import { recordingState } from './recording-state.ts';
import { recordingSentence } from './recording-words.ts';
import { useRecordings } from './recordings-of.ts';
import { stopRecordingOf } from './replay-acts.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

type PlayerProps = { readonly call: EndedCall };

/** While Twilio prepares a recording, it is asked for this often, in ms. */
const WAITING_EVERY_MS = 5000;

const NO_MARKERS: readonly Marker[] = [];

/** The recording of a call that is over: looked at, sought in, exported, deleted; or why there is none. */
export function Player({ call }: PlayerProps) {
  const everyMs = call.recorded === 'waiting' ? WAITING_EVERY_MS : null;
  const told = useRecordings(call.id, call.recorded, everyMs);
  const state = useMemo(
    () => (told === null ? null : recordingState(call, told.recordings)),
    [call, told],
  );
  const plays = useConsole(({ replay }) => replay?.callId === call.id && replay.playing);
  const zoom = useStore(playerZoom, step => step);
  const sound = useMemo<OnScreen | null>(
    () => (state?.kind === 'kept' ? { source: 'kept', callId: call.id, ...state } : null),
    [state, call.id],
  );
  useOnScreen(sound);
  useEffect(() => () => stopRecordingOf(call.id), [call.id]);
  if (told === null || state === null) return <section className="lanes player" aria-busy="true" />;
  const markers = told.markers.length === 0 ? NO_MARKERS : told.markers;
  if (state.kind !== 'kept') {
    return told.problem === null ? (
      <div className="note player-note">
        <p>
          {plays
            ? 'You still hear the end of this call.'
            : recordingSentence(state.kind, call.kind)}
        </p>
        {plays ? (
          <button type="button" className="button small" onClick={() => stopRecordingOf(call.id)}>
            Stop
          </button>
        ) : state.kind === 'none' && call.kind !== 'supervised' ? (
          <button type="button" className="button small" onClick={() => showSection('recording')}>
            Recording settings
          </button>
        ) : null}
      </div>
    ) : (
      <InlineProblem problem={told.problem} />
    );
  }
  return (
    <section className="lanes player" aria-label="Recording">
      <div className="player-head">
        <h2>Recording</h2>
        <MarksMenu markers={markers} />
        <ZoomButtons lengthMs={state.lengthMs} zoom={zoom} />
        <RecordingActs call={call} recordings={state.recordings} />
      </div>
      <PlayerStrip
        callId={call.id}
        name={shortName(call.them)}
        recordings={state.recordings}
        lengthMs={state.lengthMs}
        markers={markers}
        zoom={zoom}
      />
    </section>
  );
}
