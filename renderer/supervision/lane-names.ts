import type { LiveCall } from '../../electron/core/call.ts';
import { agentsOf } from '../../electron/core/room.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { nameInState } from '../words/names.ts';
import { joinNames, legNamesIn, programName } from '../words/room-words.ts';
import { heardLegs } from './heard-legs.ts';
import { presentMode } from './mode-view.ts';

/** How the sound of a call is named. */
export type LaneNames = {
  /** What the customer hears: this desk, those who serve, or both. */
  readonly us: string;
  /** Whom this desk hears; while it hears nobody, whom it would. Never empty. */
  readonly heard: string;
};

/** Names the two sides of a live call by the people who speak on them. */
export function laneNames(call: LiveCall, state: ConsoleState): LaneNames {
  const customer = nameInState(call, state);
  const { room, agent } = call;
  if (room === null) {
    const serves = agent !== null && (agent.status === 'connecting' || agent.status === 'serving');
    return serves
      ? { us: programName(agent.name), heard: `${customer} and ${agent.name}` }
      : { us: 'You', heard: customer };
  }
  const name = legNamesIn(call, state);
  const joined = room.legs.filter(leg => leg.status === 'joined');
  const there = joined.filter(leg => !leg.held);
  const agents = agentsOf(there).map(name);
  const mode = presentMode(call);
  const speaks = call.kind === 'direct' || mode === 'barge' || mode === 'takeover';
  const us = joinNames(speaks ? ['You', ...agents] : agents);
  const whom = [heardLegs(room).heard, there, joined].find(legs => legs.length > 0) ?? [];
  return {
    us: us === '' ? 'Nobody' : us,
    heard: joinNames(whom.length === 0 ? [customer] : whom.map(name)),
  };
}
