import { readAddress } from './address.ts';
import type { PracticeCall } from './call.ts';
import type { PracticeConference } from './conference.ts';
import type { Participant } from './conference-participant.ts';
import { type Line, openCall } from './line.ts';
import type { ParticipantRequest } from './participant-request.ts';
import { reach } from './reach.ts';
import { reportProgress } from './status-callbacks.ts';
import { limitTrialCall } from './trial.ts';
import { wait } from './wait.ts';

/** Calls somebody for a conference; they join when they answer, and their call ends when they leave it. */
export function addParticipant(
  line: Line,
  conference: PracticeConference,
  request: ParticipantRequest,
): Participant {
  const call = openCall(line, {
    direction: 'outbound-api',
    from: request.from,
    to: readAddress(request.to)?.address ?? request.to,
    person: line.personAt(request.to),
  });
  reportProgress(line, call, request.statusCallback);
  const participant = conference.invite(call, request.join);
  const joining = connect(line, conference, call, request)
    .catch((error: unknown) => {
      line.log.error({ error: String(error), callSid: call.sid }, 'A practice participant broke');
      call.end('failed');
    })
    .finally(() => line.running.delete(joining));
  line.running.add(joining);
  return participant;
}

async function connect(
  line: Line,
  conference: PracticeConference,
  call: PracticeCall,
  request: ParticipantRequest,
): Promise<void> {
  await reach(line, call, request.timeoutMs, call.over);
  if (call.status !== 'in-progress') return;
  void wait(line.clock, request.timeLimitMs, call.over).then(() => call.end('completed'));
  void limitTrialCall(line, call);
  const signal = call.nextProgram();
  await conference.join(call, request.join, signal);
  if (!signal.aborted) call.end('completed');
}
