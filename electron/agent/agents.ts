import type { CallAgent } from '../core/agent.ts';
import type { Frame } from '../core/audio/frame.ts';
import { encodeMulaw } from '../core/audio/mulaw.ts';
import { asLive, type CallId, isTalk, type LiveCall } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import type { Fact, ToldEvent } from '../core/events.ts';
import type { Problem } from '../core/problem.ts';
import { type ConsoleState, findCall } from '../core/state.ts';
import type { Log } from '../log.ts';
import { type AgentLink, connectAgent } from './agent-link.ts';
import { noAddress, noAgent, takesNone, unreachable, wrongState } from './agent-problems.ts';
import { AgentVoice } from './agent-voice.ts';

/** What agents need of the rest. */
export type AgentsPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
  /** The program that serves calls, and its name for people; null when none is set up. */
  readonly program: () => { readonly url: string; readonly name: string } | null;
  /** Raises a standing problem, or ends it with null. */
  readonly problem: (id: string, problem: Problem | null) => void;
  /**
   * Shuts the microphone's gate to a call and takes back what is unheard, before it returns. It stays
   * shut until the person has let go and opens it anew.
   */
  readonly closeGate: (callId: CallId) => void;
  /** Tells the listener what the other side of a call says, until the returned function is called. */
  readonly earsOf: (
    callId: CallId,
    listener: (timestampMs: number, mulaw: Uint8Array) => void,
  ) => () => void;
  /** Tells the listener what the microphone says to the agent alone, until the returned function is called. */
  readonly whispers: (callId: CallId, listener: (frame: Frame) => void) => () => void;
  /** Sends a clip into a call; `onPlayed` is told once. */
  readonly playInto: (
    callId: CallId,
    samples: Int16Array,
    onPlayed: (whole: boolean) => void,
  ) => boolean;
  /** Cuts off what plays into a call, at once. */
  readonly stopPlaying: (callId: CallId) => void;
};

/** The voice agents of this desk's direct calls. All throw a `ProblemError` where they cannot. */
export type Agents = {
  /** Lets the agent of the settings serve a call, off hold if it was on; one that is there serves again. */
  readonly give: (callId: CallId) => void;
  /** The agent is heard no more and only hears; what it was saying is cut off. */
  readonly silence: (callId: CallId) => void;
  /** The agent serves again; one that was lost is connected anew. */
  readonly serve: (callId: CallId) => void;
  /** The agent leaves the call. */
  readonly dismiss: (callId: CallId) => void;
  /** The microphone goes to the agent alone, or no longer. Throws when its program does not take that. */
  readonly whisper: (callId: CallId, on: boolean) => void;
  /** Tells the agent something in words. Throws when its program takes none. */
  readonly instruct: (callId: CallId, text: string) => void;
  /** Does what an event means for agents. To be told every one, once the state has it. */
  /** The caller presses keys. */
  readonly press: (callId: CallId, digits: string) => void;
  readonly follow: (event: ToldEvent) => void;
  readonly close: () => void;
};

type Served = {
  readonly link: AgentLink;
  readonly voice: AgentVoice;
  readonly stopHearing: () => void;
  connected: boolean;
};

