/** One thing a scripted person does on the line. Times in milliseconds. */
export type Step =
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'pause'; readonly ms: number }
  /** Waits until the other side has spoken and is quiet again, or has not begun within `atMostMs`. */
  | { readonly do: 'listen'; readonly atMostMs: number }
  /** Waits until the other side begins to speak, at most `atMostMs`. */
  | { readonly do: 'wait-for-voice'; readonly atMostMs: number }
  /** Waits until the other side has been quiet for `quietMs`, at most `atMostMs`. */
  | { readonly do: 'wait-for-quiet'; readonly quietMs: number; readonly atMostMs: number }
  | { readonly do: 'tone'; readonly hz: number; readonly ms: number }
  | { readonly do: 'chirp'; readonly fromHz: number; readonly toHz: number; readonly ms: number }
  | { readonly do: 'music'; readonly ms: number }
  /** Says back what is heard, `delayMs` later. */
  | { readonly do: 'echo'; readonly delayMs: number; readonly ms: number }
  | { readonly do: 'press'; readonly digits: string }
  | { readonly do: 'repeat'; readonly times: number; readonly steps: readonly Step[] };

/** What a person does from picking up on, step by step; when it is over they hang up. */
export type Script = readonly Step[];

/** Says a sentence once the other side lets them: after half a second of quiet, or six seconds of being talked over. */
export function say(text: string): Script {
  return [
    { do: 'wait-for-quiet', quietMs: 500, atMostMs: 6000 },
    { do: 'say', text },
  ];
}

/** Says a sentence whoever else speaks. */
export function blurt(text: string): Step {
  return { do: 'say', text };
}

/** Says nothing for a while. */
export function pause(ms: number): Step {
  return { do: 'pause', ms };
}

/** Lets the other side answer; goes on when they do not begin within `atMostMs`. */
export function listen(atMostMs: number): Step {
  return { do: 'listen', atMostMs };
}

/** Every sentence of a script in the order of first use. */
export function sentencesOf(script: Script): string[] {
  const sentences = script.flatMap(step => {
    if (step.do === 'say') return [step.text];
    return step.do === 'repeat' ? sentencesOf(step.steps) : [];
  });
  return [...new Set(sentences)];
}
