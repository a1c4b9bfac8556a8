import { MULAW_SILENCE } from '../core/audio/mulaw.ts';
import type { CallId } from '../core/call.ts';
import type { CallEvent } from '../core/events.ts';
import type { Recording } from '../core/recording.ts';
import { SAMPLES_PER_MS } from './recorded-call.ts';
import type { WayPorts } from './recording-ways.ts';

type Masked = Extract<CallEvent, { event: 'sound-masked' }>;

/** What masking needs of the rest. */
type MaskingPorts = Pick<WayPorts, 'soundOf' | 'recorder'> & {
  readonly store: {
    readonly recordingsOf: (callId: CallId) => readonly Recording[];
    readonly eventsOf: (callId: CallId) => readonly CallEvent[];
  };
  /** Where the sound of this run begins in the call's sound, in ms; null before there is any. */
  readonly shiftOf: (callId: CallId) => number | null;
};

/** Makes what must not be kept silent. What Twilio records is out of its reach. */
type Masking = {
  /** In all that is kept of a call: its recordings made here, and the sound that can be rewound. */
  readonly follow: (event: Masked) => void;
  /** In a recording that may have been left before all was masked. */
  readonly again: (recording: Recording) => void;
};

/** Nothing is masked yet. */
export function createMasking({ store, recorder, soundOf, shiftOf }: MaskingPorts): Masking {
  const maskIn = (recording: Recording, { speaker: side, atMs, lengthMs }: Masked): void => {
    if (recording.by !== 'here') return;
    recorder.mask(recording, { side, atMs: atMs - recording.offsetMs, lengthMs });
  };
  const maskTape = ({ callId, speaker, atMs, lengthMs }: Masked): void => {
    const tape = soundOf(callId)?.tape;
    const shiftMs = shiftOf(callId);
    if (tape === undefined || shiftMs === null) return;
    const at = (atMs - shiftMs) * SAMPLES_PER_MS;
    const from = Math.max(tape.start, Math.floor(at));
    const to = Math.min(Math.ceil(at + lengthMs * SAMPLES_PER_MS), tape.endOf(speaker));
    if (from < to) tape.write(speaker, from, new Uint8Array(to - from).fill(MULAW_SILENCE));
  };
  return {
    follow: event => {
      maskTape(event);
      for (const recording of store.recordingsOf(event.callId)) {
        const { status } = recording;
        if (status === 'running' || status === 'kept') maskIn(recording, event);
      }
    },
    again: recording => {
      for (const event of store.eventsOf(recording.callId)) {
        if (event.event === 'sound-masked') maskIn(recording, event);
      }
    },
  };
}
