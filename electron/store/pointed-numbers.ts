import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** A number whose calls were sent here, and what it was set to before: to be given back. */
export type PointedNumber = {
  /** PN… */
  readonly numberSid: string;
  /** AC… */
  readonly accountSid: string;
  /** The address its calls were sent to. */
  readonly here: string;
  /** Its settings before, as JSON. */
  readonly before: string;
};

/** Numbers pointed here and not given back yet; they outlive a crash. */
export type PointedNumbers = {
  readonly keep: (pointed: PointedNumber) => void;
  readonly forget: (numberSid: string) => void;
  /** Those of one account. */
  readonly of: (accountSid: string) => PointedNumber[];
};

type Row = {
  readonly number_sid: string;
  readonly account_sid: string;
  readonly here: string;
  readonly before: string;
};

/** Opens the list in an open database. */
export function createPointedNumbers(database: DatabaseSyncInstance): PointedNumbers {
  const statements = {
    keep: database.prepare(
      `INSERT INTO pointed_numbers (number_sid, account_sid, here, before) VALUES (?, ?, ?, ?)
       ON CONFLICT (number_sid) DO UPDATE SET
         account_sid = excluded.account_sid, here = excluded.here, before = excluded.before`,
    ),
    forget: database.prepare('DELETE FROM pointed_numbers WHERE number_sid = ?'),
    of: database.prepare('SELECT * FROM pointed_numbers WHERE account_sid = ?'),
  };
  return {
    keep: ({ numberSid, accountSid, here, before }) => {
      statements.keep.run(numberSid, accountSid, here, before);
    },
    forget: numberSid => {
      statements.forget.run(numberSid);
    },
    of: accountSid =>
      (statements.of.all(accountSid) as Row[]).map(row => ({
        numberSid: row.number_sid,
        accountSid: row.account_sid,
        here: row.here,
        before: row.before,
      })),
  };
}
