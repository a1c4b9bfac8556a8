/** Paints one canvas. `elapsedMs` is the time since it was last painted. */
export type Paint = (
  context: CanvasRenderingContext2D,
  size: { readonly width: number; readonly height: number },
  elapsedMs: number,
) => void;

type Painter = {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly paint: Paint;
  visible: boolean;
};

const AWAKE_MS = 500;
const UNFOCUSED_MS = 100;
const REDUCED_MS = 250;

const painters = new Set<Painter>();
const reduced = matchMedia('(prefers-reduced-motion: reduce)');
let awakeUntil = 0;
let paintedAt = 0;
let scheduled = false;
let paused = false;

/**
 * Paints a canvas with every frame of the screen while sound moves and the canvas is seen, sharp at any
 * scale. All canvases share one animation frame. Returns how to stop.
 */
export function addPainter(canvas: HTMLCanvasElement, paint: Paint): () => void {
  const context = canvas.getContext('2d');
  if (context === null) return () => {};
  const painter: Painter = { canvas, context, paint, visible: true };
  painters.add(painter);
  const resized = new ResizeObserver(() => paintOne(painter, 0));
  const seen = new IntersectionObserver(([entry]) => {
    painter.visible = entry?.isIntersecting ?? true;
    wakePainters();
  });
  resized.observe(canvas);
  seen.observe(canvas);
  wakePainters();
  return () => {
    painters.delete(painter);
    resized.disconnect();
    seen.disconnect();
  };
}

/** Something moved: paint for a while. */
export function wakePainters(): void {
  awakeUntil = performance.now() + AWAKE_MS;
  schedule();
}

/** Lets all canvases stand still, or move again. */
export function pausePainters(on: boolean): void {
  paused = on;
  wakePainters();
}

function schedule(): void {
  if (scheduled || painters.size === 0 || paused) return;
  scheduled = true;
  requestAnimationFrame(now => {
    scheduled = false;
    const elapsedMs = now - paintedAt;
    if (elapsedMs >= intervalMs()) {
      paintedAt = now;
      for (const painter of painters) if (painter.visible) paintOne(painter, elapsedMs);
    }
    if (now < awakeUntil) schedule();
  });
}

function intervalMs(): number {
  if (reduced.matches) return REDUCED_MS;
  return document.hasFocus() ? 0 : UNFOCUSED_MS;
}

function paintOne({ canvas, context, paint }: Painter, elapsedMs: number): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  const pixels = { width: Math.round(width * scale), height: Math.round(height * scale) };
  if (canvas.width !== pixels.width || canvas.height !== pixels.height) {
    canvas.width = pixels.width;
    canvas.height = pixels.height;
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  paint(context, { width, height }, elapsedMs);
}
