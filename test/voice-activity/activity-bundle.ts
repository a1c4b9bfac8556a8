import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { external, nodeTarget, voiceModel } from '../../build/main-bundle.ts';
import { forkHelpers } from '../../electron/processes/fork-helper.ts';
import type { LaunchVoiceActivity } from '../../electron/voice-activity/activity-link.ts';
import type {
  VoiceActivityReport,
  VoiceActivityRequest,
} from '../../electron/voice-activity/voice-activity-messages.ts';
import { VOICE_ACTIVITY_PROCESS } from '../../electron/voice-activity/voice-activity-messages.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** Bundles the process that listens for voices as the app has it. @returns the folder, to be removed */
export async function bundleVoiceActivity(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'voice-activity-'));
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await build({
    root: PROJECT,
    configFile: false,
    logLevel: 'silent',
    plugins: [voiceModel()],
    ssr: { noExternal: true },
    build: {
      ssr: join(PROJECT, `electron/voice-activity/${VOICE_ACTIVITY_PROCESS.name}.ts`),
      target: nodeTarget,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { external, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  });
  return folder;
}

/** Starts it as a child of this process. */
export function launchFrom(folder: string): LaunchVoiceActivity {
  return forkHelpers(folder)<VoiceActivityRequest, VoiceActivityReport>(VOICE_ACTIVITY_PROCESS);
}
