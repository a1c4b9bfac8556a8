/** Ends a switch over a union: a compile error when a variant is missing, a thrown error when data lies. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected variant: ${JSON.stringify(value)}`);
}
