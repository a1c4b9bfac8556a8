import type { Cancel } from '../core/clock.ts';
import { type Participant, type RoomNews, SEAT_LABEL } from '../core/conference.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
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
  /** Since when nobody is there for them, on the clock that never jumps; null while somebody is. */
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
    if (!isAlone(kept, present)) return setAlone(kept, null);
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
  const end = async ({ customers }: Kept): Promise<void> => {
    for (const sid of customers) {
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
        else void look(kept);
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

/** Whether nobody is there for those who are served, nor on the way to them. */
function isAlone({ customers, session }: Kept, present: readonly Participant[]): boolean {
  const isServing = ({ callSid, label, muted }: Participant): boolean =>
    label.startsWith(SEAT_LABEL) ? !muted : !customers.has(callSid);
  const isOnTheWay = !session.isOver && session.changing > 0;
  return !isOnTheWay && !present.some(isServing);
}

function problemOf({ session, customers }: Kept): Problem {
  const alone = session.view.legs.filter(({ sid }) => customers.has(sid));
  return leftAlone(
    alone.map(leg => leg.party),
    GRACE_MS / 1000,
  );
}
