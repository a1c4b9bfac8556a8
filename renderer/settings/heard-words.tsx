import { useEffect, useState } from 'react';
import { SPEECH_LEVEL } from '../reach/talking-unheard.ts';
import { onDeskLevels } from '../waveform/call-levels.ts';

type Heard = 'none' | 'quiet' | 'heard';

const WORDS: Readonly<Record<Heard, string>> = {
  none: 'No microphone is open.',
  quiet: 'Say something to see it move.',
  heard: 'We hear you. This test stays on this computer.',
};

const KEPT_MS = 2500;

/** Whether the microphone picks up speech, in words. */
export function HeardWords() {
  const [heard, setHeard] = useState<Heard>('quiet');
  useEffect(() => {
    let heardAt = Number.NEGATIVE_INFINITY;
    return onDeskLevels(({ captured }) => {
      const now = performance.now();
      if (captured !== null && captured >= SPEECH_LEVEL) heardAt = now;
      setHeard(captured === null ? 'none' : now - heardAt < KEPT_MS ? 'heard' : 'quiet');
    });
  }, []);
  return <span data-heard={heard}>{WORDS[heard]}</span>;
}
