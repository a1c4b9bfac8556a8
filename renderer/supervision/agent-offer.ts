import type { LiveCall } from '../../electron/core/call.ts';
import type { ConsoleState } from '../../electron/core/state.ts';

/** The voice agent that the practice line lends. Source: electron/desk-supervision.ts */
const PRACTICE_AGENT = 'Booker';

/** The name of the voice agent that a call can be given to now; null when it can be given to none. */
export function agentFor(
  { kind, carrier, room, agent }: LiveCall,
  { settings, line }: Pick<ConsoleState, 'settings' | 'line'>,
): string | null {
  const isFree = agent === null || agent.status === 'lost';
  if (kind !== 'direct' || carrier !== 'stream' || room !== null || !isFree) return null;
  if (settings.agentUrl !== null) return settings.agentName;
  return line.kind === 'practice' ? PRACTICE_AGENT : null;
}
