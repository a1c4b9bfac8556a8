import type { AuditEntry } from '../core/audit.ts';
import type { Party } from '../core/call.ts';
import type { Command } from '../core/commands.ts';
import type { Outcome } from '../core/outcome.ts';
import { writeContentOutside } from '../recording/outside-file.ts';
import type { AuditStore } from '../store/audit-store.ts';

type Asked<Name extends Command['command']> = Extract<Command, { command: Name }>;

/** What commands about the audit act on. */
type AuditTargets = {
  readonly audit: Pick<AuditStore, 'entries'>;
  /** Earshot's own folder: nothing is exported there. */
  readonly dataDir: string;
};

/** How many entries are answered when not told. */
const ENTRIES = 200;

/** Tells who heard, spoke to or changed calls of others, the newest first. */
export function auditOfCalls(
  { callId, callSid, since = 0, limit = ENTRIES }: Asked<'audit'>,
  { audit }: AuditTargets,
): Outcome<'audit'> {
  const of = { callId: callId ?? null, callSid: callSid ?? null };
  return { ok: true, entries: audit.entries({ ...of, since, limit }) };
}

/** Writes the whole audit to a file of its own, the newest first. */
export async function exportAudit(
  { path, format }: Asked<'export-audit'>,
  { audit, dataDir }: AuditTargets,
): Promise<undefined> {
  const entries = audit.entries({ callId: null, callSid: null, since: 0, limit: null });
  const text = format === 'csv' ? csvOf(entries) : jsonOf(entries);
  await writeContentOutside(text, { path, own: [dataDir], of: 'audit' });
}

const HEADER = 'at,by,action,mode,customer,customer_number,whom,call_id,call_sid'.split(',');

/** Lines and fields as RFC 4180 has them. */
function csvOf(entries: readonly AuditEntry[]): string {
  const lines = entries.map(({ at, by, action, mode, them, whom, callId, callSid }) => [
    new Date(at).toISOString(),
    by,
    action,
    mode ?? '',
    them.name ?? '',
    them.number,
    whom.map(nameOf).join('; '),
    callId,
    callSid ?? '',
  ]);
  return [HEADER, ...lines].map(line => `${line.map(fieldOf).join(',')}\r\n`).join('');
}

function fieldOf(text: string): string {
  // Callers choose their names: none may be a formula to whoever opens the file in a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function nameOf({ name, number }: Party): string {
  if (name === null) return number;
  return number === '' ? name : `${name} ${number}`;
}

function jsonOf(entries: readonly AuditEntry[]): string {
  const dated = entries.map(entry => ({ ...entry, at: new Date(entry.at).toISOString() }));
  return `${JSON.stringify(dated, null, 2)}\n`;
}
