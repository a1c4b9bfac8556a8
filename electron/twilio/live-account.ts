import type { Clock } from '../core/clock.ts';
import type { AccountReading, ListedCall } from '../core/conference.ts';
import type { Rest, TwilioCall } from './rest.ts';
import type { RoomRest } from './room-rest.ts';

/** What reading the account needs of the rest. */
type LivePorts = {
  readonly clock: Clock;
  readonly rest: Pick<Rest, 'liveCalls'>;
  readonly roomRest: Pick<RoomRest, 'conferences' | 'queues'>;
  /** Whether a call is a leg of one of this desk's seats, which is nobody's call. */
  readonly isSeat: (callSid: string) => boolean;
};

/** How many calls are shown at most. */
const MOST_CALLS = 300;

/**
 * Reads what of the account is live: three requests while nothing is, otherwise two more, one for
 * each conference and one for each queue in which somebody waits.
 */
export async function readLiveAccount(ports: LivePorts): Promise<AccountReading> {
  const { rest, roomRest } = ports;
  const live = (await rest.liveCalls()).flatMap(call => listed(call, ports));
  const isAnswered = live.some(({ status }) => status === 'in-progress');
  const [conferences, members] = isAnswered
    ? await Promise.all([roomRest.conferences.list(), roomRest.queues.members()])
    : [[], []];
  return {
    calls: live.slice(0, MOST_CALLS),
    conferences,
    members,
    isCut: live.length > MOST_CALLS,
  };
}

function listed(call: TwilioCall, { clock, isSeat }: LivePorts): ListedCall[] {
  const { sid, status, direction, from, to, startedAt, parentSid } = call;
  const isLive = status === 'queued' || status === 'ringing' || status === 'in-progress';
  if (!isLive || isSeat(sid)) return [];
  const since = startedAt ?? clock.now();
  return [{ sid, status, direction, from, to, startedAt: since, parentSid }];
}
