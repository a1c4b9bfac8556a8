import { actionOf, callbackOf, methodOf, numberOf } from './twiml-attributes.ts';
import { connectOf, dialOf, recordOf, startOf, stopOf } from './twiml-nouns.ts';
import type { Gather, Prompt, Verb } from './verb.ts';
import { parseXml, type XmlElement, XmlError } from './xml.ts';

/** Thrown for a document that is no TwiML at all (Twilio's error 12100). */
export class TwimlError extends Error {}

/** Reads a TwiML document. Verbs the practice line does not know are kept as `unknown`. */
export function parseTwiml(source: string): readonly Verb[] {
  return parseResponse(source).flatMap(verbsOf);
}

/** The elements of a TwiML document of any kind; none for an empty one. Throws `TwimlError`. */
export function parseResponse(source: string): readonly XmlElement[] {
  if (source.trim() === '') return [];
  const root = parsed(source);
  if (root.name !== 'Response') throw new TwimlError('The root element is not Response');
  return root.elements;
}

function parsed(source: string): XmlElement {
  try {
    return parseXml(source);
  } catch (error) {
    if (error instanceof XmlError) throw new TwimlError(error.message, { cause: error });
    throw error;
  }
}

function verbsOf(element: XmlElement): Verb | Verb[] {
  const prompt = promptOf(element);
  if (prompt !== undefined) return prompt;
  const { name, attributes } = element;
  switch (name) {
    case 'Gather':
      return gatherOf(element);
    case 'Connect':
      return connectOf(element);
    case 'Start':
      return startOf(element);
    case 'Stop':
      return stopOf(element);
    case 'Record':
      return recordOf(element);
    case 'Enqueue':
      return {
        verb: 'Enqueue',
        queue: element.text.trim(),
        waitUrl: attributes['waitUrl'],
        waitMethod: methodOf(attributes['waitUrlMethod']),
        ...actionOf(attributes),
      };
    case 'Dial':
      return dialOf(element);
    case 'Redirect':
      return { verb: 'Redirect', url: element.text.trim(), method: methodOf(attributes['method']) };
    case 'Reject':
      return { verb: 'Reject', reason: attributes['reason'] === 'busy' ? 'busy' : 'rejected' };
    case 'Hangup':
      return { verb: 'Hangup' };
    case 'Leave':
      return { verb: 'Leave' };
    default:
      return { verb: 'unknown', name };
  }
}

function promptOf(element: XmlElement): Prompt | undefined {
  const { name, attributes, text } = element;
  const loop = numberOf(attributes['loop'], 1);
  switch (name) {
    case 'Say':
      return { verb: 'Say', text: spoken(element).trim(), voice: attributes['voice'] ?? '', loop };
    case 'Play':
      return { verb: 'Play', url: text.trim(), digits: attributes['digits'] ?? '', loop };
    case 'Pause':
      return { verb: 'Pause', ms: numberOf(attributes['length'], 1) * 1000 };
    default:
      return undefined;
  }
}

/** The words of a Say: those in its SSML, apart where it makes a break. */
function spoken({ content }: XmlElement): string {
  const words = content.map(part => {
    if (typeof part === 'string') return part;
    if (part.name === 'sub') return part.attributes['alias'] ?? spoken(part);
    return /^(?:break|p|s)$/.test(part.name) ? ` ${spoken(part)} ` : spoken(part);
  });
  return words.join('').replace(/\s+/g, ' ');
}

function gatherOf({ attributes, elements }: XmlElement): Gather {
  const input = (attributes['input'] ?? 'dtmf').split(/\s+/);
  const timeoutMs = numberOf(attributes['timeout'], 5) * 1000;
  const quiet = attributes['speechTimeout'] ?? 'auto';
  return {
    verb: 'Gather',
    dtmf: input.includes('dtmf'),
    speech: input.includes('speech'),
    numDigits: numberOf(attributes['numDigits'], Number.POSITIVE_INFINITY),
    timeoutMs,
    speechTimeoutMs: quiet === 'auto' ? 1000 : numberOf(quiet, 1) * 1000,
    finishOnKey: attributes['finishOnKey'] ?? '#',
    partialResult: callbackOf(attributes, 'partialResultCallback'),
    ...actionOf(attributes),
    actionOnEmptyResult: attributes['actionOnEmptyResult'] === 'true',
    prompts: elements.map(promptOf).filter(prompt => prompt !== undefined),
  };
}
