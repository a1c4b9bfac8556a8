import type { EndedCall, LiveCall } from '../../electron/core/call.ts';
import { agentsOf } from '../../electron/core/room.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import type { ToldSegment } from '../../electron/core/transcript.ts';
import { nameInState, shortName } from '../words/names.ts';
import { joinNames, legNamesIn, programName } from '../words/room-words.ts';

/** How those who speak on a call are named in its transcript. */
export type Voices = {
  readonly them: string;
  /** Who speaks on this side where the words do not say who. */
  readonly us: string;
  /** Who hears a whisper, or a text that only the agent gets. */
  readonly agent: string;
};

/** Names those who speak on a live call, or spoke on one that is over. */
export function voicesOf(call: LiveCall | EndedCall, state: ConsoleState): Voices {
  if (call.status === 'ended') {
    const all = [call.them, ...call.others];
    const others = joinNames(call.others.map(other => shortName(other, all)));
    const agent = others === '' ? 'the agent' : others;
    const us = call.kind === 'supervised' && others !== '' ? others : 'You';
    return { them: shortName(call.them, all), us, agent };
  }
  const name = legNamesIn(call, state);
  const agents = joinNames(agentsOf(call.room?.legs ?? []).map(name));
  return {
    them: nameInState(call, state),
    us: call.kind === 'supervised' && agents !== '' ? agents : 'You',
    agent: call.agent?.name ?? (agents === '' ? 'the agent' : agents),
  };
}

/** A speaker as a line names them, and what is special about how it was said. */
export type Voice = { readonly name: string; readonly tag: string | null };

/** Who spoke a piece: `Dana`, `You`, `you → Maria (whisper)`. */
export function voiceOf(
  { speaker, who, whispered, by }: Pick<ToldSegment, 'speaker' | 'who' | 'whispered' | 'by'>,
  { them, us, agent }: Voices,
): Voice {
  const here = who === null ? null : firstName(who);
  if (whispered) return { name: `${here ?? 'you'} → ${agent}`, tag: '(whisper)' };
  if (speaker === 'them') return { name: here ?? them, tag: null };
  if (by === 'said') return { name: 'You', tag: '(spoken for you)' };
  return { name: here ?? us, tag: null };
}

/** The first name of somebody the line names; a program keeps what tells that it is one. */
function firstName(who: string): string {
  const program = /^(.*) AI$/.exec(who)?.[1];
  if (program !== undefined) return programName(program);
  const party = /^(?:\+|client:|sips?:)/i.test(who)
    ? { number: who, name: null }
    : { number: '', name: who };
  return shortName(party);
}
