import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import twilio from 'twilio';
import { type App, createApp } from '../../electron/app.ts';
import { asLive } from '../../electron/core/call.ts';
import type { Clock } from '../../electron/core/clock.ts';
import type { Command, CommandName } from '../../electron/core/commands.ts';
import type { ToldEvent } from '../../electron/core/events.ts';
import type { Outcome } from '../../electron/core/outcome.ts';
import type { Mode, Room } from '../../electron/core/room.ts';
import { findCall } from '../../electron/core/state.ts';
import type { Person } from '../../electron/practice/person.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { createLocalSpeaker } from '../../electron/speech/speaker.ts';
import { createSpeech } from '../../electron/speech/speech.ts';
import { fastClock } from '../practice/fast-clock.ts';
import { testPerson } from '../practice/people.ts';
import { createTwilioClient } from '../practice/twilio-client.ts';
import { quietLog } from '../support/quiet-log.ts';
import { until } from '../support/until.ts';
import { configOf } from './practice-config.ts';
import { createSaidStretches, type SaidStretches } from './said-stretches.ts';
import { type SpeakingDevice, speakingDevice } from './speaking-device.ts';
import { TONES } from './who-hears.ts';
import { whoIsMeant } from './who-is-meant.ts';

/** How long a piece of a tone is, in ms. */
const PIECE_MS = 60_000;

/** So many pieces everybody says: for longer than a test takes on a busy computer. */
const PIECES = 30;

/** The number other applications of the account call from. */
const OTHER_NUMBER = 1;

/** Two people in a conference of another application, and who they are at Twilio. */
export type Supervised = {
  readonly conferenceSid: string;
  /** CallSids. */
  readonly customer: string;
  readonly agent: string;
};

/** The whole app with a microphone that never is silent, on an account with conferences of others. */
export type SupervisionDesk = {
  readonly practice: PracticeLine;
  readonly app: App;
  readonly clock: Clock;
  readonly device: SpeakingDevice;
  /** Another application of the account, and another desk. */
  readonly others: ReturnType<typeof createTwilioClient>;
  /** Everything that was told, in order. */
  readonly events: readonly ToldEvent[];
  /** Runs a command that must be accepted. */
  readonly run: <Name extends CommandName>(
    command: Extract<Command, { command: Name }>,
  ) => Promise<Extract<Outcome<Name>, { ok: true }>>;
  /** Another application joins two people who both talk all the time. */
  readonly meet: () => Promise<Supervised>;
  /** Hears a call of others. @returns its name here, once it is heard */
  readonly listen: (callSid: string) => Promise<string>;
  /** Asks for a mode. @returns whether it was confirmed, or the words of the refusal */
  readonly ask: (callId: string, mode: Mode) => Promise<'confirmed' | string>;
  /** Asks for a mode until it is confirmed: on a busy computer a reply may come too late for a clock that runs fast. */
  readonly bring: (callId: string, mode: Mode) => Promise<void>;
  /** Opens the microphone, or shuts it. */
  readonly speak: (callId: string, on?: boolean) => Promise<void>;
  readonly room: (callId: string) => Room | null;
  /** Whom Twilio has in a conference; nobody when it is over. */
  readonly inside: (call: Supervised) => Promise<readonly Inside[]>;
  /** Waits for so long on the clock both sides share. */
  readonly passes: (ms: number) => Promise<void>;
  /** What somebody heard of the desk that was not meant for them when it was said. */
  readonly leaks: SaidStretches['leaks'];
  /** Others do something of which this desk learns later: who may hear what it says for so long through no fault of its own. */
  readonly excuse: SaidStretches['excuse'];
  /** So many streams are open at Twilio. */
  readonly openStreams: () => number;
};

/** A participant as Twilio has it. */
export type Inside = {
  readonly callSid: string;
  readonly label: string;
  readonly muted: boolean;
  readonly hold: boolean;
  readonly coaching: boolean;
  readonly callSidToCoach: string;
};

type DeskOptions = {
  /** How much faster than real both sides run. Sound goes wrong from five times on. */
  readonly speed?: number;
};

/** Opens a practice line and an app on it for as long as `run` takes: several can be open at once. */
export async function withSupervisionDesk(
  options: DeskOptions,
  run: (desk: SupervisionDesk) => Promise<void>,
): Promise<void> {
  // Tests that run at once cannot say at large what is to be done when they end.
  const ends: (() => unknown)[] = [];
  try {
    await run(await openDesk(options, end => ends.unshift(end)));
  } finally {
    for (const end of ends) await end();
  }
}

