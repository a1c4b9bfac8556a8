import { absoluteUrl } from '../fetch-twiml.ts';
import { alert } from '../line.ts';
import { startTranscription } from '../live-transcription.ts';
import type { Program } from '../program.ts';
import { CONFIGURATION_ERROR } from '../transcription-provider.ts';
import type { TranscriptionNoun } from '../verb.ts';

/** Begins a transcription beside whatever the call does next. */
export function beginTranscription({ line, call, url }: Program, noun: TranscriptionNoun): void {
  const callback = noun.callback && {
    ...noun.callback,
    url: absoluteUrl(noun.callback.url, url),
  };
  if (startTranscription(line, call, { ...noun, callback }) !== undefined) return;
  alert(line, call, CONFIGURATION_ERROR, 'A transcription of this name runs on the call already');
}

/** Ends the call's transcriptions of this name. */
export function stopTranscriptions({ call }: Program, name: string): void {
  for (const { request, stop } of call.transcriptions) if (request.name === name) stop();
}
