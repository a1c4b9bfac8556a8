import type { AnsweredBy, Call } from '../../electron/core/call.ts';

const ANSWERERS: Readonly<Record<AnsweredBy, string | null>> = {
  human: 'Answered by a person',
  machine: 'Answered by a machine',
  fax: 'Answered by a fax',
  unknown: null,
};

/** What sets a call apart from a plain one, a few words each. */
export function callMarks(call: Call): readonly string[] {
  const answerer = call.answeredBy === null ? null : ANSWERERS[call.answeredBy];
  return [
    call.kind === 'notify' ? 'Message call' : null,
    call.status === 'live' && call.carrier === 'gather' ? 'Words only' : null,
    answerer,
  ].filter(mark => mark !== null);
}
