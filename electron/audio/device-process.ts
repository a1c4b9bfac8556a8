/**
 * The sound process: the native addon and nothing else, apart from the app because the addon may
 * crash or hang. It asks for what to play by the card's own clock and tells what it captured.
 */
import { FRAME_SAMPLES, type Frame, SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { every } from '../core/clock.ts';
import { systemClock } from '../system-clock.ts';
import type { DeviceReport, DeviceRequest, Side, SideFault } from './device-messages.ts';
import {
  findDevice,
  listDevices,
  type OpenOutput,
  openInput,
  openOutput,
} from './native-device.ts';
import { createResampler } from './resampler.ts';

/** Frames asked for ahead of the card: 40 ms, for the way to the app and back. */
const AHEAD_FRAMES = 2;

/** How long an open side may show no sign of life. */
const SILENT_CARD_MS = 2000;

type ParentPort = {
  postMessage: (message: unknown) => void;
  on: (event: 'message', listener: (event: { data: DeviceRequest }) => void) => void;
};

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

const report = (message: DeviceReport): void => {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else process.send?.(message);
};

/** One open side: how to stop it, and when it last showed a sign of life. */
type OpenSide = { readonly card: OpenOutput; aliveAt: number; readonly release: () => void };

const open: Partial<Record<Side, OpenSide>> = {};
const toPlay: Frame[] = [];
let asked = 0;

async function openSpeaker(id: string | null): Promise<void> {
  const device = findDevice('output', id);
  if (device === null) return fail('output', 'missing', 'no output device');
  const resampler = await createResampler(SAMPLE_RATE_HZ, device.rateHz);
  const pieceSamples = device.rateHz / 100;
  let pending = new Int16Array(0);
  toPlay.length = 0;
  asked = 0;
  const nextPiece = (): Int16Array => {
    const side = open.output;
    if (side !== undefined) side.aliveAt = systemClock.monotonic();
    while (pending.length < pieceSamples) {
      pending = joined(pending, resampler.convert(toPlay.shift() ?? new Int16Array(FRAME_SAMPLES)));
      while (toPlay.length + asked < AHEAD_FRAMES) {
        asked += 1;
        report({ kind: 'need' });
      }
    }
    const piece = pending.slice(0, pieceSamples);
    pending = pending.slice(pieceSamples);
    return piece;
  };
  opened('output', openOutput(device, nextPiece), resampler.close);
}

async function openMicrophone(id: string | null): Promise<void> {
  const device = findDevice('input', id);
  if (device === null) return fail('input', 'missing', 'no input device');
  const resampler = await createResampler(device.rateHz, SAMPLE_RATE_HZ);
  let pending = new Int16Array(0);
  const onSamples = (samples: Int16Array): void => {
    const side = open.input;
    if (side !== undefined) side.aliveAt = systemClock.monotonic();
    pending = joined(pending, resampler.convert(samples));
    while (pending.length >= FRAME_SAMPLES) {
      report({ kind: 'captured', frame: pending.slice(0, FRAME_SAMPLES) });
      pending = pending.slice(FRAME_SAMPLES);
    }
  };
  opened('input', openInput(device, onSamples), resampler.close);
}

function opened(side: Side, card: OpenOutput, release: () => void): void {
  open[side] = { card, aliveAt: systemClock.monotonic(), release };
  report({ kind: 'opened', side, device: card.device });
}

function fail(side: Side, fault: SideFault, detail: string): void {
  report({ kind: 'failed', side, fault, detail });
}

async function tryToOpen(side: Side, attempt: () => Promise<void>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    fail(side, /no default|invalid device/i.test(detail) ? 'missing' : 'busy', detail);
  }
}

async function closeAll(): Promise<void> {
  for (const side of ['input', 'output'] as const) {
    const standing = open[side];
    delete open[side];
    if (standing === undefined) continue;
    // A card that does not let go also blocks a normal exit; the app starts another process.
    if (!(await standing.card.stop())) process.kill(process.pid, 'SIGKILL');
    standing.release();
  }
}

async function handle(request: DeviceRequest): Promise<void> {
  switch (request.kind) {
    case 'list':
      return report({ kind: 'devices', inputs: listed('input'), outputs: listed('output') });
    case 'open':
      await closeAll();
      await tryToOpen('output', () => openSpeaker(request.outputId));
      return tryToOpen('input', () => openMicrophone(request.inputId));
    case 'close':
      await closeAll();
      return report({ kind: 'closed' });
    case 'play':
      asked = Math.max(0, asked - 1);
      toPlay.push(request.frame);
      return;
    case 'ping':
      return report({ kind: 'pong' });
  }
}

function listed(side: Side) {
  return listDevices(side).map(({ id, name, isDefault }) => ({ id, name, isDefault }));
}

function joined(head: Int16Array, tail: Int16Array): Int16Array<ArrayBuffer> {
  const whole = new Int16Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

let queue = Promise.resolve();
const receive = (request: DeviceRequest): void => {
  // Sound and heartbeats must not wait behind a device that is slow to open.
  if (request.kind === 'play' || request.kind === 'ping') void handle(request);
  else queue = queue.then(() => handle(request)).catch(() => process.exit(1));
};

every(systemClock, SILENT_CARD_MS / 2, () => {
  for (const side of ['input', 'output'] as const) {
    const standing = open[side];
    if (standing === undefined || systemClock.monotonic() - standing.aliveAt < SILENT_CARD_MS)
      continue;
    delete open[side];
    fail(side, 'hung', 'no sign of life from the card');
  }
});

if (parentPort !== undefined) parentPort.on('message', event => receive(event.data));
else {
  process.on('message', receive);
  process.on('disconnect', () => process.exit(0));
}
