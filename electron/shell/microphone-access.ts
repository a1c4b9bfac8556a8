import { systemPreferences } from 'electron/main';
import type { MicrophoneAccess } from '../audio/microphone-permission.ts';

/** macOS asks the person for the microphone once; other systems ask nobody. */
export function microphoneAccess(): MicrophoneAccess | null {
  if (process.platform !== 'darwin') return null;
  return {
    status: () => {
      const status = systemPreferences.getMediaAccessStatus('microphone');
      if (status === 'granted') return 'granted';
      return status === 'denied' || status === 'restricted' ? 'denied' : 'unknown';
    },
    ask: () => systemPreferences.askForMediaAccess('microphone'),
  };
}
