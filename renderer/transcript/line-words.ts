import { formatTimer, spellLength } from '../words/times.ts';
import { lineText, type ShownNote, speakerOf, type TranscriptLine } from './transcript-lines.ts';
import { type Voice, type Voices, voiceOf } from './voices.ts';

/** Who stands before a line, and what the line says. */
export type LineWords = Voice & { readonly text: string };

/** What else happened, in words. */
export function noteWords(note: ShownNote, { them, agent }: Voices): LineWords {
  switch (note.event) {
    case 'text-said':
      return { name: 'You', tag: '(spoken for you)', text: note.text };
    case 'agent-told':
      return { name: `you → ${agent}`, tag: `(only ${agent} got this)`, text: note.text };
    case 'sound-lost':
      return { name: '', tag: null, text: `▲ ${lostWords(note.lengthMs)}` };
    case 'digits-received':
      return { name: them, tag: '(keys)', text: note.digits };
  }
}

/** A line as it is read and copied. */
export function lineWords(line: TranscriptLine, voices: Voices): LineWords {
  if (line.kind === 'note') return noteWords(line.note, voices);
  const first = speakerOf(line);
  const voice = first === undefined ? { name: '', tag: null } : voiceOf(first, voices);
  return { ...voice, text: lineText(line) };
}

/** A line with its time and name, as it is copied: `02:09 Dana: I never got it.` */
export function copiedLine(atMs: number, { name, tag, text }: LineWords): string {
  const who = [name, tag].filter(part => part !== null && part !== '').join(' ');
  return `${formatTimer(atMs)} ${who === '' ? '' : `${who}: `}${text}`;
}

/** The final words of a transcript with names and times. */
export function copiedTranscript(lines: readonly TranscriptLine[], voices: Voices): string {
  return lines
    .map(line =>
      line.kind === 'note'
        ? line
        : { ...line, pieces: line.pieces.filter(({ isFinal }) => isFinal) },
    )
    .filter(line => line.kind === 'note' || line.pieces.length > 0)
    .map(line => copiedLine(line.atMs, lineWords(line, voices)))
    .join('\n');
}

function lostWords(lengthMs: number): string {
  return lengthMs >= 1000 ? `${spellLength(lengthMs)} of sound lost` : 'Sound lost';
}
