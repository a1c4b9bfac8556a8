import { createSideSound, INPUT_SAMPLES, type SideSound } from './side-sound.ts';
import { STATE_NUMBERS, type VoiceModel } from './silero.ts';
import { createTalkDetector, type TalkDetector } from './talk-detector.ts';
import type { VoiceActivityRequest } from './voice-activity-messages.ts';

/** Chunks up to this magnitude are silent: -60 dBFS. */
const FLOOR = 0.001;

/** A side silent for so many chunks is not looked at until it is louder: 512 ms, when all talk has ended. */
const SILENT_CHUNKS = 16;

type SideEar = {
  readonly sound: SideSound;
  readonly talk: TalkDetector;
  readonly state: Float32Array;
  /** Chunks in a row that were silent. */
  silent: number;
};

/** Finds talk in the sound of many sides, a chunk of each at once. */
export type TalkFinder = {
  /** One request after the other. @returns the turns found, as they are told */
  readonly hear: (request: VoiceActivityRequest) => Promise<Int32Array>;
};

/** Builds a finder that has heard nothing. */
export function createTalkFinder(model: VoiceModel): TalkFinder {
  const ears = new Map<number, SideEar>();
  let turns: number[] = [];
  let input = new Float32Array(0);

  const earOf = (side: number): SideEar => {
    const known = ears.get(side);
    if (known !== undefined) return known;
    const ear: SideEar = {
      sound: createSideSound(),
      talk: createTalkDetector((on, at) => turns.push(side, on ? 1 : 0, at)),
      state: new Float32Array(STATE_NUMBERS),
      silent: 0,
    };
    ears.set(side, ear);
    return ear;
  };

  /** Looks at one chunk of every side that has one. @returns false when none had */
  const step = async (): Promise<boolean> => {
    const looked: { readonly ear: SideEar; readonly at: number; readonly power: number }[] = [];
    let had = false;
    if (input.length < (ears.size + 1) * INPUT_SAMPLES) {
      input = new Float32Array((ears.size + 1) * INPUT_SAMPLES * 2);
    }
    for (const ear of ears.values()) {
      if (!ear.sound.hasChunk()) continue;
      had = true;
      const { at, peak, power } = ear.sound.takeChunk(input, looked.length * INPUT_SAMPLES);
      ear.silent = peak <= FLOOR ? ear.silent + 1 : 0;
      if (ear.silent > SILENT_CHUNKS) ear.talk.take(0, power, at);
      else looked.push({ ear, at, power });
    }
    if (looked.length === 0) return had;
    const states = looked.map(({ ear }) => ear.state);
    const found = await model.run(looked.length, input, states);
    for (const [i, { ear, at, power }] of looked.entries()) ear.talk.take(found[i] ?? 0, power, at);
    return true;
  };

  const lookAtAll = async (): Promise<void> => {
    while (await step());
  };

  return {
    hear: async ({ pieces, sound, stalled, forgotten }) => {
      turns = [];
      let from = 0;
      for (let i = 0; i + 2 < pieces.length; i += 3) {
        const [side = 0, at = 0, length = 0] = pieces.subarray(i, i + 3);
        const ear = earOf(side);
        if (!ear.sound.follows(at)) {
          await lookAtAll();
          restart(ear);
        }
        ear.sound.add(at, sound.subarray(from, from + length));
        from += length;
      }
      await lookAtAll();
      for (const side of stalled) restart(earOf(side));
      for (const side of forgotten) ears.delete(side);
      return Int32Array.from(turns);
    },
  };
}

function restart({ sound, talk, state }: SideEar): void {
  talk.stop();
  sound.restart();
  state.fill(0);
}
