import { type Form, methodIn, textIn } from './form.ts';
import { eventsOf } from './twiml-attributes.ts';
import type { RecordingNoun } from './verb.ts';

/** How a form wants a recording made: its channels, and who is told how it goes on. */
export function recordingIn(form: Form): RecordingNoun {
  const url = textIn(form, 'RecordingStatusCallback') ?? '';
  return {
    channels: textIn(form, 'RecordingChannels') === 'dual' ? 2 : 1,
    callback:
      url === '' ? undefined : { url, method: methodIn(form, 'RecordingStatusCallbackMethod') },
    events: eventsOf(
      form['RecordingStatusCallbackEvent']?.join(' '),
      ['in-progress', 'completed', 'absent'],
      'completed',
    ),
  };
}