/** Builds the voice agents. */
export function createAgents(ports: AgentsPorts): Agents {
  const { clock, log, emit, state } = ports;
  const served = new Map<CallId, Served>();
  const complaints = new Set<CallId>();

  const agentOf = (callId: CallId): CallAgent | null => liveCall(state(), callId)?.agent ?? null;

  const changed = (callId: CallId, change: Partial<CallAgent>): readonly Fact[] => {
    const agent = agentOf(callId);
    if (agent === null) return [];
    return [{ event: 'agent-changed', callId, agent: { ...agent, ...change } }];
  };

  /**
   * Lets something happen after which others hear the microphone than before. Nobody hears it until a
   * second act: not by a talk key that is held already, either.
   */
  const inSilence = (callId: CallId, facts: readonly Fact[]): void => {
    ports.closeGate(callId);
    emit({ event: 'mute-changed', callId, on: true });
    for (const fact of facts) emit(fact);
    ports.closeGate(callId);
  };

  const complain = (callId: CallId, found: Problem | null): void => {
    if (found !== null) complaints.add(callId);
    else if (!complaints.delete(callId)) return;
    ports.problem(`agent-${callId}`, found);
  };

  const forget = (callId: CallId): void => {
    const known = served.get(callId);
    served.delete(callId);
    known?.stopHearing();
    known?.voice.close();
    known?.link.close();
  };

  const lost = (callId: CallId): void => {
    forget(callId);
    const agent = agentOf(callId);
    if (agent === null) return;
    const facts = changed(callId, { status: 'lost', whispered: false });
    // Who speaks in its place goes on; what was whispered to it must not reach the caller.
    if (agent.status === 'silent') for (const fact of facts) emit(fact);
    else inSilence(callId, facts);
    complain(callId, unreachable(agent));
  };

  const opened = (callId: CallId, known: Served): void => {
    known.connected = true;
    complain(callId, null);
    // It may have been silenced before it was there.
    if (agentOf(callId)?.status !== 'connecting') return;
    for (const fact of changed(callId, { status: 'serving' })) emit(fact);
  };

  const connect = (call: LiveCall & { readonly sid: string }, url: string): Served => {
    const { id } = call;
    const parameters = {
      from: call.them.number,
      to: call.ours,
      direction: call.direction,
      offers: 'instruction whisper',
    };
    const voice = new AgentVoice({
      clock,
      play: (samples, onPlayed) => ports.playInto(id, samples, onPlayed),
      stop: () => ports.stopPlaying(id),
      onMark: name => link.reached(name),
    });
    const link: AgentLink = connectAgent(url, {
      clock,
      log,
      call: {
        accountSid: state().line.accountSid,
        callSid: call.sid,
        streamSid: `MZ${ports.newId().replaceAll('-', '')}`,
        parameters,
      },
      onOpen: () => opened(id, known),
      onSound: mulaw => voice.say(mulaw),
      onMark: name => voice.mark(name),
      onClear: () => voice.clear(),
      onLost: () => lost(id),
    });
    const stopEars = ports.earsOf(id, (atMs, mulaw) => {
      if (!isHeld(state(), id)) link.hear(atMs, mulaw);
    });
    const stopWhispers = ports.whispers(id, frame => link.whisper(encodeMulaw(frame)));
    const stopHearing = (): void => {
      stopEars();
      stopWhispers();
    };
    const known: Served = { link, voice, stopHearing, connected: false };
    return known;
  };

  const knownOf = (callId: CallId): Served => {
    const known = served.get(callId);
    if (known === undefined) throw wrongState('No voice agent serves this call.');
    return known;
  };

  const begin = (callId: CallId): void => {
    const call = liveCall(state(), callId);
    if (!isTalk(call ?? undefined) || call?.sid == null || call.room !== null) {
      throw wrongState('Only a direct call can be given to the voice agent.');
    }
    const program = ports.program();
    if (program === null) throw noAgent();
    const { url, name } = program;
    const known = connectOr(noAddress(name), () => connect({ ...call, sid: call.sid ?? '' }, url));
    served.set(callId, known);
    const agent: CallAgent = { name, status: 'connecting', whispered: false };
    inSilence(callId, [{ event: 'agent-changed', callId, agent }, ...offHold(call)]);
  };

  const serveAgain = (callId: CallId, { connected }: Served): void => {
    const status = connected ? 'serving' : 'connecting';
    const facts = changed(callId, { status, whispered: false });
    inSilence(callId, [...facts, ...offHold(liveCall(state(), callId))]);
  };

  const serve = (callId: CallId): void => {
    const known = served.get(callId);
    if (known === undefined) begin(callId);
    else serveAgain(callId, known);
  };

  /** Decides anew whether the caller hears the agent: not on hold, where music plays. */
  const attune = (callId: CallId, { voice }: Served): void => {
    const call = liveCall(state(), callId);
    voice.heard = call?.agent?.status === 'serving' && call.heldAt === null;
    if (call === null || call.room === null) return;
    // Others may be there now whom nobody asked; what it was whispered must not reach them.
    forget(callId);
    if (call.agent?.whispered === true) emit({ event: 'mute-changed', callId, on: true });
    emit({ event: 'agent-changed', callId, agent: null });
  };

  /** What a person does who speaks from now on. */
  const toMicrophone = (callId: CallId): readonly Fact[] =>
    state().microphone === callId ? [] : [{ event: 'microphone-moved', callId }];

  return {
    give: serve,
    serve: callId => {
      if (agentOf(callId) === null) throw wrongState('No voice agent serves this call.');
      serve(callId);
    },
    silence: callId => {
      const { voice } = knownOf(callId);
      voice.heard = false;
      const facts = changed(callId, { status: 'silent', whispered: false });
      inSilence(callId, [...facts, ...toMicrophone(callId)]);
    },
    dismiss: callId => {
      if (agentOf(callId) === null) throw wrongState('No voice agent serves this call.');
      forget(callId);
      complain(callId, null);
      const gone: Fact = { event: 'agent-changed', callId, agent: null };
      inSilence(callId, [gone, ...toMicrophone(callId)]);
    },
    whisper: (callId, on) => {
      const { link } = knownOf(callId);
      if (on && agentOf(callId)?.status === 'silent') {
        throw wrongState('You speak in the agent’s place.', 'Hand the call back first.');
      }
      if (on && !link.accepts('whisper')) throw takesNone('hears nobody but the caller');
      const facts = changed(callId, { whispered: on });
      inSilence(callId, on ? [...facts, ...toMicrophone(callId)] : facts);
    },
    instruct: (callId, text) => {
      const { link } = knownOf(callId);
      if (!link.accepts('instruction')) throw takesNone('takes no words from here');
      link.instruct(text);
      emit({ event: 'agent-told', callId, text });
    },
    press: (callId, digits) => served.get(callId)?.link.press(digits),
    follow: event => {
      if (event.event === 'call-ended') {
        forget(event.callId);
        complain(event.callId, null);
      }
      for (const [callId, known] of served) attune(callId, known);
    },
    close: () => {
      for (const callId of [...served.keys()]) forget(callId);
    },
  };
}

function liveCall(state: ConsoleState, callId: CallId): LiveCall | null {
  return asLive(findCall(state, callId));
}

function isHeld(state: ConsoleState, callId: CallId): boolean {
  return (liveCall(state, callId)?.heldAt ?? null) !== null;
}

/** Somebody serves the caller again: the music ends. */
function offHold(call: LiveCall | null): readonly Fact[] {
  if (call === null || call.heldAt === null) return [];
  return [{ event: 'hold-changed', callId: call.id, on: false }];
}

function connectOr(problem: Error, connect: () => Served): Served {
  try {
    return connect();
  } catch {
    throw problem;
  }
}
