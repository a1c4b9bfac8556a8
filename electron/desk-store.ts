import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { auditOf } from './core/audit.ts';
import type { CallId } from './core/call.ts';
import { isCallEvent, isKept, isMessageEvent } from './core/events.ts';
import type { Problem } from './core/problem.ts';
import { Scope } from './core/scope.ts';
import { type ConsoleState, findCall } from './core/state.ts';
import type { Step } from './fact-lane.ts';
import type { Log } from './log.ts';
import { type AuditStore, createAuditStore } from './store/audit-store.ts';
import { type CallStore, createCallStore } from './store/call-store.ts';
import { openDatabase } from './store/database.ts';
import { createMessageStore, type MessageStore } from './store/message-store.ts';
import { createPointedNumbers, type PointedNumbers } from './store/pointed-numbers.ts';

/** What keeping things needs of the rest. */
type DeskStorePorts = {
  readonly log: Log;
  readonly dataDir: string;
  /** Tells files set aside apart. */
  readonly suffix: string;
  /** Raises a standing problem, or ends it with null. */
  readonly problem: (id: string, found: Problem | null) => void;
};

/** What this desk keeps in its database. */
type DeskStore = {
  readonly store: CallStore;
  readonly messages: MessageStore;
  readonly audit: AuditStore;
  readonly pointed: PointedNumbers;
  /** What had to be told about opening it. */
  readonly openProblem: Problem | null;
  /** Keeps what is to be kept of a step. @param deskName who does what is done here */
  readonly follow: (step: Step, deskName: string) => void;
  /** Writes what waits. */
  readonly close: () => Promise<void>;
};

/** Opens the database; its folder is made when it is missing. */
export function openDeskStore({ log, dataDir, suffix, problem }: DeskStorePorts): DeskStore {
  const scope = new Scope(error => log.error({ err: error }, 'closing the store failed'));
  // Numbers and what was said are nobody else's business on a shared computer.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const opened = openDatabase(join(dataDir, 'earshot.db'), suffix);
  const unwritable = new Set<string>();
  const writable =
    (part: string) =>
    (isWritable: boolean): void => {
      if (isWritable) unwritable.delete(part);
      else unwritable.add(part);
      problem('storage', unwritable.size === 0 ? null : STORAGE_PROBLEM);
    };
  const store = createCallStore(opened.database, writable('calls'));
  scope.add(() => store.close());
  // Closed before the store of the calls, which closes the database.
  const messages = createMessageStore(opened.database, writable('messages'));
  scope.add(() => messages.close());
  const audit = createAuditStore(opened.database, writable('audit'));
  scope.add(() => audit.close());

  return {
    store,
    messages,
    audit,
    pointed: createPointedNumbers(opened.database),
    openProblem: opened.problem,
    follow: ({ event, before, after }, deskName) => {
      // Late facts about a call that is not known here have no row to belong to.
      if (isCallEvent(event) && isKept(event) && isOurs(event.callId, after, store)) {
        store.append(event);
      }
      if (isMessageEvent(event)) messages.append(event);
      for (const entry of auditOf(event, before, after, deskName)) audit.append(entry);
    },
    close: () => scope.close(),
  };
}

const STORAGE_PROBLEM: Problem = {
  kind: 'storage-failed',
  message: 'The history cannot be written now. Calls go on, and what happens is kept in memory.',
  remedy: 'Make room on the disk; what is waiting is written then.',
};

/** Whether a call is known here: late facts about another have no row to belong to. */
function isOurs(callId: CallId, state: ConsoleState, store: CallStore): boolean {
  return findCall(state, callId) !== undefined || store.knows(callId);
}
