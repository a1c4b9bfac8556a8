import type { CallId } from '../../electron/core/call.ts';
import { consoleStore, onSignals } from '../earshot.ts';
import { createStore } from '../state/store.ts';
import { useStore } from '../state/use-store.ts';
import { wakePainters } from '../waveform/painters.ts';

/** For so long after the last signal the playhead is believed to go on by itself, in ms. */
const GLIDE_MS = 100;

/** For so long after a seek, signals from before it are not believed, in ms. */
const SEEK_MS = 300;

/** A signal this near to where a seek led to is from after it, in ms. */
const SEEK_NEAR_MS = 400;

/** A recording that stopped this near to its end was heard to the end, in ms. */
const END_MS = 500;

type Head = { readonly atMs: number; readonly lengthMs: number; readonly toldAt: number };

const rests = new Map<CallId, number>();
const beat = createStore('');
let head: Head | null = null;
let sought: { readonly atMs: number; readonly at: number } | null = null;

/** Follows where the replay is; returns how to stop. */
export function followReplay(): () => void {
  let before = consoleStore.get().replay;
  const stopState = consoleStore.subscribe(() => {
    const { replay } = consoleStore.get();
    if (before !== null && replay?.callId !== before.callId) {
      if (before.source === 'kept') rests.set(before.callId, restAfter(head));
      head = null;
      sought = null;
    }
    before = replay;
    tick();
  });
  const stopSignals = onSignals(({ replay }) => {
    const now = performance.now();
    if (replay === null || isStale(replay.atMs, now)) return;
    sought = null;
    head = { ...replay, toldAt: now };
    tick();
  });
  return () => {
    stopState();
    stopSignals();
  };
}

/** Where the sound of a call is listened to, or where its player stands, in ms of its sound. */
export function headMs(callId: CallId): number {
  const { replay } = consoleStore.get();
  if (replay?.callId !== callId || head === null) return rests.get(callId) ?? 0;
  const glided = Math.min(performance.now() - head.toldAt, GLIDE_MS) * replay.speed;
  return replay.playing ? Math.min(head.lengthMs, head.atMs + glided) : head.atMs;
}

/** How long the sound is that is replayed now, in ms; null without a replay of this call. */
export function replayedLengthMs(callId: CallId): number | null {
  return consoleStore.get().replay?.callId === callId ? (head?.lengthMs ?? null) : null;
}

/** Shows the playhead where a seek will lead to, before the sound is there. */
export function expectHead(callId: CallId, atMs: number): void {
  if (consoleStore.get().replay?.callId === callId && head !== null) {
    sought = { atMs, at: performance.now() };
    head = { ...head, atMs, toldAt: performance.now() };
  } else {
    rests.set(callId, atMs);
  }
  tick();
}

/** The playhead of a call in whole seconds, in ms: what words and labels follow. */
export function useHead(callId: CallId): number {
  useStore(beat, value => value);
  return Math.floor(headMs(callId) / 1000) * 1000;
}

function isStale(atMs: number, now: number): boolean {
  if (sought === null || now - sought.at > SEEK_MS) return false;
  return Math.abs(atMs - sought.atMs) > SEEK_NEAR_MS;
}

function restAfter(last: Head | null): number {
  if (last === null || last.lengthMs - last.atMs < END_MS) return 0;
  return last.atMs;
}

function tick(): void {
  const callId = consoleStore.get().replay?.callId ?? '';
  const rest = [...rests].map(([id, ms]) => `${id}:${Math.floor(ms / 1000)}`).join();
  const at = head === null ? '' : Math.floor(head.atMs / 1000);
  beat.set(`${callId}/${at}/${Math.floor((head?.lengthMs ?? 0) / 1000)}/${rest}`);
  wakePainters();
}
