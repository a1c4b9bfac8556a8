/**
 * The sound process: the native addon and nothing else, apart from the app because the addon may
 * crash or hang. It asks for what to play by the card's own clock and tells what it captured.
 */
import { constants, setPriority } from 'node:os';
import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { type Cancel, every } from '../core/clock.ts';
import type { SoundChoice } from '../core/sound.ts';
import { systemClock } from '../system-clock.ts';
import { watchCard } from './card-watch.ts';
import {
  type CardList,
  cardList,
  findDevice,
  findMicrophone,
  plainDevice,
  sameDevice,
} from './device-list.ts';
import {
  type CardDevice,
  type DeviceReport,
  type DeviceRequest,
  SIDES,
  type Side,
  type SideFault,
} from './device-messages.ts';
import { LATENCY_PLANS } from './latency.ts';
import { createMicrophoneFeed } from './microphone-feed.ts';
import {
  isListFrozen,
  nativeList,
  type OpenSide,
  openMicrophone,
  openSpeaker,
  type Play,
} from './native-device.ts';
import { createNoiseSuppressor, FULL_RATE_HZ, type NoiseSuppressor } from './noise-suppressor.ts';
import { createResampler, type Resampler } from './resampler.ts';
import { createSpeakerFeed, type SpeakerFeed } from './speaker-feed.ts';

/** How often the app is told of frames that were not there in time. */
const STARVED_MS = 1000;

type OpenRequest = Extract<DeviceRequest, { kind: 'open' }>;

type ParentPort = {
  postMessage: (message: unknown) => void;
  on: (event: 'message', listener: (event: { data: DeviceRequest }) => void) => void;
};

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

const report = (message: DeviceReport): void => {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else process.send?.(message);
};

/** How to close an open side. Resolves to false when the card did not let go. */
const closers: Partial<Record<Side, () => Promise<boolean>>> = {};
let speaker: SpeakerFeed | null = null;

/** What this process saw when it last looked. */
let seen: CardList | null = null;

/**
 * Opens the speaker that is probably wanted before devices are looked for, which takes as long as
 * opening does, or longer; while one is open looking costs nothing.
 */
function openBlindly(known: CardDevice | null, choice: SoundChoice): OpenSide<Play> | null {
  if (known === null) return null;
  try {
    return openSpeaker(known, LATENCY_PLANS[choice.latency]);
  } catch {
    // It is gone or changed: the list that is made next tells.
    return null;
  }
}

async function openOutput(
  device: CardDevice | null,
  { turn, choice }: OpenRequest,
  early: OpenSide<Play> | null,
): Promise<void> {
  if (device === null) return fail('output', turn, 'missing', 'no output device');
  const plan = LATENCY_PLANS[choice.latency];
  const card = early ?? openSpeaker(device, plan);
  const release = opened('output', card.stop);
  const ears: Resampler[] = [];
  for (let ear = 0; ear < Math.min(2, card.channels); ear += 1) {
    const resampler = await createResampler(SAMPLE_RATE_HZ, card.rateHz);
    release.push(resampler.close);
    ears.push(resampler);
  }
  const feed = createSpeakerFeed(card, ears, plan.aheadFrames, () => report({ kind: 'need' }));
  speaker = feed;
  const watch = watched('output', turn);
  release.push(watch.stop, () => {
    speaker = null;
  });
  feed.start();
  card.start(() => {
    watch.alive();
    return feed.nextPiece();
  });
  report({ kind: 'opened', side: 'output', turn, device });
}

async function openInput(
  { inputs }: CardList,
  { turn, choice, microphone }: OpenRequest,
  suppressor: NoiseSuppressor | null,
): Promise<void> {
  const device = findMicrophone(inputs, choice.inputId, microphone);
  if (device === null) return fail('input', turn, 'missing', 'no input device');
  const card = openMicrophone(device, LATENCY_PLANS[choice.latency]);
  const release = opened('input', card.stop);
  const toFull = suppressor && (await createResampler(card.rateHz, FULL_RATE_HZ));
  if (toFull !== null) release.push(toFull.close);
  const toPhone = await createResampler(suppressor ? FULL_RATE_HZ : card.rateHz, SAMPLE_RATE_HZ);
  release.push(toPhone.close);
  const noise = suppressor && toFull && { suppressor, toFull };
  const watch = watched('input', turn);
  release.push(watch.stop);
  const feed = createMicrophoneFeed({ channels: card.channels, toPhone, noise }, frame =>
    report({ kind: 'captured', frame }),
  );
  card.start(piece => {
    watch.alive();
    feed(piece);
  });
  if (suppressor !== null) release.push(suppressor.close);
  report({ kind: 'opened', side: 'input', turn, device });
}

