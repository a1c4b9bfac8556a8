import type { CallId } from '../../electron/core/call.ts';
import { onSignals, readWaveform } from '../earshot.ts';
import { LevelRing, RING_FRAMES } from './level-ring.ts';
import { wakePainters } from './painters.ts';

const CALLS_KEPT = 64;
const METER_STEPS = 24;

const rings = new Map<CallId, LevelRing>();
const filled = new WeakSet<LevelRing>();
const meter = new Uint8Array(METER_STEPS);
const listeners = new Set<(desk: DeskLevels) => void>();
let captured: number | null = null;

/** How loud this desk's microphone is: as picked up (null: none), and as let out by the gate. */
export type DeskLevels = { readonly captured: number | null; readonly sent: number };

/** Starts taking signals; returns how to stop. */
export function followSignals(): () => void {
  return onSignals(signals => {
    for (const { callId, firstFrame, them, us } of signals.calls) {
      ringOf(callId).push(firstFrame, them, us);
    }
    captured = signals.captured;
    meter.copyWithin(0, 1);
    meter[METER_STEPS - 1] = signals.sent;
    for (const listener of listeners) listener(signals);
    wakePainters();
  });
}

/** Calls `listener` with the desk's levels of each batch; returns how to stop. */
export function onDeskLevels(listener: (desk: DeskLevels) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The levels of a call; asked for the first time, they are filled with what the main process kept. */
export function levelsOf(callId: CallId): LevelRing {
  const ring = ringOf(callId);
  if (!filled.has(ring)) {
    filled.add(ring);
    void fill(ring, callId);
  }
  return ring;
}

/** The level captured last, 0 with no microphone. */
export function capturedLevel(): number {
  return captured ?? 0;
}

/** The levels let out by the gate lately, oldest first. */
export function sentLevels(): Uint8Array {
  return meter;
}

async function fill(ring: LevelRing, callId: CallId): Promise<void> {
  try {
    const length = (await readWaveform(callId, 1, 0, 1))?.length ?? 0;
    const first = Math.max(0, length - RING_FRAMES);
    const newest = await readWaveform(callId, 1, first, RING_FRAMES);
    if (newest !== null) ring.load(newest, newest.first);
    wakePainters();
  } catch {
    // The picture then begins with the next signals, which is all that is lost.
  }
}

function ringOf(callId: CallId): LevelRing {
  const known = rings.get(callId);
  if (known !== undefined) return known;
  const ring = new LevelRing();
  rings.set(callId, ring);
  for (const oldest of rings.keys()) {
    if (rings.size <= CALLS_KEPT) break;
    rings.delete(oldest);
  }
  return ring;
}
