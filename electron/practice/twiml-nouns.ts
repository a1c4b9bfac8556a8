import { actionOf, callbackOf, eventsOf, numberOf } from './twiml-attributes.ts';
import { conferenceOf } from './twiml-conference.ts';
import { transcriptionOf } from './twiml-transcription.ts';
import type { Dial, DialNumber, RecordingNoun, StreamNoun, Track, Verb } from './verb.ts';
import type { XmlElement } from './xml.ts';

const TRACKS: Readonly<Record<string, readonly Track[]>> = {
  inbound_track: ['inbound'],
  outbound_track: ['outbound'],
  both_tracks: ['inbound', 'outbound'],
};

/** The tracks of a stream in the words of TwiML and REST; the inbound one unless told otherwise. */
export function tracksOf(word: string | undefined): readonly Track[] {
  return TRACKS[word ?? ''] ?? ['inbound'];
}

/** Everything a `<Connect>` asks for: a two-way stream. */
export function connectOf({ name, attributes, elements }: XmlElement): Verb {
  const stream = elements.find(element => element.name === 'Stream');
  if (stream === undefined) return unknownIn(name, elements[0]);
  return { verb: 'Stream', ...streamOf(stream), tracks: ['inbound'], ...actionOf(attributes) };
}

/** What each element of a `<Start>` begins; the call goes on at once. */
export function startOf({ name, elements }: XmlElement): Verb[] {
  return elements.map(element => {
    if (element.name === 'Stream') return { verb: 'StartStream', ...streamOf(element) };
    const { attributes } = element;
    if (element.name === 'Transcription') {
      const noun = transcriptionOf(attribute => attributes[attribute]);
      return { verb: 'StartTranscription', ...noun };
    }
    if (element.name !== 'Recording') return unknownIn(name, element);
    const channels = attributes['channels'] === 'mono' ? 1 : 2;
    return { verb: 'StartRecording', ...recordingOf(attributes, channels) };
  });
}

/** What each element of a `<Stop>` ends. */
export function stopOf({ name, elements }: XmlElement): Verb[] {
  return elements.map(element => {
    if (element.name === 'Recording') return { verb: 'StopRecording' };
    const named = element.attributes['name'] ?? '';
    if (element.name === 'Transcription') return { verb: 'StopTranscription', name: named };
    if (element.name !== 'Stream') return unknownIn(name, element);
    return { verb: 'StopStream', name: named };
  });
}

/** `<Record>`. */
export function recordOf({ attributes }: XmlElement): Verb {
  return {
    verb: 'Record',
    ...recordingOf(attributes, 1),
    ...actionOf(attributes),
    maxLengthMs: numberOf(attributes['maxLength'], 3600) * 1000,
    timeoutMs: numberOf(attributes['timeout'], 5) * 1000,
    finishOnKey: attributes['finishOnKey'] ?? '1234567890*#',
    playBeep: attributes['playBeep'] !== 'false',
  };
}

/** Who can be dialled besides numbers, and cannot be reached here: none is signed in to the line. */
const NEVER_REACHED: ReadonlySet<string> = new Set(['Client', 'Sip']);

/** `<Dial>` of numbers, of a queue or of a conference. */
export function dialOf({ name, attributes, elements, text }: XmlElement): Verb {
  const queue = elements.find(element => element.name === 'Queue');
  const conference = elements.find(element => element.name === 'Conference');
  const nouns = elements.filter(element => !NEVER_REACHED.has(element.name));
  const other = nouns.find(element => !/^(?:Number|Queue|Conference)$/.test(element.name));
  if (other !== undefined) return unknownIn(name, other);
  const plain = { attributes: {}, text };
  const alone = queue !== undefined || conference !== undefined;
  const numbers = alone ? [] : elements.length > 0 ? nouns : [plain];
  return {
    verb: 'Dial',
    numbers: numbers.map(numberNoun),
    queue: queue && { name: queue.text.trim(), whisper: whisperOf(queue) },
    conference: conference && conferenceOf(conference),
    callerId: attributes['callerId'],
    timeoutMs: numberOf(attributes['timeout'], 30) * 1000,
    timeLimitMs: numberOf(attributes['timeLimit'], 14_400) * 1000,
    hangupOnStar: attributes['hangupOnStar'] === 'true',
    answerOnBridge: attributes['answerOnBridge'] === 'true',
    recording: dialRecording(attributes),
    ...actionOf(attributes),
  };
}

function numberNoun(element: Pick<XmlElement, 'attributes' | 'text'>): DialNumber {
  const { attributes, text } = element;
  return {
    number: text.trim().replace(/[\s().-]/g, ''),
    sendDigits: attributes['sendDigits'] ?? '',
    whisper: whisperOf(element),
    callback: callbackOf(attributes, 'statusCallback'),
    events: eventsOf(
      attributes['statusCallbackEvent'],
      ['initiated', 'ringing', 'answered', 'completed'],
      'completed',
    ),
  };
}

function whisperOf({ attributes }: Pick<XmlElement, 'attributes'>): DialNumber['whisper'] {
  return callbackOf(attributes, 'url', 'method');
}

function dialRecording(attributes: XmlElement['attributes']): Dial['recording'] {
  const word = attributes['record'] ?? 'do-not-record';
  if (!/^(?:true|record-from-(?:answer|ringing)(?:-dual)?)$/.test(word)) return undefined;
  return recordingOf(attributes, word.endsWith('-dual') ? 2 : 1);
}

function recordingOf(attributes: XmlElement['attributes'], channels: 1 | 2): RecordingNoun {
  return {
    channels,
    callback: callbackOf(attributes, 'recordingStatusCallback'),
    events: eventsOf(
      attributes['recordingStatusCallbackEvent'],
      ['in-progress', 'completed', 'absent'],
      'completed',
    ),
  };
}

function streamOf({ attributes, elements }: XmlElement): StreamNoun {
  const parameters = elements
    .filter(element => element.name === 'Parameter')
    .map(({ attributes: own }) => [own['name'] ?? '', own['value'] ?? '']);
  return {
    url: attributes['url'] ?? '',
    name: attributes['name'] ?? '',
    tracks: tracksOf(attributes['track']),
    parameters: Object.fromEntries(parameters),
    callback: callbackOf(attributes, 'statusCallback'),
  };
}

function unknownIn(verb: string, noun: XmlElement | undefined): Verb {
  return { verb: 'unknown', name: noun === undefined ? verb : `${verb} ${noun.name}` };
}
