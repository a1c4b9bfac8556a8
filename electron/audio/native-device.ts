/** The sound card through PortAudio: the only file that knows the native addon. */
import { createRequire } from 'node:module';
import type { IoStreamRead, IoStreamWrite } from 'naudiodon';
import type { SoundDevice } from '../core/sound.ts';
import { systemClock } from '../system-clock.ts';
import type { Side } from './device-messages.ts';

type Addon = typeof import('naudiodon');

/** Bytes per sample: 16 bits. */
const SAMPLE_BYTES = 2;

/** Length of one piece handed to or taken from the card. */
const PIECE_MS = 10;

/** Pieces queued towards the card. */
const QUEUED_PIECES = 2;

/** How long a stream may take to stop before it is given up; PortAudio's wait can last for ever. */
const STOP_LIMIT_MS = 1500;

/** A device with what opening it takes. */
type ListedDevice = SoundDevice & {
  readonly index: number;
  readonly channels: number;
  readonly rateHz: number;
};

/** An open speaker. The card asks for every piece: it is the clock. */
export type OpenOutput = {
  readonly device: SoundDevice;
  readonly rateHz: number;
  /** Resolves to false when the card did not let go in time. */
  readonly stop: () => Promise<boolean>;
};

/** An open microphone. */
export type OpenInput = OpenOutput;

/** The devices of one direction, of the host API that suits this system best. */
export function listDevices(side: Side): ListedDevice[] {
  const addon = loadAddon();
  const { HostAPIs: hosts, defaultHostAPI } = addon.getHostAPIs();
  // MME is PortAudio's default on Windows, late and lossy: WASAPI is what the system itself uses.
  const host =
    hosts.find(api => api.type === 'WASAPI') ?? hosts.find(api => api.id === defaultHostAPI);
  if (host === undefined) return [];
  const defaultIndex = side === 'input' ? host.defaultInput : host.defaultOutput;
  return addon.getDevices().flatMap(device => {
    const channels = side === 'input' ? device.maxInputChannels : device.maxOutputChannels;
    if (channels === 0 || device.hostAPIName !== host.name) return [];
    const name = device.name.trim();
    return [
      {
        id: `${host.name}: ${name}`,
        name,
        isDefault: device.id === defaultIndex,
        index: device.id,
        channels,
        rateHz: device.defaultSampleRate,
      },
    ];
  });
}

/** The device asked for, or the default when none is asked for or it is gone; null when there is none. */
export function findDevice(side: Side, id: string | null): ListedDevice | null {
  const devices = listDevices(side);
  return (
    devices.find(device => device.id === id) ??
    devices.find(device => device.isDefault) ??
    devices[0] ??
    null
  );
}

/**
 * Opens a speaker at its own rate.
 * @param nextPiece gives the next 10 ms at `rateHz`, mono; asked whenever the card has room
 */
export function openOutput(device: ListedDevice, nextPiece: () => Int16Array): OpenOutput {
  const channels = Math.min(2, device.channels);
  const stream = loadAddon().AudioIO({
    outOptions: { ...options(device, channels), maxQueue: QUEUED_PIECES },
  });
  let stopping = false;
  const feed = (): void => {
    if (stopping) return;
    stream.write(interleaved(nextPiece(), channels), error => {
      if (!error) setImmediate(feed);
    });
  };
  stream.start();
  feed();
  return {
    device: plain(device),
    rateHz: device.rateHz,
    stop: () => {
      // The addon stops once its queue has run empty, so nothing more may be fed.
      stopping = true;
      return stop(stream);
    },
  };
}

/** Opens a microphone at its own rate. @param onSamples told of every piece captured, mono */
export function openInput(
  device: ListedDevice,
  onSamples: (samples: Int16Array) => void,
): OpenInput {
  const stream = loadAddon().AudioIO({ inOptions: { ...options(device, 1), maxQueue: 20 } });
  let stopping = false;
  stream.on('data', (bytes: Buffer) => {
    if (stopping) return;
    onSamples(
      new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
    );
  });
  stream.start();
  return {
    device: plain(device),
    rateHz: device.rateHz,
    stop: () => {
      stopping = true;
      return stop(stream);
    },
  };
}

let loaded: Addon | undefined;

function loadAddon(): Addon {
  loaded ??= createRequire(__filename)('naudiodon') as Addon;
  return loaded;
}

function options(device: ListedDevice, channels: number) {
  const pieceFrames = (device.rateHz * PIECE_MS) / 1000;
  return {
    deviceId: device.index,
    channelCount: channels,
    sampleFormat: 16 as const,
    sampleRate: device.rateHz,
    framesPerBuffer: pieceFrames,
    highwaterMark: pieceFrames * channels * SAMPLE_BYTES,
    closeOnError: false,
  };
}

function plain({ id, name, isDefault }: ListedDevice): SoundDevice {
  return { id, name, isDefault };
}

function interleaved(mono: Int16Array, channels: number): Buffer {
  if (channels === 1) return Buffer.from(mono.buffer, mono.byteOffset, mono.byteLength);
  const both = new Int16Array(mono.length * 2);
  for (let i = 0; i < mono.length; i += 1) both[2 * i] = both[2 * i + 1] = mono[i] ?? 0;
  return Buffer.from(both.buffer);
}

function stop(stream: IoStreamRead | IoStreamWrite): Promise<boolean> {
  return new Promise(resolve => {
    const cancel = systemClock.after(STOP_LIMIT_MS, () => resolve(false));
    stream.quit(() => {
      cancel();
      resolve(true);
    });
  });
}
