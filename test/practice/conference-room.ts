import { SAMPLE_RATE_HZ } from '../../electron/core/audio/frame.ts';
import type { PracticeCall } from '../../electron/practice/call.ts';
import type { PracticeConference } from '../../electron/practice/conference.ts';
import type { Departure } from '../../electron/practice/conference-member.ts';
import { type JoinOptions, PLAIN_JOIN } from '../../electron/practice/conference-options.ts';
import type { Line } from '../../electron/practice/line.ts';
import { tone } from '../../electron/practice/tone.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { amplitudeAt } from '../support/tones.ts';
import { answeredCall, bareLine, ringingCall } from './bare-line.ts';

/** What each says all the time: whole waves in any 20 ms, so that none is found in another. */
const TONES = { customer: 500, agent: 650, supervisor: 850, fourth: 1050 } as const;

/** Who can be in a test's conference. */
type Name = keyof typeof TONES;

const NAMES: readonly Name[] = ['customer', 'agent', 'supervisor', 'fourth'];

/** Time in which what was on its way arrives, in ms. */
const SETTLE_MS = 200;

/** Somebody in a test's conference. */
export type Attendee = {
  readonly call: PracticeCall;
  /** Settles when they are out. */
  readonly out: Promise<Departure>;
  /** Gives their call other instructions. */
  redirect(): void;
};

/** A conference on a clock that stands still until it is moved. */
export type ConferenceRoom = {
  readonly clock: FakeClock;
  readonly line: Line;
  readonly conference: PracticeConference;
  /** Somebody comes without a beep who says their tone all the time, or nothing at all. */
  join(name: Name, options?: Partial<JoinOptions>, silent?: boolean): Attendee;
  /** Invites a call that rings; who answers says the tone of the fourth. */
  invite(options?: Partial<JoinOptions>): PracticeCall;
  /** Whose tones somebody hears in the next 200 ms, once what was on its way has arrived. */
  heardBy(attendee: Attendee): readonly Name[];
  /** Lets time go on; what somebody hears meanwhile. */
  hear(attendee: Attendee, ms: number): Int16Array;
};

/** Opens an empty conference. */
export function openRoom(name = 'room'): ConferenceRoom {
  const clock = fakeClock();
  const line = bareLine(clock);
  const conference = line.conferences.named(line, name);
  const hear = ({ call }: Attendee, ms: number): Int16Array => {
    const before = call.leg.heard.samples().length;
    clock.advance(ms);
    return call.leg.heard.samples().slice(before);
  };
  return {
    clock,
    line,
    conference,
    join(who, options = {}, silent = false) {
      const call = answeredCall(line, [
        silent ? { do: 'pause', ms: 60_000 } : { do: 'tone', hz: TONES[who], ms: 30_000 },
        { do: 'pause', ms: 600_000 },
      ]);
      const program = new AbortController();
      const signal = AbortSignal.any([program.signal, call.over]);
      const all: JoinOptions = { ...PLAIN_JOIN, beep: 'false', ...options };
      const out = conference.join(call, all, signal);
      return { call, out, redirect: () => program.abort() };
    },
    invite(options = {}) {
      const call = ringingCall(line, [{ do: 'tone', hz: TONES.fourth, ms: 30_000 }]);
      conference.invite(call, { ...PLAIN_JOIN, beep: 'false', ...options });
      return call;
    },
    heardBy(attendee) {
      hear(attendee, SETTLE_MS);
      const heard = hear(attendee, 200);
      return NAMES.filter(name => isThere(TONES[name], heard));
    },
    hear,
  };
}

/** Whether a tone of the practice line is in the samples. */
export function isThere(hz: number, samples: Int16Array): boolean {
  return amplitudeAt(samples, hz) > 1000;
}

/** How many milliseconds of the samples are not silent. */
export function soundingMs(samples: Int16Array): number {
  return (samples.filter(sample => sample !== 0).length * 1000) / SAMPLE_RATE_HZ;
}

/** Where sound begins in the samples, in ms; none when there is none. */
export function onsetMs(samples: Int16Array): number | undefined {
  const at = samples.findIndex(sample => Math.abs(sample) > 100);
  return at < 0 ? undefined : (at * 1000) / SAMPLE_RATE_HZ;
}

/** A short sound. */
export function burst(hz: number, ms: number): Int16Array {
  return tone([hz], ms);
}
