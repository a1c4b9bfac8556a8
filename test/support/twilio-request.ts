import { findOperation, type Parameter, type ValueSchema } from './twilio-description.ts';
import { checkOfParameter } from './twilio-values.ts';

/** A request to Twilio's API as it went over the wire. */
type ApiRequest = {
  readonly method: string;
  /** The path with its query; an origin before it is ignored. */
  readonly url: string;
  readonly contentType: string | undefined;
  readonly body: string;
};

const FORM = 'application/x-www-form-urlencoded';

/** What Twilio's published description holds against a request, in words; empty when it is valid. */
export function checkRequest({ method, url, contentType, body }: ApiRequest): string[] {
  const { pathname, searchParams } = new URL(url, 'https://api.twilio.com');
  const found = findOperation(method, pathname);
  if (found === undefined) return [`Twilio describes no ${method} ${pathname}`];
  const { operation, values } = found;
  const isForm = contentType?.split(';')[0]?.trim().toLowerCase() === FORM;
  const form = new URLSearchParams(body);
  return [
    ...checkParameters('path', operation.path, new URLSearchParams(values)),
    ...checkParameters('query', operation.query, searchParams),
    ...(body !== '' && !isForm ? ['the body is not a form'] : []),
    ...checkParameters('form', operation.form ?? [], form),
    ...operation.oneOf
      .filter(names => !names.some(name => form.has(name)))
      .map(names => `form: one of ${names.join(', ')} is missing`),
  ];
}

function checkParameters(
  place: 'path' | 'query' | 'form',
  known: readonly Parameter[],
  given: URLSearchParams,
): string[] {
  const names = new Set(known.map(({ name }) => name));
  const unknown = [...new Set(given.keys())].filter(name => !names.has(name));
  return [
    ...unknown.map(name => `${place}: ${name} is unknown`),
    ...known.flatMap(parameter =>
      checkValues(parameter, given.getAll(parameter.name)).map(fault => `${place}: ${fault}`),
    ),
  ];
}

function checkValues({ name, required, schema }: Parameter, texts: readonly string[]): string[] {
  const [first] = texts;
  if (first === undefined) return required ? [`${name} is missing`] : [];
  if (schema.items === undefined && texts.length > 1) return [`${name} is given more than once`];
  const item = schema.items;
  const value = item === undefined ? readAs(schema, first) : texts.map(text => readAs(item, text));
  return checkOfParameter(schema)(value).map(({ at, fault }) => `${name}${at} ${fault}`);
}

/** The value that a text stands for; the text itself when it stands for none of the type. */
function readAs({ type }: ValueSchema, text: string): unknown {
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) {
    return Number(text);
  }
  return type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text;
}
