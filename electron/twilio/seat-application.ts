import type { Application, ApplicationRest } from './application-rest.ts';

/** What the application of seats needs of the rest. */
type ApplicationPorts = {
  readonly rest: ApplicationRest;
  /** Where its legs ask what to do. */
  readonly url: () => string;
  /** Whether an address is that of a desk which is gone. */
  readonly isLeftBehind: (url: string) => Promise<boolean>;
};

/** The one application that this desk's seats are called by. Failures are `ProblemError`s. */
export type SeatApplication = {
  /** Its sid; it is made when it is first needed, and leads here. @param desk names it */
  readonly sid: (desk: string) => Promise<string>;
  /** It may be gone: it is looked for again. */
  readonly doubt: () => void;
  /** Deletes it. */
  readonly close: () => Promise<void>;
};

/** The longest name. Source: Applications resource, `FriendlyName`. */
const LONGEST_NAME = 64;

/** Builds what keeps the application; there is none yet. */
export function createSeatApplication(ports: ApplicationPorts): SeatApplication {
  const { rest, url, isLeftBehind } = ports;
  let kept: Application | null = null;
  let isSure = true;
  let work: Promise<unknown> = Promise.resolve();

  /** What an earlier run left; that of another desk of the same name is not touched. */
  const left = async (name: string): Promise<Application | null> => {
    for (const found of await rest.named(name)) {
      const isOurs = found.sid === kept?.sid || found.voiceUrl === url();
      if (isOurs || (await isLeftBehind(found.voiceUrl))) return found;
    }
    return null;
  };

  const ensure = async (desk: string): Promise<string> => {
    const name = `Earshot seat of ${desk}`.slice(0, LONGEST_NAME);
    if (kept === null || !isSure) kept = (await left(name)) ?? (await rest.create(name, url()));
    const voiceUrl = url();
    if (kept.voiceUrl !== voiceUrl) await rest.point(kept.sid, voiceUrl);
    kept = { ...kept, voiceUrl };
    isSure = true;
    return kept.sid;
  };

  return {
    sid: desk => {
      // One after the other: two that begin at once would make two.
      const done = work.then(() => ensure(desk));
      work = done.catch(() => {});
      return done;
    },
    doubt: () => {
      isSure = false;
    },
    close: async () => {
      await work;
      if (kept === null) return;
      const { sid } = kept;
      kept = null;
      await rest.remove(sid);
    },
  };
}