/** A side is open from here on. @returns what is let go with it, to be added to */
function opened(side: Side, stop: () => Promise<boolean>): Cancel[] {
  const release: Cancel[] = [];
  closers[side] = async () => {
    const letGo = await stop();
    for (const letOne of release) letOne();
    return letGo;
  };
  return release;
}

function watched(side: Side, turn: number) {
  return watchCard(systemClock, () => {
    delete closers[side];
    fail(side, turn, 'hung', 'no sign of life from the card');
  });
}

function fail(side: Side, turn: number, fault: SideFault, detail: string): void {
  report({ kind: 'failed', side, turn, fault, detail });
}

async function tryToOpen(side: Side, turn: number, attempt: () => Promise<void>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    // What was begun would hold the device, and its watch would end a side that works later.
    await close([side]);
    const detail = error instanceof Error ? error.message : String(error);
    fail(side, turn, /no default|invalid device/i.test(detail) ? 'missing' : 'busy', detail);
  }
}

async function close(sides: readonly Side[]): Promise<void> {
  for (const side of sides) {
    const stop = closers[side];
    delete closers[side];
    // A card that does not let go also blocks a normal exit; the app starts another process.
    if (stop !== undefined && !(await stop())) process.kill(process.pid, 'SIGKILL');
  }
}

/** Loaded before anything is opened: it holds this thread up for longer than the card's queue lasts. */
async function suppressorFor(choice: SoundChoice): Promise<NoiseSuppressor | null> {
  if (!choice.suppressNoise) return null;
  try {
    return await createNoiseSuppressor();
  } catch (error) {
    report({ kind: 'noise-kept', detail: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

async function open(request: OpenRequest): Promise<void> {
  const { sides, turn, choice, microphone } = request;
  const plays = sides.includes('output');
  const hears = sides.includes('input') && microphone !== 'none';
  const suppressor = hears ? await suppressorFor(choice) : null;
  await close(sides);
  if (isSpent()) return report({ kind: 'spent' });
  const isFresh = isIdle();
  const known = seen === null ? request.known : findDevice(seen.outputs, choice.outputId);
  const early = plays && isFresh ? openBlindly(known, choice) : null;
  const list = cardList(nativeList(), choice.host);
  if (isFresh) tellDevices(list);
  if (plays) {
    const device = findDevice(list.outputs, choice.outputId);
    const isRight = device !== null && known !== null && sameDevice(device, known);
    if (!isRight) await early?.stop();
    await tryToOpen('output', turn, () => openOutput(device, request, isRight ? early : null));
  }
  if (hears) await tryToOpen('input', turn, () => openInput(list, request, suppressor));
  if (closers.input === undefined) suppressor?.close();
}

function isIdle(): boolean {
  return Object.keys(closers).length === 0;
}

/** With a side open nobody expects new devices; with none, what is told must be true. */
function isSpent(): boolean {
  return isListFrozen() && isIdle();
}

function tellDevices(list: CardList): void {
  seen = list;
  const { hosts, inputs, outputs } = list;
  report({
    kind: 'devices',
    hosts,
    inputs: inputs.map(plainDevice),
    outputs: outputs.map(plainDevice),
  });
}

async function handle(request: DeviceRequest): Promise<void> {
  switch (request.kind) {
    case 'list':
      if (isSpent()) return report({ kind: 'spent' });
      return tellDevices(cardList(nativeList(), request.host));
    case 'open':
      return open(request);
    case 'close':
      await close(SIDES);
      return report({ kind: 'closed' });
    case 'play':
      speaker?.push(request.frame);
      return;
    case 'ping':
      return report({ kind: 'pong' });
  }
}

/** Sound comes before what a busy computer does besides; where the system forbids that, all is as it was. */
function goFirst(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
  } catch {
    // Only some systems, and some people, may.
  }
}
goFirst();

let queue = Promise.resolve();
const receive = (request: DeviceRequest): void => {
  // Sound and heartbeats must not wait behind a device that is slow to open.
  if (request.kind === 'play' || request.kind === 'ping') void handle(request);
  else queue = queue.then(() => handle(request)).catch(() => process.exit(1));
};

every(systemClock, STARVED_MS, () => {
  const frames = speaker?.takeStarved() ?? 0;
  if (frames > 0) report({ kind: 'starved', frames });
});

if (parentPort !== undefined) parentPort.on('message', event => receive(event.data));
else {
  process.on('message', receive);
  process.on('disconnect', () => process.exit(0));
}
