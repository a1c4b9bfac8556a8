import { FRAME_MS, type Frame, SILENCE } from '../../core/audio/frame.ts';
import type { PracticeCall } from '../call.ts';
import type { Params } from '../call-params.ts';
import { alert, openCall } from '../line.ts';
import { LoopSound } from '../loop-sound.ts';
import type { Program } from '../program.ts';
import { reach } from '../reach.ts';
import { joined, RING_BACK, samplesIn, tone } from '../tone.ts';
import type { Dial } from '../twiml.ts';
import { aborted } from '../wait.ts';

/** Frames that may wait between two legs, whose clocks differ by less than one frame. */
const BRIDGE_FRAMES = 100 / FRAME_MS;

const INVALID_NUMBER = 13224;

/** Connects the far person with another scripted person until one of them hangs up. */
export async function dial(program: Program, verb: Dial): Promise<Params> {
  const { line, call, signal } = program;
  if (!/^\+[1-9]\d{6,14}$/.test(verb.number)) {
    alert(line, call, INVALID_NUMBER, 'The number of a Dial is not valid');
    return { DialCallStatus: 'failed' };
  }
  const other = openCall(line, {
    direction: 'outbound-dial',
    from: verb.callerId ?? call.from,
    to: verb.number,
    parentSid: call.sid,
    person: line.personAt(verb.number),
  });
  const ringBack = new LoopSound(ringBackLoop);
  const stopRinging = call.leg.connect(() => ringBack.next());
  await reach(line, other, verb.timeoutMs, AbortSignal.any([signal, other.over]));
  stopRinging();
  if (other.status === 'in-progress' && !signal.aborted) {
    const separate = bridge(call, other);
    await aborted(AbortSignal.any([signal, other.over]));
    separate();
  }
  other.end(other.status === 'in-progress' ? 'completed' : 'canceled');
  return {
    DialCallSid: other.sid,
    DialCallStatus: other.status,
    DialCallDuration: String(other.durationSeconds),
  };
}

function bridge(one: PracticeCall, other: PracticeCall): () => void {
  const ends = [listenTo(one, other), listenTo(other, one)];
  return () => {
    for (const end of ends) end();
  };
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
