import type { Conference, Participant, ParticipantChange } from '../core/conference.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { problemKind } from './call-watch.ts';
import { answerOf } from './refusals.ts';
import type { Client } from './rest-client.ts';
import { answerAbout, endOf } from './room-problems.ts';

/** Somebody to bring into a conference. */
type NewParticipant = {
  /** A number, `client:name`, `sip:address` or `app:AP…?name=value`. */
  readonly to: string;
  readonly from: PhoneNumber;
  readonly label: string;
  readonly muted: boolean;
  /** Whether the conference begins with it, should it not go on yet. */
  readonly starts: boolean;
  /** Where to tell how its leg goes on. */
  readonly legCallback: string;
  /** Where to tell of the conference; only of use with the first who comes. */
  readonly conferenceCallback: string;
  /** Whether a refusal is one of this desk's seat. */
  readonly isSeat: boolean;
};

/** The Conferences and Participants resources, as far as Earshot uses them. Every failure is a `ProblemError`; what is gone is `call-over`. */
export type ConferenceRest = {
  /** Those that go on, with who is in them, at most 100. */
  readonly list: () => Promise<readonly Conference[]>;
  /** Who is in one; empty when it is over. */
  readonly participants: (conferenceSid: string) => Promise<readonly Participant[]>;
  /** The one of this name that goes on; null when there is none. */
  readonly named: (name: string) => Promise<string | null>;
  /** The name of one. */
  readonly nameOf: (conferenceSid: string) => Promise<string>;
  /** Changes a participant. @returns it as Twilio confirmed it */
  readonly change: (
    conferenceSid: string,
    callSid: string,
    change: ParticipantChange,
  ) => Promise<Participant>;
  /** Takes a participant out; one that is gone stays so. */
  readonly remove: (conferenceSid: string, callSid: string) => Promise<void>;
  /** Calls somebody into a conference. @param conference its sid, or the name of one */
  readonly create: (conference: string, participant: NewParticipant) => Promise<Participant>;
};

/** What Twilio tells of a conference. Source: Participants resource, `ConferenceStatusCallbackEvent`. */
export const CONFERENCE_EVENTS = [
  'start',
  'end',
  'join',
  'leave',
  'mute',
  'hold',
  'modify',
] as const;

/** What Twilio tells of a leg. */
const LEG_EVENTS = ['initiated', 'ringing', 'answered', 'completed'];

const MOST_CONFERENCES = 100;

/** Statuses of a conference that goes on; in `init` somebody waits alone, or for whoever begins it. Source: Conferences resource. */
const GOING_ON = ['in-progress', 'init'] as const;

/** So many can be in one conference. Source: https://www.twilio.com/docs/voice/twiml/conference */
const MOST_PARTICIPANTS = 250;

/** So many conferences are asked about at once: Twilio takes about a hundred requests a second. */
const AT_ONCE = 10;

/** Twilio's conferences through its own client. */
export function createConferenceRest(client: Client): ConferenceRest {
  const participants: ConferenceRest['participants'] = async conferenceSid => {
    const list = client.conferences(conferenceSid).participants.list({ limit: MOST_PARTICIPANTS });
    try {
      return (await answerAbout(list)).map(participantOf);
    } catch (error) {
      if (problemKind(error) === 'call-over') return [];
      throw error;
    }
  };

  return {
    participants,
    list: async () => {
      const lists = GOING_ON.map(status =>
        client.conferences.list({ status, limit: MOST_CONFERENCES }),
      );
      const pages = await answerOf(Promise.all(lists));
      // One may have begun from one list to the next.
      const found = [...new Map(pages.flat().map(each => [each.sid, each])).values()];
      const conferences: Conference[] = [];
      for (let at = 0; at < found.length; at += AT_ONCE) {
        const some = found.slice(at, at + AT_ONCE).map(async ({ sid, friendlyName }) => ({
          sid,
          name: friendlyName,
          participants: await participants(sid),
        }));
        conferences.push(...(await Promise.all(some)));
      }
      return conferences;
    },
    named: async name => {
      for (const status of GOING_ON) {
        const list = client.conferences.list({ friendlyName: name, status, limit: 1 });
        const found = (await answerOf(list)).find(({ friendlyName }) => friendlyName === name);
        if (found !== undefined) return found.sid;
      }
      return null;
    },
    nameOf: async conferenceSid =>
      (await answerAbout(client.conferences(conferenceSid).fetch())).friendlyName,
    change: async (conferenceSid, callSid, { muted, hold, coaching }) => {
      const changed = client
        .conferences(conferenceSid)
        .participants(callSid)
        .update({
          ...(muted === undefined ? {} : { muted }),
          ...(hold === undefined ? {} : { hold }),
          // To leave coaching must be said: a request without it may go on coaching.
          ...(coaching === undefined ? {} : { coaching: coaching !== null }),
          ...(coaching === undefined || coaching === null ? {} : { callSidToCoach: coaching }),
        });
      return participantOf(await answerAbout(changed));
    },
    remove: (conferenceSid, callSid) =>
      endOf(client.conferences(conferenceSid).participants(callSid).remove()),
    create: async (conference, participant) => {
      const { to, from, label, muted, starts, isSeat } = participant;
      const created = client.conferences(conference).participants.create({
        to,
        from,
        label,
        muted,
        // A beep would announce who comes.
        beep: 'false',
        startConferenceOnEnter: starts,
        endConferenceOnExit: false,
        ...(isSeat ? {} : { earlyMedia: true }),
        jitterBufferSize: 'small',
        statusCallback: participant.legCallback,
        statusCallbackMethod: 'POST',
        statusCallbackEvent: LEG_EVENTS,
        conferenceStatusCallback: participant.conferenceCallback,
        conferenceStatusCallbackMethod: 'POST',
        conferenceStatusCallbackEvent: [...CONFERENCE_EVENTS],
      });
      return participantOf(await answerAbout(created, isSeat ? 'seat-refused' : undefined));
    },
  };
}

/** A participant as Twilio answers it; what Twilio leaves out is null, whatever the client's types say. */
type Resource = {
  readonly callSid: string;
  readonly conferenceSid: string;
  readonly label?: string | null;
  readonly muted?: boolean | null;
  readonly hold?: boolean | null;
  readonly coaching?: boolean | null;
  readonly callSidToCoach?: string | null;
  readonly status?: string | null;
};

function participantOf(resource: Resource): Participant {
  const { callSid, conferenceSid, label, muted, hold, coaching, callSidToCoach } = resource;
  const coached = callSidToCoach ?? '';
  return {
    callSid,
    conferenceSid,
    label: label ?? '',
    muted: muted === true,
    held: hold === true,
    coaching: coaching === true && coached !== '' ? coached : null,
    status: statusOf(resource.status ?? ''),
  };
}

/** Source: Participants resource, `status`: queued, connecting, ringing, connected, complete, failed. */
function statusOf(word: string): Participant['status'] {
  if (word === 'complete' || word === 'failed') return 'gone';
  return word === 'connected' ? 'joined' : 'ringing';
}
