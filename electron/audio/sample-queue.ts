/** Samples that wait to be taken in pieces of another length than they came in. */
type SampleQueue = {
  readonly length: () => number;
  readonly push: (samples: Int16Array) => void;
  /** Takes the oldest samples; there must be so many. The copy is the caller's own. */
  readonly take: (count: number) => Int16Array;
};

/** Makes an empty queue. It grows to the most that ever waited. */
export function createSampleQueue(): SampleQueue {
  let store = new Int16Array(4096);
  let start = 0;
  let end = 0;
  return {
    length: () => end - start,
    push: samples => {
      if (end + samples.length > store.length) {
        const waiting = store.subarray(start, end);
        const needed = waiting.length + samples.length;
        if (needed > store.length) {
          const larger = new Int16Array(2 * needed);
          larger.set(waiting);
          store = larger;
        } else store.copyWithin(0, start, end);
        end -= start;
        start = 0;
      }
      store.set(samples, end);
      end += samples.length;
    },
    take: count => {
      const taken = store.slice(start, start + count);
      start += count;
      return taken;
    },
  };
}
