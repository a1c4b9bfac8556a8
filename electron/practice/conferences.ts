import { PracticeConference } from './conference.ts';
import type { Line } from './line.ts';

/** The conferences of an account: made when somebody comes to a name that has none. */
export class Conferences {
  readonly #conferences: PracticeConference[] = [];

  /** The conference of this name that is not over; undefined when there is none. */
  byName(name: string): PracticeConference | undefined {
    return this.#conferences.find(conference => conference.name === name && !conference.isOver);
  }

  /** The conference of this name, made now when there is none. On a trial account there is but one name. */
  named(line: Line, name: string): PracticeConference {
    const actual = line.pretences.now.trial ? line.accountSid : name;
    const open = this.byName(actual);
    if (open !== undefined) return open;
    const conference = new PracticeConference(line, actual);
    this.#conferences.push(conference);
    return conference;
  }

  /** The conference with this SID, also when it is over. */
  get(sid: string): PracticeConference | undefined {
    return this.#conferences.find(conference => conference.sid === sid);
  }

  /** Every conference, the oldest first. */
  list(): readonly PracticeConference[] {
    return [...this.#conferences];
  }
}
