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
  /** Whom this desk hears. */
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
  const there = room.legs.filter(leg => leg.status === 'joined' && !leg.held);
  const agents = agentsOf(there).map(name);
  const mode = presentMode(call);
  const speaks = call.kind === 'direct' || mode === 'barge' || mode === 'takeover';
  const us = joinNames(speaks ? ['You', ...agents] : agents);
  const { heard } = heardLegs(room);
  return {
    us: us === '' ? 'Nobody' : us,
    heard: joinNames((heard.length === 0 ? there : heard).map(name)),
  };
}
