import { parse } from 'node:querystring';

/** The fields of a webhook; a field sent twice keeps all its values. */
export type WebhookParams = Readonly<Record<string, string | readonly string[]>>;

/** A field of a form; when it was sent twice, the first. */
export function text(value: string | readonly string[] | undefined): string {
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}

/** Reads the fields of a form. No form of Twilio's has near 1000 fields; more are not read. */
export function formFields(form: string): WebhookParams {
  return Object.fromEntries(
    Object.entries(parse(form)).map(([name, value]) => [name, value ?? '']),
  );
}

/** Reads the fields of the query of an address; of one sent twice, the first. */
export function queryFields(url: string): Readonly<Record<string, string>> {
  const at = url.indexOf('?');
  const fields = at < 0 ? [] : Object.entries(formFields(url.slice(at + 1)));
  return Object.fromEntries(fields.map(([name, value]) => [name, text(value)]));
}

/** Reads the fields of a JSON object, what is nested as JSON; null when the text is no object. */
export function jsonFields(json: string): WebhookParams | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json === '' ? '{}' : json);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
