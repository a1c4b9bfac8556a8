/** What the voice agent is called that the practice line lends. */
export const PRACTICE_AGENT_NAME = 'Booker';

/** The voice agent that serves a direct call: a program that Earshot connects the caller with. */
export type CallAgent = {
  readonly name: string;
  /** `serving`: it speaks with the caller. `silent`: the person here speaks, it only hears. `lost`: its program is gone. */
  readonly status: 'connecting' | 'serving' | 'silent' | 'lost';
  /** The microphone goes to it instead of to the caller. */
  readonly whispered: boolean;
};
