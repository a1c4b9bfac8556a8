/** The sound card through PortAudio: the only file that knows the native addon. */
import { createRequire } from 'node:module';
import type { IoStreamRead, IoStreamWrite } from 'naudiodon';
import { systemClock } from '../system-clock.ts';
import { type CardFormat, formatsOf, type NativeList } from './device-list.ts';
import type { CardDevice, Side } from './device-messages.ts';
import type { LatencyPlan } from './latency.ts';

type Addon = typeof import('naudiodon');

/** Bytes per sample: 16 bits. */
const SAMPLE_BYTES = 2;

/** Pieces that may wait to be read from a microphone before sound is lost. */
const INPUT_PIECES = 20;

/** How long a stream may take to stop before it is given up; PortAudio's wait can last for ever. */
const STOP_LIMIT_MS = 1000;

/** What PortAudio says when a device exists but not in this format (pa_front.c, Pa_GetErrorText). */
const OTHER_FORMAT = /invalid (sample rate|number of channels)|sample format|channel count/i;

/** A side of the card that is open but silent. */
export type OpenSide<Run> = CardFormat & {
  /** Samples of each channel in a piece: any rate has whole ones, and keeps time by the card's clock. */
  readonly pieceSamples: number;
  readonly start: (run: Run) => void;
  /** Resolves to false when the card did not let go in time. */
  readonly stop: () => Promise<boolean>;
};

/** Gives the next piece to play, asked whenever the card has room; takes a piece captured. Channels are interleaved. */
export type Play = () => Int16Array;
type Capture = (piece: Int16Array) => void;

/**
 * Failed tries to open. The addon never takes back what it began for one, and PortAudio looks for
 * devices anew only when nothing has begun: after one, this process sees the devices it knows for ever.
 */
let failedTries = 0;

/** Whether devices are no longer looked for anew, whatever is closed. */
export function isListFrozen(): boolean {
  return failedTries > 0;
}

/** Everything PortAudio knows; looked for anew unless something is open. */
export function nativeList(): NativeList {
  const addon = loadAddon();
  return { hosts: addon.getHostAPIs().HostAPIs, devices: addon.getDevices() };
}

/** Opens a speaker. Throws PortAudio's reason where it cannot. */
export function openSpeaker(device: CardDevice, plan: LatencyPlan): OpenSide<Play> {
  const { stream, ...format } = opened('output', device, plan, options =>
    loadAddon().AudioIO({ outOptions: { ...options, maxQueue: plan.queuedPieces } }),
  );
  let stopping = false;
  return {
    ...format,
    start: nextPiece => {
      const feed = (): void => {
        if (stopping) return;
        const { buffer, byteOffset, byteLength } = nextPiece();
        stream.write(Buffer.from(buffer, byteOffset, byteLength), error => {
          if (!error) setImmediate(feed);
        });
      };
      stream.start();
      feed();
    },
    stop: () => {
      // The addon stops once its queue has run empty, so nothing more may be fed.
      stopping = true;
      return stopped(stream);
    },
  };
}

/** Opens a microphone. Throws PortAudio's reason where it cannot. */
export function openMicrophone(device: CardDevice, plan: LatencyPlan): OpenSide<Capture> {
  const { stream, ...format } = opened('input', device, plan, options =>
    loadAddon().AudioIO({ inOptions: { ...options, maxQueue: INPUT_PIECES } }),
  );
  let stopping = false;
  return {
    ...format,
    start: onPiece => {
      stream.on('data', (bytes: Buffer) => {
        if (stopping) return;
        const { buffer, byteOffset, length } = bytes;
        onPiece(new Int16Array(buffer.slice(byteOffset, byteOffset + length)));
      });
      stream.start();
    },
    stop: () => {
      stopping = true;
      return stopped(stream);
    },
  };
}

let loaded: Addon | undefined;

function loadAddon(): Addon {
  loaded ??= createRequire(__filename)('naudiodon') as Addon;
  return loaded;
}

/** Tries the device's formats one after the other, as long as it is the format that does not suit. */
function opened<Stream>(
  side: Side,
  device: CardDevice,
  { pieceMs }: LatencyPlan,
  create: (options: ReturnType<typeof optionsOf>) => Stream,
): CardFormat & { readonly pieceSamples: number; readonly stream: Stream } {
  let reason: unknown = new Error('no format');
  for (const format of formatsOf(side, device)) {
    const pieceSamples = Math.round((format.rateHz * pieceMs) / 1000);
    try {
      const stream = create(optionsOf(device, format, pieceSamples));
      return { ...format, pieceSamples, stream };
    } catch (error) {
      failedTries += 1;
      reason = error;
      if (!(error instanceof Error && OTHER_FORMAT.test(error.message))) break;
    }
  }
  throw reason;
}

function optionsOf(device: CardDevice, { channels, rateHz }: CardFormat, pieceSamples: number) {
  return {
    deviceId: device.index,
    channelCount: channels,
    sampleFormat: 16 as const,
    sampleRate: rateHz,
    framesPerBuffer: pieceSamples,
    highwaterMark: pieceSamples * channels * SAMPLE_BYTES,
    closeOnError: false,
  };
}

function stopped(stream: IoStreamRead | IoStreamWrite): Promise<boolean> {
  return new Promise(resolve => {
    const cancel = systemClock.after(STOP_LIMIT_MS, () => resolve(false));
    stream.quit(() => {
      cancel();
      resolve(true);
    });
  });
}
