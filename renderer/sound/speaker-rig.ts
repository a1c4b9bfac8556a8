import { PAGE_AHEAD_FRAMES } from '../../electron/core/page-sound.ts';
import type { Latency } from '../../electron/core/sound.ts';
import type { PageDevice } from './page-devices.ts';
import { PAGE_RATE_HZ } from './phone-rate.ts';
import workletUrl from './sound-worklet.ts?worker&url';

/** Seconds in a frame. */
const FRAME_S = 0.02;

/** How much the browser keeps for the device itself. */
const HINTS: Readonly<Record<Latency, AudioContextLatencyCategory>> = {
  low: 'interactive',
  balanced: 'interactive',
  safe: 'balanced',
};

/** What newer browsers can: play on a device of choice, or on none by a clock of their own. */
type SinkContext = AudioContext & {
  readonly setSinkId?: (sink: string | { readonly type: 'none' }) => Promise<void>;
};

/** An open speaker, and the audio thread that microphones are joined to. */
export type SpeakerRig = {
  /** Lets a microphone be heard by the app; returns how to take it away. */
  readonly join: (microphone: MediaStream) => () => void;
  readonly close: () => Promise<void>;
};

/**
 * Opens a speaker. Throws the browser's reason where it cannot.
 * @param device null plays on none, which keeps a microphone going where there is no speaker
 * @param onFrames takes the port that frames come and go through, before the first does
 */
export async function openSpeakerRig(
  device: PageDevice | null,
  latency: Latency,
  onFrames: (port: MessagePort) => void,
): Promise<SpeakerRig> {
  const context: SinkContext = new AudioContext({
    sampleRate: PAGE_RATE_HZ,
    latencyHint: HINTS[latency],
  });
  try {
    if (device === null) await context.setSinkId?.({ type: 'none' });
    else if (!device.isDefault) await context.setSinkId?.(device.browserId);
    await context.audioWorklet.addModule(workletUrl);
    // The device takes what it buffers in one go, so as much must lie ready beside what is kept.
    const aheadFrames = PAGE_AHEAD_FRAMES[latency] + Math.ceil(context.baseLatency / FRAME_S);
    const node = new AudioWorkletNode(context, 'earshot-sound', {
      outputChannelCount: [2],
      processorOptions: { aheadFrames },
    });
    const { port1, port2 } = new MessageChannel();
    onFrames(port2);
    node.port.postMessage(null, [port1]);
    node.connect(context.destination);
    // Not waited for: with a device that does not open it never comes, and the app notices silence.
    void context.resume();
    return {
      join: microphone => {
        const source = context.createMediaStreamSource(microphone);
        source.connect(node);
        return () => source.disconnect();
      },
      close: () => context.close(),
    };
  } catch (error) {
    await context.close();
    throw error;
  }
}
