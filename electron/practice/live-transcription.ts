import type { PracticeCall } from './call.ts';
import type { Params } from './call-params.ts';
import { wordsIn } from './frame-words.ts';
import { alert, type Line } from './line.ts';
import { type Recognised, Recogniser } from './recogniser.ts';
import { createSid } from './sid.ts';
import { callbacksInOrder } from './status-callbacks.ts';
import {
  configurationFailure,
  providerConfiguration,
  type TranscriptionFailure,
} from './transcription-provider.ts';
import type { Track, TranscriptionNoun } from './verb.ts';

/** A transcription of a call that was begun by TwiML or REST. */
export type LiveTranscription = {
  readonly sid: string;
  /** What it was asked for; the callback's URL is a whole one. */
  readonly request: TranscriptionNoun;
  /** Milliseconds since the Unix epoch. */
  readonly changedAt: number;
  readonly status: 'in-progress' | 'stopped';
  /** Ends it; does nothing when it is over. */
  stop(): void;
};

/** Tells one step of a transcription. */
type TellStep = (event: string, params: Params, isLast?: boolean) => void;

/**
 * Begins to transcribe a call; it ends with the call, with `stop`, or with an error. Undefined when a
 * transcription of this name runs on the call already.
 */
export function startTranscription(
  line: Line,
  call: PracticeCall,
  request: TranscriptionNoun,
): LiveTranscription | undefined {
  const isTaken = call.transcriptions.some(
    ({ request: { name }, status }) => status === 'in-progress' && name === request.name,
  );
  if (isTaken && request.name !== '') return undefined;
  const sid = createSid('GT');
  const tell = stepTeller(line, call, sid, request);
  const ends: (() => void)[] = [];
  const recognisers = request.tracks.map(track => ({ track, recogniser: new Recogniser(request) }));

  const over = (): boolean => {
    if (transcription.status === 'stopped') return true;
    for (const end of ends.splice(0)) end();
    transcription.status = 'stopped';
    transcription.changedAt = line.clock.now();
    return false;
  };
  const stop = (): void => {
    if (over()) return;
    for (const { track, recogniser } of recognisers) {
      for (const recognised of recogniser.end()) {
        tell('transcription-content', contentParams(track, request, recognised));
      }
    }
    tell('transcription-stopped', {}, true);
  };
  const fail = ({ code, text }: TranscriptionFailure): void => {
    if (over()) return;
    tell(
      'transcription-error',
      { TranscriptionErrorCode: String(code), TranscriptionError: text },
      true,
    );
    alert(line, call, code, text);
  };
  const transcription: { -readonly [Key in keyof LiveTranscription]: LiveTranscription[Key] } = {
    sid,
    request,
    changedAt: line.clock.now(),
    status: 'in-progress',
    stop,
  };
  call.transcriptions.push(transcription);
  const failure = configurationFailure(request);
  if (failure !== undefined) {
    fail(failure);
    return transcription;
  }
  tell('transcription-started', startedParams(request));
  ends.push(failWhenPretended(line, call, fail));
  for (const { track, recogniser } of recognisers) {
    const frames = track === 'inbound' ? call.leg.frames : call.leg.hearing;
    ends.push(
      frames.on(frame => {
        for (const recognised of recogniser.hear(wordsIn(frame))) {
          tell('transcription-content', contentParams(track, request, recognised));
        }
      }),
    );
  }
  call.over.addEventListener('abort', stop, { once: true });
  ends.push(() => call.over.removeEventListener('abort', stop));
  if (call.over.aborted) stop();
  return transcription;
}

function failWhenPretended(
  line: Line,
  call: PracticeCall,
  fail: (failure: TranscriptionFailure) => void,
): () => void {
  return call.leg.frames.on(() => {
    const { transcriptionError } = line.pretences.now;
    if (transcriptionError === null) return;
    fail({ code: transcriptionError, text: 'Real-time Transcriptions: Configuration Error' });
  });
}

/** Tells each step with its number: one counter over all tracks. */
function stepTeller(
  line: Line,
  call: PracticeCall,
  sid: string,
  { callback }: TranscriptionNoun,
): TellStep {
  if (callback === undefined) return () => {};
  const callbacks = callbacksInOrder(line, call, callback);
  let sequence = 0;
  return (event, params, isLast = false) => {
    sequence += 1;
    callbacks.send(
      {
        AccountSid: line.accountSid,
        CallSid: call.sid,
        TranscriptionSid: sid,
        TranscriptionEvent: event,
        SequenceId: String(sequence),
        Timestamp: new Date(line.clock.now()).toISOString(),
        ...params,
      },
      isLast,
    );
  };
}

function startedParams(request: TranscriptionNoun): Params {
  const { languageCode, partialResults, tracks, transcriptionEngine } = request;
  const [only] = tracks;
  return {
    LanguageCode: languageCode,
    PartialResults: String(partialResults),
    ProviderConfiguration: JSON.stringify(providerConfiguration(request)),
    Track: tracks.length > 1 ? 'both_tracks' : `${only}_track`,
    TranscriptionEngine: transcriptionEngine,
  };
}

function contentParams(
  track: Track,
  { languageCode }: TranscriptionNoun,
  { text, isFinal, confidence, stability }: Recognised,
): Params {
  const data = { transcript: text, ...(confidence === null ? {} : { confidence }) };
  return {
    TranscriptionData: JSON.stringify(data),
    Final: String(isFinal),
    Track: `${track}_track`,
    LanguageCode: languageCode,
    ...(stability === null ? {} : { Stability: String(stability) }),
  };
}
