import { setImmediate as turn } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { createAgents } from '../../electron/agent/agents.ts';
import { createEngine } from '../../electron/audio/engine.ts';
import { FRAME_MS, FRAME_SAMPLES, SILENCE } from '../../electron/core/audio/frame.ts';
import { decodeMulaw, encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { asLive, type CallId } from '../../electron/core/call.ts';
import type { Cancel } from '../../electron/core/clock.ts';
import type { Problem } from '../../electron/core/problem.ts';
import { soundPlan } from '../../electron/core/sound-plan.ts';
import { findCall } from '../../electron/core/state.ts';
import { createFactLane } from '../../electron/fact-lane.ts';
import { toneFrame } from '../audio/engine-rig.ts';
import { liveCallFacts } from '../support/builders.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { amplitudeAt } from '../support/tones.ts';

/** What is well heard, of a tone with a peak of 6000. */
export const LOUD = 5000;

/** And what is not there at all: hold music has a little of every tone. */
export const FAINT = 1000;

/** Twilio's end of the call: plays what is sent in time, and returns marks when they are reached or taken back. */
function openCaller(clock: FakeClock, onMark: (name: string) => void) {
  const heard: { readonly fromMs: number; readonly samples: Int16Array }[] = [];
  const clears: number[] = [];
  let marks: { readonly name: string; readonly cancel: Cancel }[] = [];
  let endMs = 0;
  return {
    heard,
    clears,
    sink: {
      send: (mulaw: Uint8Array) => {
        const fromMs = Math.max(endMs, clock.now());
        endMs = fromMs + FRAME_MS;
        heard.push({ fromMs, samples: decodeMulaw(mulaw) });
        return true;
      },
      ready: () => true,
      mark: (name: string) => {
        const mark = {
          name,
          cancel: clock.after(Math.max(0, endMs - clock.now()), () => {
            marks = marks.filter(other => other !== mark);
            onMark(name);
          }),
        };
        marks.push(mark);
      },
      clear: () => {
        clears.push(clock.now());
        while ((heard.at(-1)?.fromMs ?? 0) >= clock.now()) heard.pop();
        endMs = clock.now();
        const back = marks;
        marks = [];
        for (const { name, cancel } of back) {
          cancel();
          clock.after(0, () => onMark(name));
        }
      },
    },
    /** How loud a tone is in what the caller heard from a time on. */
    hears: (hz: number, sinceMs = 0): number => {
      const since = heard.filter(({ fromMs }) => fromMs >= sinceMs);
      const loudest = since.map(({ samples }) => amplitudeAt(samples, hz));
      return Math.round(Math.max(0, ...loudest));
    },
  };
}

/** A desk with one direct call, `a`, and the program at `url` for an agent: all of it real but the sound card and Twilio. */
export function openAgentDesk(url: string | null, parts: { name?: string } = {}) {
  const clock = fakeClock();
  let ids = 0;
  const lane = createFactLane(clock, quietLog, () => `event-${ids++}`);
  const problems = new Map<string, Problem | null>();
  const facts: string[] = [];
  const engine = createEngine({
    clock,
    onReach: callId => lane.emit({ event: 'reach-changed', callId }),
    onSignals: () => {},
    onLost: () => {},
    onKept: () => {},
  });
  const agents = createAgents({
    clock,
    log: quietLog,
    newId: () => `1-${ids++}`,
    state: lane.state,
    emit: lane.emit,
    program: () => (url === null ? null : { url, name: parts.name ?? 'Booker' }),
    problem: (id, problem) => problems.set(id, problem),
    closeGate: engine.closeGate,
    earsOf: engine.earsOf,
    whispers: engine.whispers,
    playInto: engine.playInto,
    stopPlaying: engine.stopPlaying,
  });
  lane.steps.on(({ event, before, after }) => {
    facts.push(event.event);
    if (before !== after) engine.follow(soundPlan(after));
    agents.follow(event);
    if (event.event === 'call-ended') engine.forget(event.callId);
  });
  onTestFinished(() => {
    agents.close();
    engine.close();
  });

  for (const fact of liveCallFacts('a')) lane.emit(fact);
  const caller = openCaller(clock, name => input.onMark(name));
  const input = engine.connect('a', caller.sink);
  let atMs = 0;
  let frames = 0;

  /** Lets what was sent over loopback arrive. */
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 6; i += 1) await turn();
  };

  /** Lets time pass. @param callerHz a tone the caller says meanwhile @param deskHz one said into the microphone */
  const pass = async (ms: number, callerHz = 0, deskHz = 0): Promise<void> => {
    for (let i = 0; i < ms / FRAME_MS; i += 1) {
      input.onSound(atMs, encodeMulaw(callerHz === 0 ? SILENCE : toneFrame(callerHz, frames)));
      engine.captured(deskHz === 0 ? SILENCE : toneFrame(deskHz, frames));
      atMs += FRAME_MS;
      frames += 1;
      clock.advance(FRAME_MS);
      await settle();
    }
  };

  const live = (callId: CallId = 'a') => asLive(findCall(lane.state(), callId));
  return {
    clock,
    lane,
    engine,
    agents,
    problems,
    facts,
    caller,
    pass,
    live,
    agent: () => live()?.agent ?? null,
    status: () => live()?.agent?.status ?? null,
  };
}

/** Samples of a tone. */
export function toneOf(hz: number, ms: number): Int16Array {
  const samples = new Int16Array((ms / FRAME_MS) * FRAME_SAMPLES);
  for (let i = 0; i < ms / FRAME_MS; i += 1) samples.set(toneFrame(hz, i), i * FRAME_SAMPLES);
  return samples;
}
