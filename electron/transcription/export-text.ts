import { type Call, talkTimeMs } from '../core/call.ts';
import type { TranscriptNote } from '../core/transcript.ts';
import { type ExportedCall, linesOf, nameOf, zeroOf } from './export-lines.ts';

/** A line of the text and where it stands. */
type Placed = { readonly atMs: number; readonly text: string };

/** A transcript to be read: who, when and how long, then what was said, line by line. */
export function transcriptText(exported: ExportedCall): string {
  const zero = zeroOf(exported);
  const said = linesOf(exported).map(({ atMs, name, words, whispered }) => {
    const who = whispered ? `${name} (to the agent alone)` : name;
    return { atMs, text: `${who}: ${words.join(' ')}` };
  });
  const lines = [...said, ...exported.transcript.notes.flatMap(note => noted(note, exported, zero))]
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ atMs, text }) => `[${clockTime(atMs)}] ${text}`);
  const all = lines.length === 0 ? ['Nothing was written down.'] : lines;
  return `${[...aboutCall(exported.call), '', ...all].join('\n')}\n`;
}

/** Who was on a call, when, and how long. */
export function aboutCall(call: Call): string[] {
  const { them, ours, direction, startedAt } = call;
  const party = them.name === null ? them.number : `${them.name}, ${them.number}`;
  const others = call.status === 'ended' ? call.others : [];
  const also = others.map(({ name, number }) => name ?? number).join(', ');
  return [
    direction === 'inbound' ? `Call from ${party} to ${ours}` : `Call from ${ours} to ${party}`,
    ...(also === '' ? [] : [`Also on it: ${also}`]),
    localTime(startedAt),
    lengthOf(call),
  ];
}

/** What happened between the words. Keys are not told: what is pressed is as secret as what is said. */
function noted(note: TranscriptNote, { call }: ExportedCall, zero: number): Placed[] {
  switch (note.event) {
    case 'digits-received':
      return [{ atMs: note.at - zero, text: `(${nameOf(call, 'them', null)} pressed keys)` }];
    case 'sound-lost':
      return [{ atMs: note.atMs, text: `(${Math.round(note.lengthMs / 1000)} s of sound lost)` }];
    case 'text-said':
    case 'agent-told':
    case 'watch-word-heard':
      return [];
  }
}

function lengthOf(call: Call): string {
  if (call.status !== 'ended') return 'Not over yet';
  if (call.answeredAt === null) return 'Never answered';
  return `${clockTime(talkTimeMs(call, call.endedAt))} long`;
}

/** Minutes and seconds, with hours where there are any. */
function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map(part => `${part}`.padStart(2, '0')).join(':');
}

/** A time of this place, and how far it is from UTC. */
function localTime(at: number): string {
  const date = new Date(at);
  const eastMinutes = -date.getTimezoneOffset();
  const iso = new Date(at + eastMinutes * 60_000).toISOString();
  const away = Math.abs(eastMinutes);
  const offset = [Math.floor(away / 60), away % 60].map(part => `${part}`.padStart(2, '0'));
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC${eastMinutes < 0 ? '-' : '+'}${offset.join(':')}`;
}
