import type { CallId, Party } from './call.ts';
import type { Mode } from './room.ts';

/** What somebody at a desk did to a call of others, or to others on a call of its own. */
export type AuditAction =
  | 'listened'
  | 'stopped-listening'
  | 'mode-asked'
  | 'mode-refused'
  | 'mode-changed'
  | 'spoke'
  | 'fell-silent'
  | 'told-agent'
  | 'took-seat'
  | 'left-seat'
  | 'moved'
  | 'added'
  | 'removed'
  | 'held'
  | 'unheld'
  | 'muted'
  | 'unmuted'
  | 'transferred'
  | 'ended-for-all';

/** One line of the audit: who did what, when, to which call, and who could hear it. */
export type AuditEntry = {
  /** In ms since the epoch. */
  readonly at: number;
  readonly callId: CallId;
  /** CallSid of the customer's leg; null for a call Twilio never named. */
  readonly callSid: string | null;
  /** The person at the desk. */
  readonly by: string;
  readonly action: AuditAction;
  /** The mode asked for, refused, confirmed or spoken in; null where there is none. */
  readonly mode: Mode | null;
  /** Who heard it, or whom it was done to. */
  readonly whom: readonly Party[];
  /** The customer. */
  readonly them: Party;
};
