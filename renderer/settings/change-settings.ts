import type { SettingsChange } from '../../electron/core/settings.ts';
import { act } from '../state/refusals.ts';

/** Changes some settings; they are shown once the main process has taken them. */
export function changeSettings(settings: SettingsChange): void {
  act({ command: 'change-settings', settings });
}
