/**
 * Tells talk by the probabilities of a voice, chunk after chunk. Thresholds are those Silero advises
 * (silero-vad, `VADIterator`: 0.5, and 0.15 less to go on); the rest was measured with music and voices.
 */

/** Samples of a chunk: 32 ms, all that Silero takes at 8 kHz. */
export const CHUNK_SAMPLES = 256;

/** Talk begins from this probability on, in two chunks. */
const BEGIN = 0.5;

/** Talk goes on from this one on. */
const GO_ON = 0.35;

/** So many chunks without a voice end it: 416 ms, longer than most pauses between words. */
const END_CHUNKS = 13;

/** Talk of fewer chunks with a voice is none: below 150 ms. */
const LEAST_CHUNKS = 5;

/** From so many on it is talk whatever follows: 512 ms. The beginning of music was taken for a voice for up to 416 ms. */
const SURE_CHUNKS = 16;

/** What is shorter must stand out of what follows, in power: 10 dB. A note goes on, a short word does not. */
const STANDS_OUT = 10;

/** The model is sure of some voices late: chunks before that have a trace of one belong to it, up to three (96 ms). */
const TRACE = 0.05;
const MOST_TRACES = 3;

/** They are not much softer than where it is sure, in power: 20 dB. */
const TRACE_SOFTER = 100;

/** Finds the talk of one side. */
export type TalkDetector = {
  /** @param probability that it has a voice @param power its mean square @param at its first sample, in samples of the call */
  readonly take: (probability: number, power: number, at: number) => void;
  /** No sound follows: who talked has stopped. */
  readonly stop: () => void;
};

/** @param tell told of each beginning (true) and end of talk, with its place in samples of the call */
export function createTalkDetector(tell: (on: boolean, at: number) => void): TalkDetector {
  let beganAt: number | null = null;
  let endedAt = 0;
  let last = 0;
  let isTwice = false;
  let isTold = false;
  let voiced = 0;
  let loud = 0;
  let quiet = 0;
  let after = 0;
  /** The powers of the chunks with a trace that came last, the latest first. */
  let traces: number[] = [];

  const reset = (): void => {
    beganAt = null;
    last = 0;
    traces = [];
  };

  /** @param standsOut whether a stretch that was short is taken for a word */
  const end = (standsOut: boolean): void => {
    const isTalk = isTold || (isTwice && voiced >= LEAST_CHUNKS && standsOut);
    if (beganAt !== null && isTalk) {
      if (!isTold) tell(true, beganAt);
      tell(false, endedAt);
    }
    reset();
  };

  const begin = (power: number, at: number): void => {
    const softer = traces.findIndex(trace => trace * TRACE_SOFTER < power);
    const early = softer < 0 ? traces.length : softer;
    beganAt = at - early * CHUNK_SAMPLES;
    traces = [];
    isTwice = false;
    isTold = false;
    voiced = 0;
    loud = 0;
    goOn(power, at);
  };

  const goOn = (power: number, at: number): void => {
    endedAt = at + CHUNK_SAMPLES;
    voiced += 1;
    loud += power;
    quiet = 0;
    after = 0;
  };

  return {
    take: (probability, power, at) => {
      const before = last;
      last = probability;
      if (beganAt === null) {
        if (probability >= BEGIN) begin(power, at);
        else if (probability < TRACE) traces.length = 0;
        else traces = [power, ...traces].slice(0, MOST_TRACES);
        return;
      }
      if (!isTwice) {
        if (probability < BEGIN || before < BEGIN) return reset();
        isTwice = true;
      }
      if (probability >= GO_ON) {
        goOn(power, at);
        if (isTold || voiced < SURE_CHUNKS) return;
        isTold = true;
        tell(true, beganAt);
        return;
      }
      quiet += 1;
      after += power;
      if (quiet >= END_CHUNKS) end((after / quiet) * STANDS_OUT <= loud / voiced);
    },
    stop: () => end(true),
  };
}
