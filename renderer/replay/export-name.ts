import type { Call } from '../../electron/core/call.ts';
import { fullName } from '../words/names.ts';

/** What no file name may hold on one of the systems. Source: Windows "Naming Files, Paths, and Namespaces". */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}]/gu;

/** The name a recording or a transcript is offered to be saved under: who, the day and the minute. */
export function exportName(call: Call, startedAt: number, format: string): string {
  const who = fullName(call.them).replace(FORBIDDEN, ' ').replace(/\s+/g, ' ').trim();
  const at = new Date(startedAt);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(padded).join('-');
  return `${who} ${day} ${padded(at.getHours())}.${padded(at.getMinutes())}.${format}`;
}

function padded(count: number): string {
  return String(count).padStart(2, '0');
}
