import { foremostAttention, shortAttention } from '../words/attention-words.ts';
import { formatLength, formatTimer } from '../words/times.ts';
import type { Ear } from './ears.ts';
import type { WallCall } from './wall-call.ts';

/** How an ear is written where there is little room. */
export const EAR_WORDS: Readonly<Record<Ear, string>> = {
  left: 'ear L',
  middle: 'ear M',
  right: 'ear R',
};

/** The line under a call's name: what was said last, or why nothing is known. */
export function tileWords(call: WallCall, endedAt: number | null, now: number): string {
  if (endedAt !== null) return 'Ended';
  if (call.problem !== null) return `! ${call.problem}`;
  switch (call.status) {
    case 'dialing':
      return 'calling';
    case 'ringing':
      return call.where === null ? '((•)) ringing' : `((•)) ringing → ${call.where}`;
    case 'waiting':
      return call.take === 'pick-up' ? `‖ waits in ${call.where ?? 'a queue'}` : '‖ waits here';
    case 'held':
      // A badge says for how long, once that is too long; the line is free for what was said before.
      return isHoldBadged(call)
        ? (call.words ?? '')
        : `‖ on hold ${formatLength(now - (call.heldAt ?? now))}`;
    case 'live':
      return call.words ?? (call.followed ? 'no words yet' : 'not heard yet');
  }
}

/** Whether the line under a call's name is what was said, and stays as it is; undefined where it is something else. */
export function saidMark(call: WallCall, endedAt: number | null): 'final' | 'partial' | undefined {
  const isWords = call.status === 'live' || (call.status === 'held' && isHoldBadged(call));
  const isSaid = endedAt === null && isWords && call.problem === null;
  if (!isSaid || call.words === null) return undefined;
  return call.wordsFinal ? 'final' : 'partial';
}

/** What was noticed on a call, as its badge has it; null when nothing was. */
export function badgeWords(call: WallCall, now: number): string | null {
  const attention = foremostAttention(call.attention);
  if (attention === null) return null;
  const more = call.attention.length > 1 ? ` +${call.attention.length - 1}` : '';
  return `${shortAttention(attention, now)}${more}`;
}

/** The clock of a call; it stands still when the call is over. A ring counts seconds. */
export function tileTime(call: WallCall, endedAt: number | null, now: number): string {
  const ms = Math.max(0, (endedAt ?? now) - call.since);
  return call.status === 'ringing' && endedAt === null
    ? `${Math.floor(ms / 1000)} s`
    : formatTimer(ms);
}

/** A call in words, for those who do not see it. */
export function spokenWords(call: WallCall, endedAt: number | null, now: number): string {
  const heard =
    call.ear === null ? '' : `, heard ${call.ear === 'middle' ? 'in the middle' : call.ear}`;
  const recorded = call.recording && endedAt === null ? ', recorded' : '';
  const words = tileWords(call, endedAt, now).replace(/^(\(\(•\)\)|‖|!) /, '');
  const noticed = endedAt === null ? badgeWords(call, now) : null;
  const wants = noticed === null ? '' : `, ${noticed}`;
  const said = words === '' ? '' : `, ${words}`;
  return `${call.title}, ${tileTime(call, endedAt, now)}${wants}${said}${heard}${recorded}`;
}

function isHoldBadged({ attention }: WallCall): boolean {
  return foremostAttention(attention)?.kind === 'long-hold';
}
