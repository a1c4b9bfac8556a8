import type { LiveCall } from '../core/call.ts';
import type { Mode } from '../core/room.ts';
import { wrongState } from './sentences.ts';
import type { SupervisionPorts } from './session.ts';

/** Whether a voice agent of this desk serves the call, so that nothing is asked of Twilio. */
export function isServedHere({ agent, room }: LiveCall): boolean {
  return agent !== null && room === null;
}

/** Changes what this desk does in a call that its own voice agent serves. @param text said to the agent alone */
export async function agentMode(
  { agent, instruct }: SupervisionPorts,
  call: LiveCall,
  mode: Mode,
  text: string | null,
): Promise<void> {
  const { id } = call;
  if (text !== null) {
    if (mode !== 'whisper') throw wrongState('A text is only whispered.', 'Whisper the text.');
    return instruct(id, text);
  }
  if (mode !== 'whisper' && call.agent?.whispered === true) await agent.whisper(id, false);
  switch (mode) {
    case 'whisper':
      return agent.whisper(id, true);
    case 'barge':
      return agent.silence(id);
    case 'takeover':
      return agent.dismiss(id);
    case 'listen':
      return agent.serve(id);
  }
}
