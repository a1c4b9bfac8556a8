import type { Marker } from '../../electron/core/recording.ts';
import type { Side } from '../waveform/level-ring.ts';
import type { StripMark } from '../waveform/paint-marks.ts';
import { formatTimer, spellLength } from '../words/times.ts';

/** The sign of a marker, as drawn in waveforms. */
const MARKER_GLYPHS: Readonly<Record<Exclude<Marker['kind'], 'digits' | 'watch-word'>, string>> = {
  hold: '‖',
  muted: '○',
  said: '“',
  'sound-lost': '▲',
  'recording-paused': '▪',
  whisper: '◐',
  barge: '◉',
  takeover: '◉',
  spoke: '●',
  masked: '•',
};

/** What happened there, in a few words. */
export function markerWords(marker: Marker): string {
  const { kind, label, lengthMs, side } = marker;
  const length = lengthMs >= 1000 ? ` ${spellLength(lengthMs)}` : '';
  switch (kind) {
    case 'digits':
      return `Keys ${label} ${side === 'us' ? 'sent' : 'pressed'}`;
    case 'hold':
      return `On hold${length}`;
    case 'muted':
      return `Microphone closed${length}`;
    case 'said':
      return label === '' ? 'A text was said' : `Said: ${label}`;
    case 'sound-lost':
      return lengthMs >= 1000 ? `${spellLength(lengthMs)} of sound lost` : 'Sound lost';
    case 'recording-paused':
      return `Recording paused${length}`;
    case 'whisper':
      return `Whisper to ${label}${length}`;
    case 'barge':
      return `Barge: ${label}${length}`;
    case 'takeover':
      return `Taken over: ${label}${length}`;
    case 'spoke':
      return `You spoke to ${label}${length}`;
    case 'watch-word':
      return `Said “${label}”`;
    case 'masked':
      return `Not kept${length}`;
  }
}

const SHORT_WORDS: Readonly<
  Record<Exclude<Marker['kind'], 'digits' | 'sound-lost' | 'watch-word'>, string>
> = {
  hold: 'on hold',
  muted: 'mic closed',
  said: 'text said',
  'recording-paused': '',
  whisper: 'whisper',
  barge: 'barge',
  takeover: 'taken over',
  spoke: 'you spoke',
  masked: 'not kept',
};

/** The same as short as the words beside a lane must be. */
export function shortMarkerWords(marker: Marker): string {
  const { kind, label, lengthMs } = marker;
  if (kind === 'sound-lost') return lengthMs >= 1000 ? `${spellLength(lengthMs)} lost` : 'lost';
  if (kind === 'digits') return `keys ${label}`;
  if (kind === 'watch-word') return `“${label}”`;
  return SHORT_WORDS[kind];
}

/** The same with its place in the call, `02:14 Keys 5`. */
export function placedMarkerWords(marker: Marker): string {
  return `${formatTimer(marker.atMs)} ${markerWords(marker)}`;
}

/** The markers drawn into the lane of one side. What is lost of a call is lost of the other side. */
export function laneMarkers(markers: readonly Marker[], side: Side): readonly Marker[] {
  return markers.filter(marker => {
    if (marker.kind === 'recording-paused') return false;
    const of = marker.kind === 'sound-lost' ? 'them' : marker.side;
    return of === null || of === side;
  });
}

/** Markers as they are drawn: stretches first, so that moments stand over them. */
export function stripMarks(markers: readonly Marker[]): readonly StripMark[] {
  return markers
    .map(marker => ({
      atMs: marker.atMs,
      lengthMs: marker.lengthMs,
      text: markText(marker),
      look: LOOKS[marker.kind],
    }))
    .sort((a, b) => Number(a.lengthMs === 0) - Number(b.lengthMs === 0) || a.atMs - b.atMs);
}

const LOOKS: Readonly<Record<Marker['kind'], StripMark['look']>> = {
  digits: 'plain',
  hold: 'hold',
  muted: 'plain',
  said: 'plain',
  'sound-lost': 'lost',
  'recording-paused': 'absent',
  whisper: 'plain',
  barge: 'plain',
  takeover: 'plain',
  spoke: 'plain',
  'watch-word': 'plain',
  masked: 'absent',
};

function markText({ kind, label, lengthMs }: Marker): string {
  if (kind === 'digits') return label;
  if (kind === 'watch-word') return `! ${label}`;
  const glyph = MARKER_GLYPHS[kind];
  return kind === 'sound-lost' && lengthMs >= 1000 ? `${glyph} ${spellLength(lengthMs)}` : glyph;
}

/** The last marker that has begun at a moment and went on until `withinMs` before it; null when none. */
export function markerNear(
  markers: readonly Marker[],
  atMs: number,
  withinMs: number,
): Marker | null {
  const near = markers.filter(
    marker => marker.atMs <= atMs && marker.atMs + marker.lengthMs >= atMs - withinMs,
  );
  return near.sort((a, b) => a.atMs - b.atMs).at(-1) ?? null;
}
