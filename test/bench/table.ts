/** One figure: what it is, what was measured, what is allowed (`-` where nothing is). */
export type Row = { readonly name: string; readonly value: string; readonly budget: string };

/** Prints figures under a heading, in columns. */
export function printTable(heading: string, rows: readonly Row[]): void {
  const width = (column: keyof Row): number => Math.max(...rows.map(row => row[column].length));
  const lines = rows.map(
    row =>
      `  ${row.name.padEnd(width('name'))}  ${row.value.padStart(width('value'))}   budget ${row.budget}`,
  );
  process.stdout.write(`\n${heading}\n${lines.join('\n')}\n`);
}

/** A budget and whether the figure keeps it. */
export function verdict(value: number, most: number, unit: string): string {
  return `≤ ${most}${unit} ${value <= most ? 'kept' : 'EXCEEDED'}`;
}

/** The value below which `share` of the values lie; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
