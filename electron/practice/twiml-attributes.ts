import type { CallbackNoun } from './verb.ts';
import type { Method } from './webhooks.ts';

/** The attributes of an element. */
type Attributes = Readonly<Record<string, string>>;

/** An HTTP method; POST unless GET is given. */
export function methodOf(value: string | undefined): Method {
  return value?.toUpperCase() === 'GET' ? 'GET' : 'POST';
}

/** A number of zero or more; `otherwise` for anything else. */
export function numberOf(value: string | undefined, otherwise: number): number {
  const number = Number(value);
  return value === undefined || value.trim() === '' || !(number >= 0) ? otherwise : number;
}

/** Where a verb goes on. */
export function actionOf(attributes: Attributes): { action: string | undefined; method: Method } {
  return { action: attributes['action'], method: methodOf(attributes['method']) };
}

/** The URL in attribute `name` with its method in `methodName`; undefined without a URL. */
export function callbackOf(
  attributes: Attributes,
  name: string,
  methodName = `${name}Method`,
): CallbackNoun | undefined {
  const url = attributes[name];
  if (url === undefined || url === '') return undefined;
  return { url, method: methodOf(attributes[methodName]) };
}

/** Those of `known` that a list of words names; `otherwise` when it names none. */
export function eventsOf<Event extends string>(
  list: string | undefined,
  known: readonly Event[],
  otherwise: Event,
): readonly Event[] {
  const asked = list?.split(/[\s,]+/) ?? [];
  const events = known.filter(event => asked.includes(event));
  return events.length === 0 ? [otherwise] : events;
}
