import { Ajv, type ErrorObject, type Format, type ValidateFunction } from 'ajv';
import type { ValueSchema } from './twilio-description.ts';

/** Tells what is wrong with a value: each fault with the place it is at, '' for the value itself. */
type ValueCheck = (value: unknown) => readonly { readonly at: string; readonly fault: string }[];

/** Applications and trunks: an empty text takes them away, and tells in answers that there is none. */
const OPTIONAL_SID = /^\^(AP|TK)/;

const ABSOLUTE_URL = /^(https?|wss?):\/\/[^\s/]+/;

/** The formats of Twilio's description that say something about a text; the rest name objects. */
const FORMATS: Readonly<Record<string, Format>> = {
  'phone-number': /^(\+[1-9]\d{6,14}|\d{3,8}|[a-z]+:\S+|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/,
  endpoint: /^(\+[1-9]\d{6,14}|client:\S+|sips?:\S+@\S+|app:AP[0-9a-fA-F]{32}\S*)$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
  'date-time-rfc-2822':
    /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
  'http-method': /^(GET|POST)$/,
  'iso-country-code': /^[A-Z]{2}$/,
  currency: /^[A-Za-z]{3}$/,
  twiml: /^\s*(<\?xml[^>]*>\s*)?<Response[\s>/]/,
  int32: true,
  int64: true,
  'uri-map': true,
  'phone-number-capabilities': true,
  'ice-server': true,
};

// An empty address in a request takes the present one away.
const requests = createAjv(text => text === '' || ABSOLUTE_URL.test(text));

// In an answer an address may also be a path of the API, as those of the next and the previous page.
const answers = createAjv(text => text === '' || text.startsWith('/') || ABSOLUTE_URL.test(text));

// A schema belongs to a parameter or to an answer, never to both.
const compiled = new WeakMap<ValueSchema, ValidateFunction>();

/** Checks a parameter's value. */
export function checkOfParameter(schema: ValueSchema): ValueCheck {
  return checkOf(requests, schema);
}

/**
 * Checks an answer. Twilio's API answers with every property it describes, null where there is
 * nothing to tell, and with no other: so do all examples of the published description.
 */
export function checkOfAnswer(schema: ValueSchema): ValueCheck {
  return checkOf(answers, schema);
}

function createAjv(isUri: (text: string) => boolean): Ajv {
  return new Ajv({ strict: false, allErrors: true, formats: { ...FORMATS, uri: isUri } });
}

function checkOf(ajv: Ajv, schema: ValueSchema): ValueCheck {
  const validate = compiled.get(schema) ?? ajv.compile(jsonSchemaOf(schema));
  compiled.set(schema, validate);
  return value => (validate(value) ? [] : (validate.errors ?? []).map(faultOf));
}

/** OpenAPI 3.0's way to say things as JSON Schema says them: null is a type and one of the values. */
function jsonSchemaOf(schema: ValueSchema): object {
  const { type, nullable = false, items, properties, pattern, enum: values, ...rest } = schema;
  return {
    ...rest,
    ...(type && { type: nullable ? [type, 'null'] : type }),
    ...(pattern && { pattern: OPTIONAL_SID.test(pattern) ? `^$|${pattern}` : pattern }),
    ...(values && { enum: nullable ? [...values, null] : values }),
    ...(items && { items: jsonSchemaOf(items) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, jsonSchemaOf(value)]),
      ),
      required: Object.keys(properties),
      additionalProperties: false,
    }),
  };
}

function faultOf(error: ErrorObject) {
  return { at: placeOf(error.instancePath), fault: wordsOf(error) };
}

/** `/calls/0/sid` as a reader writes it: `calls[0].sid`. */
function placeOf(pointer: string): string {
  return pointer
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.')
    .replace(/^\./, '');
}

function wordsOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'required') return `lacks ${params['missingProperty']}`;
  if (keyword === 'additionalProperties') return `has an unknown ${params['additionalProperty']}`;
  if (keyword === 'enum') return `must be one of ${params['allowedValues'].join(', ')}`;
  return message ?? keyword;
}
