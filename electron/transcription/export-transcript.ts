import { talkTimeMs } from '../core/call.ts';
import type { TranscriptFormat, TranscriptNote } from '../core/transcript.ts';
import { cuesOf } from './export-cues.ts';
import { type ExportedCall, linesOf, nameOf, zeroOf } from './export-lines.ts';
import { srtOf, vttOf } from './export-subtitles.ts';
import { aboutCall, transcriptText } from './export-text.ts';

/**
 * A transcript as a file has it. Times are since the call's sound began; since it was answered where it
 * had none. What may still change is left out.
 */
export function exportOf(format: TranscriptFormat, exported: ExportedCall): string {
  switch (format) {
    case 'txt':
      return transcriptText(exported);
    case 'srt':
      return srtOf(cuesOf(linesOf(exported)));
    case 'vtt':
      return vttOf(cuesOf(linesOf(exported)), aboutCall(exported.call));
    case 'json':
      return `${JSON.stringify(plainOf(exported), null, 2)}\n`;
  }
}

/** All that is known, for programs. Times of day in ISO 8601, all others in ms. */
function plainOf(exported: ExportedCall) {
  const { call, transcript } = exported;
  const { sid, direction, kind, them, ours, startedAt } = call;
  const answeredAt = 'answeredAt' in call ? call.answeredAt : null;
  const isOver = call.status === 'ended';
  return {
    call: {
      sid,
      direction,
      kind,
      them,
      ours,
      others: isOver ? call.others : [],
      startedAt: iso(startedAt),
      answeredAt: iso(answeredAt),
      endedAt: iso(isOver ? call.endedAt : null),
      talkMs: isOver ? talkTimeMs(call, call.endedAt) : null,
    },
    zero: iso(zeroOf(exported)),
    segments: transcript.segments
      .filter(({ isFinal }) => isFinal)
      .map(({ callId: _, isFinal: __, at, ...segment }) => ({
        ...segment,
        name: nameOf(call, segment.speaker, segment.who),
        at: iso(at),
      })),
    notes: transcript.notes.map(plainNote),
    talks: transcript.talks,
  };
}

/** Keys are counted, not told: what is pressed is as secret as what is said. */
function plainNote({ callId: _, at, ...note }: TranscriptNote & { readonly at: number }) {
  if (note.event !== 'digits-received') return { ...note, at: iso(at) };
  return { ...note, digits: '•'.repeat(note.digits.length), at: iso(at) };
}

function iso(at: number): string;
function iso(at: number | null): string | null;
function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
