import type { Params } from '../call-params.ts';
import { absoluteUrl } from '../fetch-twiml.ts';
import { startStream } from '../live-stream.ts';
import type { Program } from '../program.ts';
import { createSid } from '../sid.ts';
import { runStream } from '../stream-session.ts';
import type { CallbackNoun, Stream, StreamNoun } from '../verb.ts';

/** Connects the far person with the app's stream until the app closes it or the program ends. */
export async function connectStream(program: Program, verb: Stream): Promise<Params> {
  const sid = createSid('MZ');
  const callback = callbackOf(program, verb);
  await runStream(program, { ...verb, callback, sid, twoWay: true });
  return { StreamSid: sid };
}

/** Begins a stream beside whatever the call does next. */
export function beginStream(program: Program, noun: StreamNoun): void {
  startStream(program.line, program.call, { ...noun, callback: callbackOf(program, noun) });
}

/** Ends the call's streams of this name. */
export function stopStreams({ call }: Program, name: string): void {
  for (const stream of call.streams) if (stream.name === name) stream.stop();
}

function callbackOf(program: Program, { callback }: StreamNoun): CallbackNoun | undefined {
  return callback && { ...callback, url: absoluteUrl(callback.url, program.url) };
}
