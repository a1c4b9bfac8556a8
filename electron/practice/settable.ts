import { type Form, methodIn, textIn } from './form.ts';
import type { Method } from './webhooks.ts';

/** Which of its properties each field of a form sets. */
type Fields<Property extends string> = Readonly<Record<string, Property>>;

/** A resource that remembers when it was changed, in milliseconds since the epoch. */
type Settable<Text extends string, Way extends string> = Record<Text, string> &
  Record<Way, Method> & { changedAt: number };

/** Sets what a form has of a resource's texts and HTTP methods; the rest stays. */
export function setFields<Text extends string, Way extends string>(
  resource: Settable<NoInfer<Text>, NoInfer<Way>>,
  form: Form,
  fields: { readonly texts: Fields<Text>; readonly methods: Fields<Way> },
  at: number,
): void {
  const texts: Record<Text, string> = resource;
  const methods: Record<Way, Method> = resource;
  for (const [field, property] of entriesOf(fields.texts)) {
    texts[property] = textIn(form, field) ?? texts[property];
  }
  for (const [field, property] of entriesOf(fields.methods)) {
    if (textIn(form, field) !== undefined) methods[property] = methodIn(form, field);
  }
  resource.changedAt = at;
}

function entriesOf<Value>(fields: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(fields);
}
