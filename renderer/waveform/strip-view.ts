/** The stretch of a call's sound that a strip shows, in ms from the start of the sound. */
export type StripView = { readonly fromMs: number; readonly toMs: number };

/** How far back a live call is heard again. */
export const REWIND_MS = 30 * 60_000;

/** Lengths an overview of a growing call takes, so that its picture keeps its scale for a while. */
const OVERVIEW_STEPS_MS = [1, 2, 5, 10, 15, 20, 30].map(minutes => minutes * 60_000);

/** Stretches a recording may be looked at in, beside the whole call. */
const CLOSER_MS = [120_000, 15_000, 5000];

/** The overview of a live call: its whole sound so far with room to grow, at most the last half hour. */
export function overviewOf(lengthMs: number): StripView {
  if (lengthMs >= REWIND_MS) return { fromMs: lengthMs - REWIND_MS, toMs: lengthMs };
  return { fromMs: 0, toMs: OVERVIEW_STEPS_MS.find(step => step >= lengthMs) ?? REWIND_MS };
}

/** The stretches a call of this length can be shown in, the whole first, then closer ones. */
export function zoomSteps(lengthMs: number): readonly number[] {
  return [lengthMs, ...CLOSER_MS.filter(closer => closer < lengthMs)];
}

/** What is shown around the playhead: it stands in the middle but for the two ends of the call. */
export function viewAround(atMs: number, spanMs: number, lengthMs: number): StripView {
  const span = Math.max(1, Math.min(spanMs, lengthMs));
  const fromMs = Math.max(0, Math.min(atMs - span / 2, lengthMs - span));
  return { fromMs, toMs: fromMs + span };
}

/** Where a moment stands in a strip of this width, in CSS pixels. */
export function xOf(atMs: number, { fromMs, toMs }: StripView, width: number): number {
  return ((atMs - fromMs) / Math.max(1, toMs - fromMs)) * width;
}

/** The moment at a place of a strip, within what it shows. */
export function momentAt(x: number, { fromMs, toMs }: StripView, width: number): number {
  const share = Math.max(0, Math.min(1, x / Math.max(1, width)));
  return fromMs + share * (toMs - fromMs);
}

const TICK_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
const TICK_APART_PX = 72;

/** Round moments to write under a strip, at least 72 px apart, in ms. */
export function ticksOf(view: StripView, width: number): readonly number[] {
  const span = view.toMs - view.fromMs;
  const least = (span / Math.max(1, width)) * TICK_APART_PX;
  const step = (TICK_STEPS_S.find(seconds => seconds * 1000 >= least) ?? 14_400) * 1000;
  const ticks: number[] = [];
  for (let at = Math.ceil(view.fromMs / step) * step; at <= view.toMs; at += step) ticks.push(at);
  return ticks;
}
