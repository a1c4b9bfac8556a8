import { useMemo, useRef } from 'react';
import type { CallId } from '../../electron/core/call.ts';
import type { Marker, Recording } from '../../electron/core/recording.ts';
import { useStore } from '../state/use-store.ts';
import { foundInSound } from '../transcript/found-in-sound.ts';
import { speakerAt } from '../waveform/call-source.ts';
import type { StripMark } from '../waveform/paint-marks.ts';
import { SoundStrip, type StripSight } from '../waveform/sound-strip.tsx';
import { viewAround, zoomSteps } from '../waveform/strip-view.ts';
import { MarkRow } from './mark-row.tsx';
import { laneMarkers, stripMarks } from './marker-words.ts';
import { headMs, useHead } from './playhead.ts';
import { unrecordedOf } from './recording-state.ts';
import { seekReplay } from './replay-acts.ts';
import { spelledPlace } from './replay-words.ts';
import { type Draft, SeekSlider } from './seek-slider.tsx';

type PlayerStripProps = {
  readonly callId: CallId;
  readonly name: string;
  readonly recordings: readonly Recording[];
  readonly lengthMs: number;
  readonly markers: readonly Marker[];
  /** 0 shows the whole call; see `zoomSteps`. */
  readonly zoom: number;
};

const NONE_FOUND: readonly number[] = [];

/** Both sides of a recorded call with what happened on it; pointing at it moves the playhead. */
export function PlayerStrip(props: PlayerStripProps) {
  const { callId, name, recordings, lengthMs, markers, zoom } = props;
  const at = useHead(callId);
  const draft = useRef<Draft | null>(null);
  const sight = useMemo<StripSight>(() => {
    const steps = zoomSteps(lengthMs);
    const spanMs = steps[Math.min(zoom, steps.length - 1)] ?? lengthMs;
    return {
      view: () => draft.current?.view ?? viewAround(headMs(callId), spanMs, lengthMs),
      lengthMs: () => lengthMs,
      head: () => headMs(callId),
      draft: () => draft.current?.atMs ?? null,
    };
  }, [callId, lengthMs, zoom]);
  const marks = useMemo(() => {
    const absent = unrecordedOf(recordings, lengthMs).map(
      (gap): StripMark => ({ ...gap, text: 'not recorded', look: 'absent' }),
    );
    const paused = markers.filter(({ kind }) => kind === 'recording-paused');
    const both = [...absent, ...stripMarks(paused)];
    return {
      them: [...both, ...stripMarks(laneMarkers(markers, 'them').filter(isDrawnIn))],
      us: [...both, ...stripMarks(laneMarkers(markers, 'us').filter(isDrawnIn))],
      row: stripMarks(markers),
    };
  }, [recordings, lengthMs, markers]);
  const found = useStore(foundInSound, all => (all?.callId === callId ? all.atMs : NONE_FOUND));
  const speaker = speakerAt(callId, at);
  return (
    <div className="player-strip">
      <div className="player-names" aria-hidden="true">
        <strong className="cut">{name}</strong>
        <strong>You</strong>
        <span className="second">Marks</span>
      </div>
      <SeekSlider
        label="Place in the recording"
        minMs={0}
        maxMs={lengthMs}
        nowMs={at}
        text={spelledPlace(at, lengthMs, speaker === null ? null : speaker === 'us' ? 'you' : name)}
        view={sight.view}
        draft={draft}
        onSeek={seekReplay}
      >
        <SoundStrip
          callId={callId}
          side="them"
          sight={sight}
          marks={marks.them}
          label={`${name}, waveform`}
        />
        <SoundStrip
          callId={callId}
          side="us"
          sight={sight}
          marks={marks.us}
          label="You, waveform"
        />
        <MarkRow
          sight={sight}
          marks={marks.row}
          found={found}
          label={found.length === 0 ? 'Marks and times' : `Marks, ${found.length} found, and times`}
        />
      </SeekSlider>
    </div>
  );
}

/** Stretches and keys are seen in the lanes themselves; all else is under them. */
function isDrawnIn({ kind, lengthMs }: Marker): boolean {
  return lengthMs > 0 || kind === 'digits';
}
