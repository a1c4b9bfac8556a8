import { ZOOMS } from '../../electron/core/audio/waveform-record.ts';
import type { CallId } from '../../electron/core/call.ts';
import { readWaveform } from '../earshot.ts';
import type { Side } from './level-ring.ts';
import { wakePainters } from './painters.ts';
import { FRAME_MS, SPEECH_BAR_LEVEL } from './waveform-geometry.ts';
import { createWaveformSource, type WaveformSource } from './waveform-source.ts';

/** Calls whose waveforms are kept here: 4 hours of one are about 2 MB. */
const CALLS_KEPT = 8;

const sources = new Map<CallId, WaveformSource>();

/** The waveform of a call at every zoom, of a live call or of a recording. */
export function sourceOf(callId: CallId): WaveformSource {
  const known = sources.get(callId);
  if (known !== undefined) return known;
  const source = createWaveformSource(
    (zoom, first, count) => readWaveform(callId, zoom, first, count),
    wakePainters,
  );
  sources.set(callId, source);
  for (const oldest of sources.keys()) if (sources.size > CALLS_KEPT) sources.delete(oldest);
  return source;
}

/** Who speaks at a moment of a call, as far as its waveform was looked at; null when nobody does. */
export function speakerAt(callId: CallId, atMs: number): Side | null {
  const source = sourceOf(callId);
  for (const zoom of ZOOMS) {
    const byte = Math.floor(atMs / FRAME_MS / zoom);
    const them = source.peak('them', zoom, byte, byte + 1);
    const us = source.peak('us', zoom, byte, byte + 1);
    if (them < 0 && us < 0) continue;
    if (Math.max(them, us) < SPEECH_BAR_LEVEL) return null;
    return them >= us ? 'them' : 'us';
  }
  return null;
}
