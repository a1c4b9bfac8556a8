import type { CallId } from '../../electron/core/call.ts';
import { readWaveform } from '../earshot.ts';
import { FRAME_MS } from '../waveform/waveform-geometry.ts';
import { type Turn, turnsOf } from './turns.ts';

/** Fine enough to tell who speaks: a byte is 160 ms. */
const ZOOM = 8;
const BYTE_MS = ZOOM * FRAME_MS;

/** Most bytes told at once. Source: the contract of `waveform`. */
const MOST_BYTES = 20_000;

const kept = new Map<CallId, readonly Turn[]>();
const CALLS_KEPT = 8;

/** The turns of a recorded call, read once. */
export async function turnsOfRecording(callId: CallId, lengthMs: number): Promise<readonly Turn[]> {
  const known = kept.get(callId);
  if (known !== undefined) return known;
  const turns = await readTurns(callId, 0, lengthMs);
  kept.set(callId, turns);
  for (const oldest of kept.keys()) if (kept.size > CALLS_KEPT) kept.delete(oldest);
  return turns;
}

/** The turns between two moments of a call's sound, in order. */
export async function readTurns(
  callId: CallId,
  fromMs: number,
  toMs: number,
): Promise<readonly Turn[]> {
  const first = Math.floor(fromMs / BYTE_MS);
  const end = Math.ceil(toMs / BYTE_MS);
  const them: number[] = [];
  const us: number[] = [];
  for (let at = first; at < end; at += MOST_BYTES) {
    const part = await readWaveform(callId, ZOOM, at, Math.min(MOST_BYTES, end - at));
    if (part === null || part.them.length === 0) break;
    them.push(...part.them);
    us.push(...part.us);
  }
  const levels = { them: Uint8Array.from(them), us: Uint8Array.from(us) };
  return turnsOf(levels, BYTE_MS, first * BYTE_MS);
}
