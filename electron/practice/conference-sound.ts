import { FRAME_MS, type Frame, SILENCE } from '../core/audio/frame.ts';
import type { Participant } from './conference-participant.ts';
import { JitterBuffer } from './jitter-buffer.ts';

/** Mixed frames that may wait for a leg, whose clock differs from the conference's by less than one frame unless there was a stall. */
const EAR_FRAMES = 100 / FRAME_MS;

/** The sound of one participant into a conference and back. */
export type ParticipantSound = {
  /** The frame that enters the conference now. */
  take(): Frame;
  /** What the participant hears next. */
  hear(frame: Frame): void;
  /** Takes both ways apart. */
  close(): void;
};

/** Connects a participant's leg in both directions. */
export function connectSound({ call, jitterBufferSize }: Participant): ParticipantSound {
  const buffer = new JitterBuffer(jitterBufferSize);
  const ear: Frame[] = [];
  const unsubscribe = call.leg.frames.on(frame => buffer.push(frame));
  const disconnect = call.leg.connect(() => ear.shift() ?? SILENCE);
  return {
    take: () => buffer.next(),
    hear(frame) {
      ear.push(frame);
      if (ear.length > EAR_FRAMES) ear.shift();
    },
    close() {
      unsubscribe();
      disconnect();
    },
  };
}
