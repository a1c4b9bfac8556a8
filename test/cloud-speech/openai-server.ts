// What OpenAI's Realtime API says, in the shapes of its documentation:
// https://developers.openai.com/api/reference/resources/realtime/server-events and, for deltas and completed
// transcripts, https://developers.openai.com/api/docs/guides/realtime-transcription.

/** The first event. @param expiresAt when the session ends, in s since the epoch */
export function sessionCreated(expiresAt: number): object {
  return {
    type: 'session.created',
    event_id: 'event_C9G5RJeJ2gF77mV7f2B1j',
    session: {
      id: 'sess_C9G5QPteg4UIbotdKLoYQ',
      object: 'realtime.transcription_session',
      type: 'transcription',
      expires_at: expiresAt,
    },
  };
}

/** The answer to `session.update`. */
export const SESSION_UPDATED = {
  type: 'session.updated',
  event_id: 'event_C9G8mqI3IucaojlVKE8Cs',
  session: { object: 'realtime.transcription_session', type: 'transcription' },
};

/** A turn was committed and has a name. */
export function committed(itemId: string): object {
  return {
    type: 'input_audio_buffer.committed',
    event_id: 'event_1121',
    previous_item_id: null,
    item_id: itemId,
  };
}

/** Words as they are understood. */
export function delta(itemId: string, text: string): object {
  return {
    type: 'conversation.item.input_audio_transcription.delta',
    event_id: 'event_001',
    item_id: itemId,
    content_index: 0,
    delta: text,
  };
}

/** A turn was understood. */
export function completed(itemId: string, transcript: string): object {
  return {
    type: 'conversation.item.input_audio_transcription.completed',
    event_id: 'event_2122',
    item_id: itemId,
    content_index: 0,
    transcript,
    usage: { type: 'duration', seconds: 1 },
  };
}

/** A turn was not understood. */
export function failed(itemId: string, code: string): object {
  return {
    type: 'conversation.item.input_audio_transcription.failed',
    event_id: 'event_2324',
    item_id: itemId,
    content_index: 0,
    error: {
      type: 'transcription_error',
      code,
      message: 'The audio could not be transcribed.',
      param: null,
    },
  };
}

/** Something is wrong. */
export function problem(type: string, code: string, more: object = {}): object {
  return {
    type: 'error',
    event_id: 'event_890',
    error: { type, code, message: 'The words of an error.', param: null, event_id: null, ...more },
  };
}

/** Server voice activity detection heard somebody begin. */
export function speechStarted(itemId: string, atMs: number): object {
  return {
    type: 'input_audio_buffer.speech_started',
    event_id: 'event_1516',
    audio_start_ms: atMs,
    item_id: itemId,
  };
}

/** Server voice activity detection heard somebody stop. */
export function speechStopped(itemId: string, atMs: number): object {
  return {
    type: 'input_audio_buffer.speech_stopped',
    event_id: 'event_1718',
    audio_end_ms: atMs,
    item_id: itemId,
  };
}
