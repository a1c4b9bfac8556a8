import type { Twilio } from 'twilio';
import type { LineRooms } from '../../electron/core/line-rooms.ts';
import { testPerson } from '../practice/people.ts';
import { createTwilioClient } from '../practice/twilio-client.ts';
import { until } from '../support/until.ts';
import { openPracticeHarness, type PracticeHarness } from './practice-harness.ts';

const hums = [{ do: 'repeat', times: 3600, steps: [{ do: 'tone', hz: 500, ms: 1000 }] }] as const;

/** People of the practice line, who hum. */
export const CUSTOMER = testPerson({ number: '+14155550122', script: hums });
export const AGENT = testPerson({ number: '+14155550123', script: hums });
export const OTHER = testPerson({ number: '+14155550124', script: hums });

/** The name of their conference. */
export const ROOM = 'room-of-others';

/** How a seat is asked for, where it does not matter. */
export const SEAT = { way: 'app', desk: 'Lee', to: null } as const;

/** A conference of two people, and what a line does with it. */
type Conference = {
  readonly rooms: LineRooms;
  readonly customer: string;
  readonly agent: string;
  readonly sid: string;
};

/** A line on an account with calls of others. */
export type CallsOfOthers = PracticeHarness & {
  readonly client: Twilio;
  /** A call of somebody else's program. @returns its CallSid once it is answered */
  readonly theirs: (to: string, twiml: string) => Promise<string>;
  /** Two people who talk in a conference of somebody else's program. */
  readonly conference: () => Promise<Conference>;
  readonly isStreamOn: () => boolean;
};

/** Opens a line on an account with calls of others. */
export async function openCallsOfOthers(): Promise<CallsOfOthers> {
  const harness = await openPracticeHarness({ people: [CUSTOMER, AGENT, OTHER], speed: 10 });
  const client = createTwilioClient(harness.practice);

  const theirs: CallsOfOthers['theirs'] = async (to, twiml) => {
    const from = harness.practice.number;
    const { sid } = await client.calls.create({ to, from, twiml: `<Response>${twiml}</Response>` });
    await until(async () => (await client.calls(sid).fetch()).status === 'in-progress');
    return sid;
  };

  const conference: CallsOfOthers['conference'] = async () => {
    const twiml = `<Dial><Conference beep="false">${ROOM}</Conference></Dial>`;
    const customer = await theirs(CUSTOMER.number, twiml);
    const agent = await theirs(AGENT.number, twiml);
    const { rooms } = harness.line;
    let sid: string | null = null;
    await until(async () => {
      sid = await rooms.conferenceNamed(ROOM);
      return sid !== null && (await rooms.participants(sid)).length === 2;
    });
    return { rooms, customer, agent, sid: sid ?? '' };
  };

  const isStreamOn = (): boolean => harness.news.some(told => told.kind === 'stream' && told.on);
  return { ...harness, client, theirs, conference, isStreamOn };
}
