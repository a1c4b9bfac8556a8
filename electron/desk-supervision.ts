import { type Agents, createAgents } from './agent/agents.ts';
import type { Engine } from './audio/engine.ts';
import { PRACTICE_AGENT_NAME } from './core/agent.ts';
import type { CallId } from './core/call.ts';
import { type Clock, within } from './core/clock.ts';
import type { RoomNews } from './core/conference.ts';
import type { LineRooms } from './core/line-rooms.ts';
import type { Problem } from './core/problem.ts';
import { Scope } from './core/scope.ts';
import type { ConsoleState } from './core/state.ts';
import type { FactLane, Step } from './fact-lane.ts';
import type { Log } from './log.ts';
import { createAccountWatch } from './supervision/account-watch.ts';
import { createSupervision, type Supervision } from './supervision/supervision.ts';

/** What supervision at this desk needs of the rest. */
type DeskSupervisionPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly lane: FactLane;
  readonly engine: Engine;
  /** Raises a standing problem, or ends it with null. */
  readonly problem: (id: string, found: Problem | null) => void;
  /** The conferences of the line in use; null while it is down. */
  readonly rooms: () => LineRooms | null;
  readonly nameOf: (number: string) => string | null;
  /** Names this desk to others. */
  readonly deskName: () => string;
  /** The program of a voice agent that the practice line lends; null when it was not used yet. */
  readonly practiceAgent: () => string | null;
};

/** Everything about calls of others, people on calls of this desk, and its voice agents. */
export type DeskSupervision = {
  readonly supervision: Supervision;
  /** Takes over what Twilio told unasked. */
  readonly told: (news: RoomNews) => void;
  /** The other side of a call pressed keys. */
  readonly pressed: (callId: CallId, digits: string) => void;
  /** Whether somebody looks at the account. */
  readonly watched: (on: boolean) => void;
  /** Reads what is live on the account, so that it is known. Takes 5 s at most. */
  readonly readAccount: () => Promise<void>;
  /** Does what a step of the fact lane means here. */
  readonly follow: (step: Step) => void;
  readonly close: () => Promise<void>;
};

/** How long a command may wait until the account was read, in ms. */
const READ_LIMIT_MS = 5000;

/** Builds it. */
export function createDeskSupervision(ports: DeskSupervisionPorts): DeskSupervision {
  const { clock, log, newId, lane, engine, problem, rooms, deskName } = ports;
  const scope = new Scope(error => log.error({ err: error }, 'closing supervision failed'));
  const agents: Agents = createAgents({
    clock,
    log,
    newId,
    state: lane.state,
    emit: lane.emit,
    program: () => agentProgram(lane.state(), ports.practiceAgent()),
    problem,
    earsOf: engine.earsOf,
    whispers: engine.whispers,
    closeGate: engine.closeGate,
    playInto: engine.playInto,
    stopPlaying: engine.stopPlaying,
  });
  scope.add(() => agents.close());
  const supervision = createSupervision({
    clock,
    log,
    newId: () => `call-${newId()}`,
    state: lane.state,
    emit: lane.emit,
    problem,
    rooms,
    closeGate: engine.closeGate,
    drained: engine.drained,
    deskName,
    nameOf: ports.nameOf,
    look: () => watch.look(),
    instruct: agents.instruct,
    lastSpokeAt: engine.lastSpokeAt,
    agent: agents,
  });
  const watch = createAccountWatch({
    clock,
    log,
    read: () => rooms()?.read() ?? null,
    state: lane.state,
    emit: lane.emit,
    nameOf: ports.nameOf,
    deskName,
    onRead: (calls, own) => supervision.lookedAt(calls, own),
  });
  scope.add(() => watch.close());
  scope.add(() => supervision.close());
  return {
    supervision,
    told: news => {
      supervision.told(news);
      watch.look();
    },
    pressed: agents.press,
    watched: on => watch.watched(on),
    readAccount: () => within(clock, READ_LIMIT_MS, watch.read()),
    follow: step => {
      watch.follow(step.event);
      agents.follow(step.event);
      // What plays into a call would go on while other ears come to hear it.
      if (step.event.event === 'mode-requested') engine.stopPlaying(step.event.callId);
      supervision.follow(step);
      if (isDeviceLost(step)) supervision.stepBack('device');
    },
    close: () => scope.close(),
  };
}

/** The voice agent's program of the settings, or the one that the practice line lends. */
function agentProgram({ settings, line }: ConsoleState, practiceUrl: string | null) {
  const { agentUrl, agentName } = settings;
  if (agentUrl !== null) return { url: agentUrl, name: agentName };
  if (practiceUrl === null || line.kind !== 'practice') return null;
  return { url: practiceUrl, name: PRACTICE_AGENT_NAME };
}

/** Whether the microphone or the speaker was there and is no longer: nobody speaks well to a call they do not hear. */
function isDeviceLost({ before, after }: Step): boolean {
  return (['input', 'output'] as const).some(
    side => before.sound[side].status === 'open' && after.sound[side].status === 'failed',
  );
}
