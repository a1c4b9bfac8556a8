import type { AuditEntry } from '../../electron/core/audit.ts';
import { namesOf } from '../wall/people.ts';
import { fullName, numberOf } from '../words/names.ts';

/** What somebody did, as the rest of a sentence that begins with their name. */
export function auditWords({ action, mode, whom, them }: AuditEntry): string {
  const names = namesOf(whom);
  const to = names === '' ? '' : ` to ${names}`;
  const object = names === '' ? 'somebody' : names;
  switch (action) {
    case 'listened':
      return 'listened';
    case 'stopped-listening':
      return 'stopped listening';
    case 'mode-asked':
      return `asked to ${MODE_WORDS[mode ?? 'listen']}`;
    case 'mode-refused':
      return `could not ${MODE_WORDS[mode ?? 'listen']}`;
    case 'mode-changed':
      return mode === 'listen' || mode === null
        ? 'went back to listening'
        : `began to ${MODE_WORDS[mode]}${names === '' ? '' : `, heard by ${names}`}`;
    case 'spoke':
      return mode === 'whisper' ? `whispered${to}` : `spoke${to}`;
    case 'fell-silent':
      return 'fell silent';
    case 'told-agent':
      return `told ${object} in writing`;
    case 'took-seat':
      return 'took a seat';
    case 'left-seat':
      return 'left';
    case 'moved':
      return 'made it a conference';
    case 'added':
      return `added ${object}`;
    case 'removed':
      return `removed ${object}`;
    case 'held':
      return `put ${object} on hold`;
    case 'unheld':
      return `took ${object} off hold`;
    case 'muted':
      return `muted ${object}`;
    case 'unmuted':
      return `let ${object} speak again`;
    case 'transferred':
      return `transferred ${fullName(them)}${to}`;
    case 'ended-for-all':
      return 'ended the call for everyone';
  }
}

/** What a filter finds an entry by: who did what, to whom, on which call. */
export function isAuditFound(entry: AuditEntry, filter: string): boolean {
  const text = filter.trim().toLowerCase();
  if (text === '') return true;
  const parties = [entry.them, ...entry.whom].flatMap(party => [fullName(party), numberOf(party)]);
  const words = [entry.by, auditWords(entry), entry.callSid ?? '', ...parties];
  if (words.join(' ').toLowerCase().includes(text)) return true;
  const digits = text.replace(/[\s()+.-]/g, '');
  if (!/^\d{3,}$/.test(digits)) return false;
  return [entry.them, ...entry.whom].some(({ number }) =>
    number.replace(/\D/g, '').includes(digits),
  );
}

/** One person's time on a call, with what they did in it. */
type Visit = {
  readonly by: string;
  readonly from: number;
  /** In ms since the epoch; null while nothing tells that it is over. */
  readonly to: number | null;
  /** Oldest first, without coming and going. */
  readonly acts: readonly AuditEntry[];
};

const COMING: ReadonlySet<AuditEntry['action']> = new Set(['listened', 'took-seat']);
const GOING: ReadonlySet<AuditEntry['action']> = new Set(['stopped-listening', 'left-seat']);
/** What only leads up to something, or away from it, is left to the whole audit. */
const ASIDE: ReadonlySet<AuditEntry['action']> = new Set(['mode-asked', 'fell-silent']);

/** Who was on a call of others, from when to when, the first first. @param entries of one call, in any order */
export function visitsOf(entries: readonly AuditEntry[]): readonly Visit[] {
  const people = new Map<string, AuditEntry[]>();
  for (const entry of [...entries].sort((a, b) => a.at - b.at)) {
    people.set(entry.by, [...(people.get(entry.by) ?? []), entry]);
  }
  return [...people].map(([by, own]) => {
    const last = own.findLast(({ action }) => COMING.has(action) || GOING.has(action));
    const told = own.filter(
      ({ action }) => !COMING.has(action) && !GOING.has(action) && !ASIDE.has(action),
    );
    return {
      by,
      from: own[0]?.at ?? 0,
      to: last !== undefined && GOING.has(last.action) ? last.at : null,
      acts: told.filter((entry, index) => !isSpokenAgain(entry, told[index - 1])),
    };
  });
}

/** Whether somebody went on to speak to the same people: a list of what happened tells it once. */
function isSpokenAgain(entry: AuditEntry, before: AuditEntry | undefined): boolean {
  if (entry.action !== 'spoke' || before?.action !== 'spoke') return false;
  return auditWords(entry) === auditWords(before);
}

const MODE_WORDS = {
  listen: 'listen',
  whisper: 'whisper',
  barge: 'speak to all',
  takeover: 'take over',
} as const;
