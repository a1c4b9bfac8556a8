import { findOperation, type ValueSchema } from './twilio-description.ts';
import { checkOfAnswer } from './twilio-values.ts';

/** An answer of Twilio's API and what it answers. */
type ApiAnswer = {
  readonly method: string;
  /** The path with its query; an origin before it is ignored. */
  readonly url: string;
  readonly status: number;
  /** The body parsed, or null when it is empty. */
  readonly json: unknown;
};

/** What every refusal says. Source: https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions */
const REFUSAL: ValueSchema = {
  type: 'object',
  properties: {
    code: { type: 'integer' },
    message: { type: 'string' },
    more_info: { type: 'string', format: 'uri' },
    status: { type: 'integer' },
  },
};

/** What Twilio's published description holds against an answer, in words; empty when it is valid. */
export function checkAnswer({ method, url, status, json }: ApiAnswer): string[] {
  if (status >= 400) return faultsOf(REFUSAL, json);
  const { pathname } = new URL(url, 'https://api.twilio.com');
  const found = findOperation(method, pathname);
  if (found === undefined) return [`Twilio describes no ${method} ${pathname}`];
  const { answers } = found.operation;
  const schema = answers.get(status);
  if (schema === undefined) return [`the status must be ${[...answers.keys()].join(' or ')}`];
  if (schema === null) return json === null ? [] : ['the answer must be empty'];
  return faultsOf(schema, json);
}

function faultsOf(schema: ValueSchema, json: unknown): string[] {
  return checkOfAnswer(schema)(json).map(({ at, fault }) => `${at || 'the answer'} ${fault}`);
}
