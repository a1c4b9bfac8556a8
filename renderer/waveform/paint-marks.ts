import { type StripView, xOf } from './strip-view.ts';

/** Something drawn into a waveform at its place: a stretch, or with length 0 a moment. */
export type StripMark = {
  readonly atMs: number;
  readonly lengthMs: number;
  /** A sign or a word, written where there is room. */
  readonly text: string;
  /** `lost`: hatched. `hold`: dashed. `absent`: nothing was recorded, hatched the other way. `plain`: a line. */
  readonly look: 'lost' | 'hold' | 'absent' | 'plain';
};

type Size = { readonly width: number; readonly height: number };

const FONT = '11px system-ui, sans-serif';
const HATCH_PX = 6;
const TEXT_TOP = 11;
const FOUND_RADIUS = 3;

/** Height that the signs of marks need at the top of a strip, in CSS pixels. */
export const MARK_TEXT_HEIGHT = 14;

/** The colours of marks, as the styles of a canvas give them. */
type MarkColours = Readonly<Record<StripMark['look'] | 'text' | 'plate', string>>;

/** Reads the colours of marks from the styles of a canvas. */
export function markColours(style: CSSStyleDeclaration): MarkColours {
  return {
    lost: style.getPropertyValue('--mark-lost'),
    hold: style.getPropertyValue('--hold'),
    absent: style.getPropertyValue('--wave-quiet'),
    plain: style.getPropertyValue('--mark'),
    text: style.getPropertyValue('--mark'),
    plate: style.getPropertyValue('--mark-plate'),
  };
}

/** Draws marks over a waveform: stretches as bands, moments as lines, each with its sign if there is room. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  size: Size,
  view: StripView,
  marks: readonly StripMark[],
  colours: MarkColours,
): void {
  context.font = FONT;
  const written: (readonly [from: number, to: number])[] = [];
  for (const mark of marks) {
    const left = xOf(mark.atMs, view, size.width);
    const right = xOf(mark.atMs + mark.lengthMs, view, size.width);
    if (right < 0 || left > size.width) continue;
    const start = Math.max(0, left);
    const end = Math.min(size.width, right);
    if (mark.lengthMs > 0) paintBand(context, size, start, end, mark.look, colours[mark.look]);
    else paintLine(context, size, left, colours[mark.look]);
    const wide = context.measureText(mark.text).width + 4;
    const to = start + wide;
    if (to > size.width || written.some(([from, until]) => start < until && to > from)) continue;
    // Bars may stand behind it.
    context.fillStyle = colours.plate;
    context.globalAlpha = 0.85;
    context.fillRect(start + 1, 0, wide, MARK_TEXT_HEIGHT);
    context.globalAlpha = 1;
    context.fillStyle = mark.look === 'absent' ? colours.text : colours[mark.look];
    context.fillText(mark.text, start + 3, TEXT_TOP);
    written.push([start, to]);
  }
}

function paintBand(
  context: CanvasRenderingContext2D,
  { height }: Size,
  start: number,
  end: number,
  look: StripMark['look'],
  colour: string,
): void {
  const width = Math.max(2, end - start);
  context.save();
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.globalAlpha = look === 'plain' ? 0.1 : 0.16;
  context.fillRect(start, 0, width, height);
  context.globalAlpha = 0.8;
  context.lineWidth = 1;
  context.beginPath();
  context.rect(start, 0, width, height);
  context.clip();
  context.beginPath();
  if (look === 'hold') {
    context.setLineDash([HATCH_PX, HATCH_PX]);
    context.moveTo(start, height / 2);
    context.lineTo(end, height / 2);
  } else if (look !== 'plain') {
    // The two lean to different sides, to be told apart without colour.
    const [from, to] = look === 'lost' ? [height, 0] : [0, height];
    for (let x = start - height; x < end; x += HATCH_PX) {
      context.moveTo(x, from);
      context.lineTo(x + height, to);
    }
  }
  context.stroke();
  context.restore();
}

function paintLine(
  context: CanvasRenderingContext2D,
  { height }: Size,
  x: number,
  colour: string,
): void {
  context.fillStyle = colour;
  context.fillRect(Math.round(x), 0, 1, height);
}

/** Draws dots along the foot of a strip, where what is looked for is said. Those that touch are one. */
export function paintFound(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  view: StripView,
  atMs: readonly number[],
  colour: string,
): void {
  context.fillStyle = colour;
  let until = Number.NEGATIVE_INFINITY;
  for (const at of atMs) {
    const x = xOf(at, view, width);
    if (x < 0 || x > width || x < until) continue;
    until = x + FOUND_RADIUS;
    context.beginPath();
    context.arc(x, height - FOUND_RADIUS - 1, FOUND_RADIUS, 0, 2 * Math.PI);
    context.fill();
  }
}

/** Draws where sound is listened to, or with `ghost` where a drag would lead. */
export function paintHead(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  view: StripView,
  atMs: number,
  colour: string,
  ghost = false,
): void {
  const x = Math.max(1, Math.min(width - 1, xOf(atMs, view, width)));
  context.save();
  context.fillStyle = colour;
  context.globalAlpha = ghost ? 0.5 : 1;
  context.fillRect(x - 1, 0, 2, height);
  context.beginPath();
  context.moveTo(x - 5, 0);
  context.lineTo(x + 5, 0);
  context.lineTo(x, 6);
  context.fill();
  context.restore();
}

/** Writes the times of round moments along the bottom of a strip. */
export function paintTicks(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  view: StripView,
  ticks: readonly (readonly [atMs: number, words: string])[],
  colour: string,
): void {
  context.font = FONT;
  context.fillStyle = colour;
  for (const [atMs, words] of ticks) {
    const x = xOf(atMs, view, width);
    context.fillRect(Math.round(x), height - 14, 1, 4);
    if (x + 3 + context.measureText(words).width <= width) {
      context.fillText(words, x + 3, height - 3);
    }
  }
}