async function openDesk(
  options: DeskOptions,
  after: (end: () => unknown) => void,
): Promise<SupervisionDesk> {
  const { speed = 1 } = options;
  const clock = fastClock(speed);
  const speech = createSpeech(createLocalSpeaker(import.meta.filename));
  const practice = await createPracticeLine({ clock, log: quietLog, people: PEOPLE, speech });
  after(() => practice.close());
  const said = createSaidStretches(clock, sid => practice.heardBy(sid) ?? new Int16Array());
  const device = speakingDevice(clock, said.frame);
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-test-'));
  after(() => rmSync(dataDir, { recursive: true, force: true }));
  const app = await createApp({
    config: configOf(practice),
    dataDir,
    clock,
    log: quietLog,
    helpers: null,
    sound: { launch: device.launch, pages: null, microphoneAccess: null },
    userName: 'Robin',
    secrets: null,
    takesMessages: false,
    updater: null,
    diagnostics: null,
    onShutDown: () => {},
  });
  after(() => app.close());
  const events: ToldEvent[] = [];
  const streams = new Set<string>();
  practice.traffic.on(traffic => {
    if (traffic.event === 'stream-started') streams.add(traffic.streamSid);
    else if (traffic.event === 'stream-stopped') streams.delete(traffic.streamSid);
  });
  const mayHear = whoIsMeant();
  app.steps.on(({ event, after: state }) => {
    events.push(event);
    said.meantFor(mayHear(event, state));
  });
  await app.open();

  const others = createTwilioClient(practice);
  const run: SupervisionDesk['run'] = async command => {
    const outcome = await app.run(command);
    if (!outcome.ok) throw new Error(`${command.command}: ${outcome.problem.message}`);
    return outcome as never;
  };
  const room = (callId: string): Room | null => asLive(findCall(app.state(), callId))?.room ?? null;
  const ask: SupervisionDesk['ask'] = async (callId, mode) => {
    const from = events.length;
    await run({ command: COMMANDS[mode], callId });
    const answer = () =>
      events
        .slice(from)
        .find(
          event =>
            (event.event === 'mode-confirmed' || event.event === 'mode-refused') &&
            event.callId === callId,
        );
    await until(() => answer() !== undefined);
    const told = answer();
    return told?.event === 'mode-refused' ? told.problem.message : 'confirmed';
  };
  let meetings = 0;
  return {
    practice,
    app,
    clock,
    device,
    others,
    events,
    run,
    room,
    meet: async () => {
      meetings += 1;
      const name = `meeting-${meetings}`;
      const call = (label: string, to: string) =>
        others.conferences(name).participants.create({
          from: practice.numbers[OTHER_NUMBER] ?? practice.number,
          to,
          label,
          beep: 'false',
          endConferenceOnExit: label === 'customer',
        });
      const customer = await call('customer', NUMBERS[0]);
      const agent = await call('agent', NUMBERS[1]);
      const isWhole = () =>
        app
          .state()
          .accountCalls.some(
            ({ sid, legs }) =>
              sid === customer.callSid &&
              legs.length === 2 &&
              legs.every(({ status }) => status === 'joined'),
          );
      await until(() => {
        app.watched(false);
        app.watched(true);
        return isWhole();
      });
      const { conferenceSid } = customer;
      return { conferenceSid, customer: customer.callSid, agent: agent.callSid };
    },
    listen: async callSid => {
      const { callId } = await run({ command: 'listen', callSid });
      await until(() => room(callId)?.listening === true);
      return callId;
    },
    ask,
    bring: (callId, mode) => until(async () => (await ask(callId, mode)) === 'confirmed'),
    speak: async (callId, on = true) => {
      await run({ command: 'mute', callId, on: !on });
    },
    inside: async ({ conferenceSid }) => {
      // What is pretended is pretended to everybody who asks.
      for (;;) {
        try {
          const found = await others.conferences(conferenceSid).fetch();
          if (found.status === 'completed') return [];
          return await others.conferences(conferenceSid).participants.list();
        } catch (error) {
          if (!(error instanceof twilio.RestException) || error.status < 429) throw error;
        }
      }
    },
    passes: ms => new Promise(resume => clock.after(ms, resume)),
    leaks: said.leaks,
    excuse: said.excuse,
    openStreams: () => streams.size,
  };
}

const COMMANDS = {
  listen: 'hand-back',
  whisper: 'whisper',
  barge: 'barge',
  takeover: 'take-over',
} as const satisfies Record<Mode, CommandName>;

/** Numbers of a customer and of those who can serve. */
export const NUMBERS = ['+14155550121', '+14155550122', '+14155550123', '+14155550124'] as const;

/** All of them answer at once and say one tone all the time. */
const PEOPLE: readonly Person[] = NUMBERS.map((number, i) =>
  testPerson({
    number,
    name: i === 0 ? 'Dana Reyes' : `Agent ${i}`,
    verified: true,
    script: [
      ...Array.from({ length: PIECES }, () => ({
        do: 'tone' as const,
        hz: TONES[i === 0 ? 'customer' : 'agent'],
        ms: PIECE_MS,
      })),
    ],
  }),
);
