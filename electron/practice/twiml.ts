import type { Method } from './webhooks.ts';
import { parseXml, type XmlElement, XmlError } from './xml.ts';

/** What a caller can be told while something is asked or waited for. */
export type Prompt =
  | { readonly verb: 'Say'; readonly text: string; readonly voice: string; readonly loop: number }
  | { readonly verb: 'Play'; readonly url: string; readonly digits: string; readonly loop: number }
  | { readonly verb: 'Pause'; readonly ms: number };

/** `<Gather>`: asks for keys or words. Times in milliseconds; `speechTimeoutMs` is the quiet that ends a sentence. */
export type Gather = {
  readonly verb: 'Gather';
  readonly dtmf: boolean;
  readonly speech: boolean;
  readonly numDigits: number;
  readonly timeoutMs: number;
  readonly speechTimeoutMs: number;
  readonly finishOnKey: string;
  readonly action: string | undefined;
  readonly method: Method;
  readonly actionOnEmptyResult: boolean;
  readonly prompts: readonly Prompt[];
};

/** `<Connect><Stream>`: the two-way stream. */
export type Stream = {
  readonly verb: 'Stream';
  readonly url: string;
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly statusCallback: string | undefined;
  readonly statusCallbackMethod: Method;
  readonly action: string | undefined;
  readonly method: Method;
};

/** `<Enqueue>`: lets the caller wait. */
export type Enqueue = {
  readonly verb: 'Enqueue';
  readonly queue: string;
  readonly waitUrl: string | undefined;
  readonly waitMethod: Method;
  readonly action: string | undefined;
  readonly method: Method;
};

/** `<Dial>` of one number. */
export type Dial = {
  readonly verb: 'Dial';
  readonly number: string;
  readonly callerId: string | undefined;
  readonly timeoutMs: number;
  readonly action: string | undefined;
  readonly method: Method;
};

/** One instruction of a TwiML document. */
export type Verb =
  | Prompt
  | Gather
  | Stream
  | Enqueue
  | Dial
  | { readonly verb: 'Redirect'; readonly url: string; readonly method: Method }
  | { readonly verb: 'Reject'; readonly reason: 'busy' | 'rejected' }
  | { readonly verb: 'Hangup' }
  | { readonly verb: 'Leave' }
  | { readonly verb: 'unknown'; readonly name: string };

/** Thrown for a document that is no TwiML at all (Twilio's error 12100). */
export class TwimlError extends Error {}

/** Reads a TwiML document. Verbs the practice line does not know are kept as `unknown`. */
export function parseTwiml(source: string): readonly Verb[] {
  if (source.trim() === '') return [];
  const root = parsed(source);
  if (root.name !== 'Response') throw new TwimlError('The root element is not Response');
  return root.elements.map(verbOf);
}

function parsed(source: string): XmlElement {
  try {
    return parseXml(source);
  } catch (error) {
    if (error instanceof XmlError) throw new TwimlError(error.message, { cause: error });
    throw error;
  }
}

function verbOf(element: XmlElement): Verb {
  const prompt = promptOf(element);
  if (prompt !== undefined) return prompt;
  const { name, attributes } = element;
  switch (name) {
    case 'Gather':
      return gatherOf(element);
    case 'Connect':
      return streamOf(element);
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

function promptOf({ name, attributes, text }: XmlElement): Prompt | undefined {
  const loop = numberOf(attributes['loop'], 1);
  switch (name) {
    case 'Say':
      return { verb: 'Say', text: text.trim(), voice: attributes['voice'] ?? '', loop };
    case 'Play':
      return { verb: 'Play', url: text.trim(), digits: attributes['digits'] ?? '', loop };
    case 'Pause':
      return { verb: 'Pause', ms: numberOf(attributes['length'], 1) * 1000 };
    default:
      return undefined;
  }
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
    ...actionOf(attributes),
    actionOnEmptyResult: attributes['actionOnEmptyResult'] === 'true',
    prompts: elements.map(promptOf).filter(prompt => prompt !== undefined),
  };
}

function streamOf({ name, attributes, elements }: XmlElement): Verb {
  const stream = elements.find(element => element.name === 'Stream');
  if (stream === undefined) return { verb: 'unknown', name };
  const parameters = stream.elements
    .filter(element => element.name === 'Parameter')
    .map(({ attributes: own }) => [own['name'] ?? '', own['value'] ?? '']);
  return {
    verb: 'Stream',
    url: stream.attributes['url'] ?? '',
    name: stream.attributes['name'] ?? '',
    parameters: Object.fromEntries(parameters),
    statusCallback: stream.attributes['statusCallback'],
    statusCallbackMethod: methodOf(stream.attributes['statusCallbackMethod']),
    ...actionOf(attributes),
  };
}

function dialOf({ name, attributes, elements, text }: XmlElement): Verb {
  const noun = elements[0];
  if (noun !== undefined && noun.name !== 'Number') {
    return { verb: 'unknown', name: `${name} ${noun.name}` };
  }
  return {
    verb: 'Dial',
    number: (noun?.text ?? text).trim(),
    callerId: attributes['callerId'],
    timeoutMs: numberOf(attributes['timeout'], 30) * 1000,
    ...actionOf(attributes),
  };
}

function actionOf(attributes: XmlElement['attributes']): {
  action: string | undefined;
  method: Method;
} {
  return { action: attributes['action'], method: methodOf(attributes['method']) };
}

function methodOf(value: string | undefined): Method {
  return value?.toUpperCase() === 'GET' ? 'GET' : 'POST';
}

function numberOf(value: string | undefined, otherwise: number): number {
  const number = Number(value);
  return value === undefined || value.trim() === '' || !(number >= 0) ? otherwise : number;
}
