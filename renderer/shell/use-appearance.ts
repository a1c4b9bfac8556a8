import { useEffect } from 'react';
import { platform } from '../earshot.ts';
import { usePlace } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { pausePainters, wakePainters } from '../waveform/painters.ts';

/** Puts theme and system onto the document, and lets waveforms stand still on request. */
export function useAppearance(): void {
  const theme = useConsole(state => state.settings.theme);
  const paused = usePlace(place => place.paused);
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset['platform'] = platform;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
    wakePainters();
  }, [theme]);
  useEffect(() => pausePainters(paused), [paused]);
}
