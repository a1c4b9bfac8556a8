import type { Cancel } from '../core/clock.ts';
import { type Participant, type RoomNews, SEAT_LABEL } from '../core/conference.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import { OVER } from './news.ts';
import { RING_LIMIT_MS } from './reading.ts';
import { isGone, leftAlone } from './sentences.ts';
import { complain, type Session, type SupervisionPorts } from './session.ts';

/** How long whoever is left alone waits before the call ends, in ms: time to speak to them. */
const GRACE_MS = 10_000;

/** How often a conference is looked into when nothing is told of it, in ms: what was told may be lost. */
const LOOK_EVERY_MS = 15_000;

/** Sees to it that nobody waits alone and in silence in a conference that this desk made. */
export type Keeping = {
  /** This desk made the conference of a session. From now on it is looked after until it is over, also when the desk left. */
  readonly keep: (session: Session) => void;
  /** Takes over what Twilio told unasked. */
  readonly told: (news: RoomNews) => void;
  /** Looks after none any more; whoever is alone now is not left so. */
  readonly close: () => Promise<void>;
};

type Kept = {
  readonly conferenceSid: string;
  /** CallSids of those who are served. */
  readonly customers: ReadonlySet<string>;
  session: Session;
  /** CallSids of legs that are known to be over. */
  readonly over: Set<string>;
  /** Those who are alone there, by CallSid. */
  alone: readonly string[];
  /** Since when they are, on the clock that never jumps; null while somebody is there for them. */
  aloneSince: number | null;
  isLooking: boolean;
  /** Something was told meanwhile that asks for another look. */
  lookAgain: boolean;
  cancel: Cancel;
};

/** Builds what looks after conferences; there are none yet. */
export function createKeeping(ports: Pick<SupervisionPorts, 'clock' | 'log' | 'rooms'>): Keeping {
  const { clock, log } = ports;
  const rooms = new Map<string, Kept>();

  const forget = (kept: Kept): void => {
    kept.cancel();
    rooms.delete(kept.conferenceSid);
  };
  const arm = (kept: Kept): void => {
    kept.cancel();
    if (rooms.get(kept.conferenceSid) !== kept) return;
    const { aloneSince } = kept;
    const leftMs = aloneSince === null ? null : aloneSince + GRACE_MS - clock.monotonic();
    const pauseMs = leftMs === null || leftMs <= 0 ? LOOK_EVERY_MS : leftMs;
    kept.cancel = clock.after(pauseMs, () => void look(kept));
  };

  const look = async (kept: Kept): Promise<void> => {
    kept.lookAgain = true;
    if (kept.isLooking) return;
    kept.isLooking = true;
    try {
      while (kept.lookAgain && rooms.has(kept.conferenceSid)) {
        kept.lookAgain = false;
        const there = await ports.rooms()?.participants(kept.conferenceSid);
        if (there !== undefined) await found(kept, there);
      }
    } catch (error) {
      // Whoever could not be asked about is asked about again.
      if (!(error instanceof ProblemError)) log.error({ err: error }, 'a conference was not kept');
    } finally {
      kept.isLooking = false;
      arm(kept);
    }
  };

  const found = async (kept: Kept, there: readonly Participant[]): Promise<void> => {
    const present = there.filter(({ status }) => status !== 'gone');
    if (present.length === 0) return forget(kept);
    const isServed = isRinging(kept, clock.now()) || isSomebodyThere(kept, present);
    kept.alone = present.map(({ callSid }) => callSid).filter(sid => kept.customers.has(sid));
    if (isServed || kept.alone.length === 0) return setAlone(kept, null);
    const since = kept.aloneSince ?? clock.monotonic();
    if (kept.aloneSince === null) setAlone(kept, since);
    if (clock.monotonic() - since >= GRACE_MS) await end(kept);
  };

  const setAlone = (kept: Kept, since: number | null): void => {
    if (kept.aloneSince === since) return;
    kept.aloneSince = since;
    if (!kept.session.isOver) complain(kept.session, since === null ? null : problemOf(kept));
  };

  /** Ends the legs of those who are served; the conference is over with them. */
  const end = async ({ alone }: Kept): Promise<void> => {
    for (const sid of alone) {
      try {
        await ports.rooms()?.end(sid);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
  };

  return {
    keep: session => {
      const { conferenceSid, legs } = session.view;
      if (conferenceSid === null) return;
      const known = rooms.get(conferenceSid);
      if (known !== undefined) {
        known.session = session;
        return;
      }
      const served = legs.filter(({ role }) => role === 'customer').map(({ sid }) => sid);
      const kept: Kept = {
        conferenceSid,
        customers: new Set([session.customerSid, ...served]),
        session,
        over: new Set(),
        alone: [],
        aloneSince: null,
        isLooking: false,
        lookAgain: false,
        cancel: () => {},
      };
      rooms.set(conferenceSid, kept);
      arm(kept);
    },
    told: news => {
      if (news.kind === 'stream') return;
      for (const kept of [...rooms.values()]) {
        // Of a leg it is not told which conference it was to join.
        if (news.kind !== 'leg' && news.conferenceSid !== kept.conferenceSid) continue;
        if (news.kind === 'conference-ended') forget(kept);
        else {
          if (isOver(news)) kept.over.add(news.callSid);
          void look(kept);
        }
      }
    },
    close: async () => {
      const left = [...rooms.values()];
      for (const kept of left) forget(kept);
      await Promise.allSettled(
        left.filter(({ aloneSince }) => aloneSince !== null).map(each => end(each)),
      );
    },
  };
}

/** Whether somebody is there for those who are served, or on the way to them. */
function isSomebodyThere({ customers, session }: Kept, present: readonly Participant[]): boolean {
  const isServing = ({ callSid, label, muted }: Participant): boolean =>
    label.startsWith(SEAT_LABEL) ? !muted : !customers.has(callSid);
  const isOnTheWay = !session.isOver && session.changing > 0;
  return isOnTheWay || present.some(isServing);
}

/** Whether somebody whom this desk asked to come may still answer; they need not be listed until then. */
function isRinging({ session, over }: Kept, now: number): boolean {
  return [...session.rung].some(([sid, since]) => !over.has(sid) && now - since < RING_LIMIT_MS);
}

function isOver(news: Extract<RoomNews, { kind: 'leg' | 'participant' }>): boolean {
  return news.kind === 'leg' ? OVER.has(news.status) : news.change === 'left';
}

function problemOf({ session, alone }: Kept): Problem {
  const legs = session.view.legs.filter(({ sid }) => alone.includes(sid));
  const parties = legs.map(leg => leg.party);
  return leftAlone(parties, GRACE_MS / 1000);
}
