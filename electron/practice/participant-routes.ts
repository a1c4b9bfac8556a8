import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { addParticipant } from './add-participant.ts';
import { ApiError, notFound } from './api-error.ts';
import { checkRights } from './calling-rights.ts';
import type { PracticeConference } from './conference.ts';
import type { JoinOptions } from './conference-options.ts';
import type { Participant, ParticipantChange } from './conference-participant.ts';
import { participantResource } from './conference-resource.ts';
import { type Form, parseForm, textIn } from './form.ts';
import type { Line } from './line.ts';
import { pageOf } from './paging.ts';
import {
  parseAnnouncement,
  parseParticipantChange,
  parseParticipantRequest,
} from './participant-request.ts';

/** Twilio's errors of TwiML (16025, 13240) have numbers of their own when REST asks. */
const CODES_OF_REST: Readonly<Record<number, number>> = { 16025: 16026, 13240: 16028 };

/** Twilio's "Participant to be whispered is not present", and "is on hold". */
const COACHED_NOT_THERE = 16028;
const COACHED_ON_HOLD = 16027;

const pathOfParticipants = z.object({ conference: z.string() });
const pathOfParticipant = z.object({ conference: z.string(), file: z.string() });

/** Who is in a conference: list, call in, show, change, take out. `server` is rooted at the account. */
export function addParticipantRoutes(server: FastifyInstance, line: Line): void {
  server.get('/Conferences/:conference/Participants.json', async request => {
    const { conference: name } = pathOfParticipants.parse(request.params);
    const conference = conferenceOf(line, name);
    if (conference === undefined) throw notFound(request.url);
    const query = parseForm(request.query);
    const everybody = [...conference.participants, ...conference.invited];
    const found = everybody.filter(participant => matches(participant, query));
    const path = request.url.split('?')[0] ?? '';
    return pageOf(path, query, 'participants', found, one =>
      participantResource(line, conference, one),
    );
  });

  server.post('/Conferences/:conference/Participants.json', async (request, reply) => {
    const { conference: name } = pathOfParticipants.parse(request.params);
    const wanted = parseParticipantRequest(parseForm(request.body));
    checkRights(line, wanted);
    checkCoaching(wanted.join);
    const open = openConference(line, name);
    if (open === undefined && isSid(name)) throw notFound(request.url);
    if (open === undefined && wanted.join.coaching) throw coachedNotThere();
    const refusal = open?.refusalOf(wanted.join);
    if (refusal !== undefined) {
      const code = CODES_OF_REST[refusal.code] ?? refusal.code;
      throw new ApiError(400, code, refusal.text);
    }
    if (open !== undefined) checkHeard(open, wanted.join.callSidToCoach);
    const conference = open ?? line.conferences.named(line, name);
    const participant = addParticipant(line, conference, wanted);
    return reply.code(201).send(participantResource(line, conference, participant, true));
  });

  server.get('/Conferences/:conference/Participants/:file', async request => {
    const { conference, participant } = participantAt(line, request.params, request.url);
    return participantResource(line, conference, participant);
  });

  server.post('/Conferences/:conference/Participants/:file', async request => {
    const { conference, participant } = participantAt(line, request.params, request.url);
    const form = parseForm(request.body);
    const change = parseParticipantChange(form);
    const announcement = parseAnnouncement(form);
    checkCoachingOf(conference, participant, change);
    conference.update(participant.call.sid, change);
    if (announcement !== undefined) conference.announce(announcement, participant.call.sid);
    return participantResource(line, conference, participant);
  });

  server.delete('/Conferences/:conference/Participants/:file', async (request, reply) => {
    const { conference, participant } = participantAt(line, request.params, request.url);
    conference.kick(participant.call.sid);
    return reply.code(204).send();
  });
}

function isSid(name: string): boolean {
  return /^CF[0-9a-f]{32}$/.test(name);
}

/** A conference by its SID, or the one of this name that goes on. */
function conferenceOf(line: Line, name: string): PracticeConference | undefined {
  return isSid(name) ? line.conferences.get(name) : line.conferences.byName(name);
}

function openConference(line: Line, name: string): PracticeConference | undefined {
  const conference = conferenceOf(line, name);
  return conference?.isOver === false ? conference : undefined;
}

function participantAt(
  line: Line,
  params: unknown,
  url: string,
): { readonly conference: PracticeConference; readonly participant: Participant } {
  const { conference: name, file } = pathOfParticipant.parse(params);
  const conference = openConference(line, name);
  const participant = conference?.find(file.replace(/\.json$/, ''));
  if (conference === undefined || participant === undefined) throw notFound(url);
  return { conference, participant };
}

function matches(participant: Participant, query: Form): boolean {
  const wanted = (name: string, value: boolean): boolean => {
    const text = textIn(query, name);
    return text === undefined || (text.toLowerCase() === 'true') === value;
  };
  return (
    wanted('Muted', participant.muted) &&
    wanted('Hold', participant.hold) &&
    wanted('Coaching', participant.coaching)
  );
}

function checkCoaching({
  coaching,
  callSidToCoach,
}: Pick<JoinOptions, 'coaching' | 'callSidToCoach'>) {
  if (coaching && callSidToCoach === undefined) {
    throw new ApiError(400, 20001, 'Coaching needs a CallSidToCoach');
  }
}

/** Whether a participant may coach so: somebody else who is there. Throws `ApiError`. */
function checkCoachingOf(
  conference: PracticeConference,
  participant: Participant,
  change: ParticipantChange,
): void {
  if (change.coaching === false) return;
  const callSidToCoach = change.callSidToCoach ?? participant.callSidToCoach;
  if (change.coaching === true) checkCoaching({ coaching: true, callSidToCoach });
  const coached = change.callSidToCoach ?? (change.coaching ? callSidToCoach : undefined);
  if (coached === undefined) return;
  const isThere = conference.participants.some(({ call }) => call.sid === coached);
  if (!isThere || coached === participant.call.sid) throw coachedNotThere();
  checkHeard(conference, coached);
}

/** Who is on hold cannot be coached. Throws `ApiError`. */
function checkHeard(conference: PracticeConference, coached: string | undefined): void {
  const isHeld = coached !== undefined && conference.find(coached)?.hold === true;
  if (!isHeld) return;
  throw new ApiError(400, COACHED_ON_HOLD, 'The participant to coach is on hold');
}

function coachedNotThere(): ApiError {
  return new ApiError(400, COACHED_NOT_THERE, 'The participant to coach is not in the conference');
}
