import { useEffect } from 'react';
import { act } from '../state/refusals.ts';

/** Opens microphone and speaker for a test while what uses it is on screen. It reaches nobody. */
export function useSoundCheck(): void {
  useEffect(() => {
    const check = () => act({ command: 'sound-check', on: document.visibilityState === 'visible' });
    check();
    document.addEventListener('visibilitychange', check);
    return () => {
      document.removeEventListener('visibilitychange', check);
      act({ command: 'sound-check', on: false });
    };
  }, []);
}
