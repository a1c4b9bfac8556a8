import type { Command } from '../core/commands.ts';
import type { ConsoleState } from '../core/state.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { writeContentOutside } from '../recording/outside-file.ts';
import { notAvailable } from './targets.ts';

/** What the command acts on. */
type DiagnosticsTargets = {
  readonly lane: { readonly state: () => ConsoleState };
  /** Null where none are collected. */
  readonly diagnostics: Pick<Diagnostics, 'pack'> | null;
  /** Earshot's own folder: nothing is exported there. */
  readonly dataDir: string;
};

/** Writes what helps to find a fault to a zip of its own; it tells of nobody. */
export async function exportDiagnostics(
  { path }: Extract<Command, { command: 'export-diagnostics' }>,
  { lane, diagnostics, dataDir }: DiagnosticsTargets,
): Promise<undefined> {
  if (diagnostics === null) throw notAvailable('This run collects no diagnostics.');
  const zip = diagnostics.pack(lane.state());
  await writeContentOutside(zip, { path, own: [dataDir], of: 'report' });
}
