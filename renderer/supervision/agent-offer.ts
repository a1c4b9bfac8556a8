import { PRACTICE_AGENT_NAME } from '../../electron/core/agent.ts';
import type { LiveCall } from '../../electron/core/call.ts';
import type { ConsoleState } from '../../electron/core/state.ts';

/** The name of the voice agent that a call can be given to now; null when it can be given to none. */
export function agentFor(
  { kind, carrier, room, agent }: LiveCall,
  { settings, line }: Pick<ConsoleState, 'settings' | 'line'>,
): string | null {
  const isFree = agent === null || agent.status === 'lost';
  if (kind !== 'direct' || carrier !== 'stream' || room !== null || !isFree) return null;
  if (settings.agentUrl !== null) return settings.agentName;
  return line.kind === 'practice' ? PRACTICE_AGENT_NAME : null;
}
