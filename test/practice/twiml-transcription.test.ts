import { expect, it } from 'vitest';
import { parseTwiml } from '../../electron/practice/twiml.ts';

it('is read with Twilio’s defaults', () => {
  expect(parseTwiml('<Response><Start><Transcription/></Start></Response>')).toEqual([
    {
      verb: 'StartTranscription',
      name: '',
      callback: undefined,
      tracks: ['inbound', 'outbound'],
      trackLabels: { inbound: '', outbound: '' },
      partialResults: false,
      languageCode: 'en-US',
      transcriptionEngine: 'google',
      speechModel: '',
      hints: '',
      profanityFilter: true,
      enableAutomaticPunctuation: true,
      intelligenceService: '',
    },
  ]);
});

it('is read with all it can be told', () => {
  const [started, stopped] = parseTwiml(
    '<Response><Start><Transcription name="desk" statusCallbackUrl="/words" statusCallbackMethod="GET" track="inbound_track" ' +
      'partialResults="true" inboundTrackLabel="them" outboundTrackLabel="us" languageCode="de-DE" transcriptionEngine="deepgram" ' +
      'speechModel="nova-2" hints="Earshot, parcel" profanityFilter="false" enableAutomaticPunctuation="false" ' +
      'intelligenceService="GA1"/></Start><Stop><Transcription name="desk"/></Stop></Response>',
  );
  expect(started).toEqual({
    verb: 'StartTranscription',
    name: 'desk',
    callback: { url: '/words', method: 'GET' },
    tracks: ['inbound'],
    trackLabels: { inbound: 'them', outbound: 'us' },
    partialResults: true,
    languageCode: 'de-DE',
    transcriptionEngine: 'deepgram',
    speechModel: 'nova-2',
    hints: 'Earshot, parcel',
    profanityFilter: false,
    enableAutomaticPunctuation: false,
    intelligenceService: 'GA1',
  });
  expect(stopped).toEqual({ verb: 'StopTranscription', name: 'desk' });
});
