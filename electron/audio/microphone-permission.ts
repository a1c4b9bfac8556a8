/** What the system lets this app do with the microphone: macOS asks the person once. */
export type MicrophoneAccess = {
  readonly status: () => 'granted' | 'denied' | 'unknown';
  /** Lets the system ask. Resolves to whether the microphone may be used. */
  readonly ask: () => Promise<boolean>;
};

/** Whether the microphone may be opened now: `asking` until the person has answered. */
type Permission = 'granted' | 'denied' | 'asking';

/**
 * Asks for the microphone at most once, when it is needed for the first time.
 * @param access null where the system asks nobody
 * @param onAnswer told once the person has answered
 * @returns what holds now; looked up each time, since it can be changed in the system's settings
 */
export function createMicrophonePermission(
  access: MicrophoneAccess | null,
  onAnswer: () => void,
): () => Permission {
  let asked = false;
  let answer: Permission = 'asking';
  return () => {
    if (access === null) return 'granted';
    const status = access.status();
    if (status !== 'unknown') return status;
    if (!asked) {
      asked = true;
      const answered = (granted: boolean): void => {
        answer = granted ? 'granted' : 'denied';
        onAnswer();
      };
      access.ask().then(answered, () => answered(false));
    }
    return answer;
  };
}
