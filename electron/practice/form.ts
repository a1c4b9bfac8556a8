import { z } from 'zod';
import { ApiError } from './api-error.ts';
import type { Method } from './webhooks.ts';

/** The body of a POST or the query of a GET: each field with all its values. */
export type Form = Readonly<Record<string, readonly string[]>>;

const fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Reads what fastify parsed. Throws `ApiError` when it is no form. */
export function parseForm(body: unknown): Form {
  const parsed = fields.safeParse(body ?? {});
  if (!parsed.success) throw new ApiError(400, 20001, 'The parameters are not valid');
  return Object.fromEntries(
    Object.entries(parsed.data).map(([name, value]) => [name, [value].flat()]),
  );
}

/** The first value of a field; undefined when it is absent. */
export function textIn(form: Form, name: string): string | undefined {
  return form[name]?.[0];
}

/** A field that is an HTTP method; POST when it is absent or anything but GET. */
export function methodIn(form: Form, name: string): Method {
  return textIn(form, name)?.toUpperCase() === 'GET' ? 'GET' : 'POST';
}

/** A field that is a whole number in a range. Throws `ApiError` 20001 otherwise. */
export function wholeNumberIn(
  form: Form,
  name: string,
  range: { readonly from: number; readonly to: number; readonly otherwise: number },
): number {
  const text = textIn(form, name);
  if (text === undefined || text === '') return range.otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < range.from || value > range.to) {
    throw new ApiError(400, 20001, `The parameter ${name} is not valid`);
  }
  return value;
}
