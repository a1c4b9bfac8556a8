import type { Call } from '../../electron/core/call.ts';
import type { TranscriptFormat } from '../../electron/core/transcript.ts';
import { ask, askWhereToSave } from '../earshot.ts';
import { exportName } from '../replay/export-name.ts';
import { addRefusal } from '../state/refusals.ts';

/** Asks where to save the transcript of a call and writes it there. @param say told how it goes, in words */
export async function saveTranscript(
  call: Call,
  format: TranscriptFormat,
  say: (words: string) => void,
): Promise<void> {
  say('');
  const path = await askWhereToSave(exportName(call, call.startedAt, format));
  if (path === null) return;
  say('Saving…');
  const outcome = await ask({ command: 'export-transcript', callId: call.id, path, format });
  say(outcome.ok ? `Saved as ${path.split(/[/\\]/).at(-1)}.` : '');
  if (!outcome.ok) addRefusal(outcome.problem);
}

/** Puts a text on the clipboard, by the act of copying itself: the page may not write to it otherwise. */
export function copyText(text: string): boolean {
  const fill = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', fill, { capture: true, once: true });
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', fill, { capture: true });
  return copied;
}
