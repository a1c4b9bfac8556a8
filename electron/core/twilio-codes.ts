import { formatPhoneNumber, type PhoneNumber } from './phone-number.ts';
import type { Problem } from './problem.ts';
import { SENTENCES } from './twilio-sentences.ts';

/** What else is known about a refusal. */
type CodeContext = {
  /** The number it is about. */
  readonly number?: PhoneNumber;
  /** Twilio's own words, for codes that have none here. */
  readonly said?: string;
};

/** Where Twilio explains one of its codes. */
export function codeLink(code: number): string {
  return `https://www.twilio.com/docs/api/errors/${code}`;
}

/** A Twilio code as a problem, with the address of its page; codes that are not known here are told as such. */
export function explainCode(code: number, context: CodeContext = {}): Problem {
  const told = { code: String(code), link: codeLink(code) };
  const sentence = SENTENCES[code];
  if (sentence === undefined) {
    const { said } = context;
    return {
      kind: 'refused-by-twilio',
      message:
        said === undefined || said === ''
          ? `Twilio reported code ${code}.`
          : `Twilio said: ${said}`,
      remedy: `Read what Twilio writes about code ${code}.`,
      ...told,
    };
  }
  const number = context.number === undefined ? 'this number' : formatPhoneNumber(context.number);
  const message = sentence.message.replaceAll('{number}', number);
  return {
    kind: sentence.kind ?? 'refused-by-twilio',
    message: `${message.charAt(0).toUpperCase()}${message.slice(1)}`,
    remedy: sentence.remedy,
    ...told,
  };
}
