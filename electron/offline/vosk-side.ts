import { createResampler } from '../audio/resampler.ts';
import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { decodeMulaw } from '../core/audio/mulaw.ts';
import type { Decoded, SideDecoder } from './decode-rounds.ts';
import { heardWords, wordsSoFar } from './heard-words.ts';
import { createPlaceMap } from './place-map.ts';
import type { TakenSound } from './sound-queue.ts';

import type { VoskModel } from './vosk-library.ts';

/** Words that may still change are told once for so much sound. */
const PARTIAL_MS = 250;

/** One side's ear on a model. @param rateHz the model's own */
export async function createVoskSide(model: VoskModel, rateHz: number): Promise<SideDecoder> {
  const upsampler = await createResampler(SAMPLE_RATE_HZ, rateHz);
  const recogniser = model.listen(rateHz);
  const places = createPlaceMap();
  let toldMs = 0;
  let givenMs = 0;

  /** Where the words began that are not final yet; null before their first sound. */
  let beganMs: number | null = null;

  const final = (json: string): Decoded => {
    beganMs = null;
    return { words: heardWords(json, places), isFinal: true, throughMs: places.endMs() };
  };

  return {
    decode: async ({ pieces, ends }: TakenSound, wantsPartial) => {
      const found: Decoded[] = [];
      for (const { atMs, mulaw } of pieces) {
        if (mulaw.length === 0) continue;
        beganMs ??= atMs;
        places.add(atMs, mulaw.length);
      }
      const samples = decodeMulaw(Buffer.concat(pieces.map(({ mulaw }) => mulaw)));
      givenMs += (samples.length * 1000) / SAMPLE_RATE_HZ;
      const isOver = samples.length > 0 && (await recogniser.accept(upsampler.convert(samples)));
      if (isOver) found.push(final(await recogniser.result()));
      if (ends) found.push(final(await recogniser.final()));
      if (found.length > 0) toldMs = givenMs;
      else if (wantsPartial && givenMs - toldMs >= PARTIAL_MS) {
        toldMs = givenMs;
        const throughMs = places.endMs();
        const words = wordsSoFar(await recogniser.partial(), beganMs ?? throughMs, throughMs);
        if (words !== null) found.push({ words, isFinal: false, throughMs });
      }
      return found;
    },
    free: () => {
      recogniser.free();
      upsampler.close();
    },
  };
}
