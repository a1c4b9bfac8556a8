/** The page's audio thread: frames go between it and the app past the page, which may be busy. */
import type { StereoFrame } from '../../electron/core/audio/frame.ts';
import type { FrameNeed } from '../../electron/core/page-sound.ts';
import { createMicrophoneVoice } from './microphone-voice.ts';
import { createSpeakerVoice } from './speaker-voice.ts';

/** What an audio worklet finds around it. Source: Web Audio API, AudioWorkletGlobalScope. */
declare const registerProcessor: (
  name: string,
  processor: new (options: {
    readonly processorOptions: { readonly aheadFrames: number };
  }) => AudioWorkletProcessor,
) => void;
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
  abstract process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}

registerProcessor(
  'earshot-sound',
  class extends AudioWorkletProcessor {
    #frames: MessagePort | null = null;
    readonly #speaker: ReturnType<typeof createSpeakerVoice>;
    /** Frames are copied on their way: buffers cannot change hands between processes. */
    readonly #microphone = createMicrophoneVoice(frame => this.#frames?.postMessage(frame));

    constructor({
      processorOptions,
    }: {
      readonly processorOptions: { readonly aheadFrames: number };
    }) {
      super();
      this.#speaker = createSpeakerVoice(processorOptions.aheadFrames);
      this.port.onmessage = ({ ports: [frames] }) => {
        if (frames === undefined) return;
        this.#frames = frames;
        frames.onmessage = ({ data }: MessageEvent<StereoFrame>) => this.#speaker.push(data);
      };
    }

    process([input]: Float32Array[][], [output]: Float32Array[][]): boolean {
      const [heard] = input ?? [];
      if (heard !== undefined) this.#microphone(heard);
      const [left, right] = output ?? [];
      if (this.#frames === null || left === undefined || right === undefined) return true;
      const need = this.#speaker.fill(left, right);
      if (need > 0) {
        const message: FrameNeed = { need, starved: this.#speaker.takeStarved() };
        this.#frames.postMessage(message);
      }
      return true;
    }
  },
);
