import { FRAME_MS, type Frame, SILENCE } from '../core/audio/frame.ts';
import type { PracticeCall } from './call.ts';
import type { Line } from './line.ts';
import { LoopSound } from './loop-sound.ts';
import { joined, RING_BACK, samplesIn, tone } from './tone.ts';
import type { Dial } from './verb.ts';
import { aborted, wait } from './wait.ts';

/** Frames that may wait between two legs, whose clocks differ by less than one frame. */
const BRIDGE_FRAMES = 100 / FRAME_MS;

/** Lets two persons talk until one hangs up, `signal` aborts, or the Dial says so. */
export async function talk(
  line: Line,
  one: PracticeCall,
  other: PracticeCall,
  signal: AbortSignal,
  { timeLimitMs, hangupOnStar }: Pick<Dial, 'timeLimitMs' | 'hangupOnStar'>,
): Promise<void> {
  const enough = new AbortController();
  const over = AbortSignal.any([signal, one.over, other.over, enough.signal]);
  const ends = [listenTo(one, other), listenTo(other, one)];
  if (hangupOnStar) ends.push(one.leg.keys.on(key => key === '*' && enough.abort()));
  void wait(line.clock, timeLimitMs, over).then(() => enough.abort());
  await aborted(over);
  for (const end of ends) end();
}

/** Lets a person hear it ring, until the returned function is called. */
export function ringBack(call: PracticeCall): () => void {
  const sound = new LoopSound(ringBackLoop);
  return call.leg.connect(() => sound.next());
}

/** Lets one person hear the other. */
function listenTo(listener: PracticeCall, speaker: PracticeCall): () => void {
  const waiting: Frame[] = [];
  const unsubscribe = speaker.leg.frames.on(frame => {
    waiting.push(frame);
    if (waiting.length > BRIDGE_FRAMES) waiting.shift();
  });
  const disconnect = listener.leg.connect(() => waiting.shift() ?? SILENCE);
  return () => {
    unsubscribe();
    disconnect();
  };
}

function ringBackLoop(): Int16Array {
  const { hz, onMs, offMs } = RING_BACK;
  return joined([tone(hz, onMs, -25), new Int16Array(samplesIn(offMs))]);
}
