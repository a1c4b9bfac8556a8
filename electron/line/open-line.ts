import type { Twilio } from 'twilio';
import type { AccountConfig, RelayConfig } from '../config.ts';
import type { LineAlert } from '../core/account.ts';
import type { UnfinishedCall } from '../core/call.ts';
import { type Clock, within } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import type { LineState, LineTest } from '../core/line.ts';
import type { Message, MessageNames } from '../core/message.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import { Scope } from '../core/scope.ts';
import type { ConsoleState } from '../core/state.ts';
import type { Log } from '../log.ts';
import type { PointedNumbers } from '../store/pointed-numbers.ts';
import { ngrokAgent } from '../tunnel/ngrok.ts';
import { explainAlert, readAlerts } from '../twilio/alerts.ts';
import type { Messaging } from '../twilio/messaging.ts';
import { createRelayRest } from '../twilio/relay.ts';
import type { Forwarding } from '../twilio/request-origin.ts';
import { createRest, type Rest } from '../twilio/rest.ts';
import { createRestClient } from '../twilio/rest-client.ts';
import type { TwilioLine, TwilioLinePorts } from '../twilio/twilio-line.ts';
import { readAccountLater, readAccountOf } from './account-reading.ts';
import { type AddressChoice, type OpenAddress, openAddress } from './address.ts';
import { openServer } from './line-server.ts';
import { createLineTest } from './line-test.ts';
import { createNumberDuty } from './number-duty.ts';
import { createNumberKeeper, type NumberKeeper } from './number-keeper.ts';
import { createSeatNumbers } from './seat-numbers.ts';
import { barredLine, unverified, verifyingToken } from './unverified.ts';

/** One line to open. */
export type LineChoice = {
  readonly kind: LineState['kind'];
  /** Null when only a relay dials. */
  readonly account: AccountConfig | null;
  readonly relay: RelayConfig | null;
  readonly address: AddressChoice;
  readonly apiUrl: string | null;
  /** Whether the number's calls are sent here while the line is open. */
  readonly takeNumber: boolean;
  /** Calls of an earlier run that may still go on. */
  readonly unfinished: readonly UnfinishedCall[];
};

/** What every line needs of the rest. */
export type LinePorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly newId: () => string;
  /** Names this desk to other desks. */
  readonly deskId: string;
  readonly host: string;
  readonly forwarding: Forwarding;
  readonly skipSignature: boolean;
  readonly pointed: PointedNumbers;
  /** Whether the number's messages are sent here with its calls. */
  readonly takeMessages: boolean;
  /** A message that the store has kept; null when there is none. */
  readonly keptMessage: (names: MessageNames) => Message | null;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
  /** Raises a standing problem, or ends it with null. */
  readonly problem: (id: string, problem: Problem | null) => void;
  readonly connectSound: TwilioLinePorts['connectSound'];
  readonly connectMonitor: NonNullable<TwilioLinePorts['connectMonitor']>;
  readonly connectSeat: NonNullable<TwilioLinePorts['connectSeat']>;
  readonly onRoomNews: NonNullable<TwilioLinePorts['onRoomNews']>;
  readonly transcriptionWish: NonNullable<TwilioLinePorts['transcriptionWish']>;
  readonly onTranscription: NonNullable<TwilioLinePorts['onTranscription']>;
  /** Twilio is done with a recording. */
  readonly onRecording: NonNullable<TwilioLinePorts['onRecording']>;
};

/** A line in use and everything around it. */
export type OpenLine = {
  readonly line: TwilioLine;
  /** The public address now; null while there is none. */
  readonly publicUrl: () => string | null;
  readonly sendMessage: Messaging['send'];
  /** Sends the number's calls here, also when another desk takes them. */
  readonly takeNumber: () => Promise<void>;
  readonly giveNumberBack: () => Promise<void>;
  readonly test: () => Promise<LineTest>;
  readonly retryTunnel: () => void;
  /** What Twilio reported since a time, newest first. */
  readonly alerts: (since: Date) => Promise<LineAlert[]>;
  /** Hangs up, gives the number back, closes everything. */
  readonly close: () => Promise<void>;
};

/** How long a line waits to be told what kind of account it is, in ms. */
const ACCOUNT_LIMIT_MS = 3000;

/**
 * Opens a line: its server first, then its address, its account, its calls of an earlier run and its
 * number. Rejects with a `ProblemError` when it cannot be used at all; what is only missing for a
 * part of the work is told as standing problems.
 */
export async function openLine(
  choice: LineChoice,
  port: number,
  ports: LinePorts,
): Promise<OpenLine> {
  const { log, clock, emit } = ports;
  const scope = new Scope(error => log.error({ err: error }, 'closing the line failed'));
  const client = clientOf(choice, ports);
  const rest = restOf(choice, client, ports);
  const number = choice.account?.number ?? null;
  const authToken = verifyingToken(choice);
  // Where nothing can be verified, nothing is let in: an address would be of no use.
  const barred = unverified(choice, ports.skipSignature);
  const addressChoice: AddressChoice = barred === null ? choice.address : { kind: 'none' };
  let address: OpenAddress | null = null;
  // Closed last in, first out: the number first, then the calls, the tunnel they need last.
  scope.add(() => address?.close());
  try {
    // What kind of account it is decides how calls are carried; one that is not told in time is no trial.
    if (client !== null && choice.kind === 'twilio') {
      const reading = { ...ports, scope, apiKey: choice.account?.apiKey ?? null };
      await within(clock, ACCOUNT_LIMIT_MS, readAccountOf(client, reading));
      readAccountLater(client, reading);
    }
    const numbers = createSeatNumbers({
      ...ports,
      keeperOf: second => keeperOf(choice, client, second, { ...ports, takeMessages: false }),
    });
    scope.add(() => numbers.close());
    const parts = { client, rest, authToken, port, number, pointSeatNumber: numbers.point };
    const { line, messaging } = await openServer(parts, ports);
    scope.add(() => line.close());
    scope.add(() => messaging.close());
    // Known here before the first webhook of one of them can come.
    const restored = line.restore(choice.unfinished);
    const keeper = keeperOf(choice, client, number, ports);
    const test = createLineTest({
      ...ports,
      authToken,
      isHere: addressChoice.kind === 'local',
    });
    scope.add(() => test.close());
    const duty = keeper === null ? null : createNumberDuty(keeper, ports);
    let wanted = choice.takeNumber && barred === null;
    ports.problem('unverified', barred);
    let lastUrl: string | null = null;
    address = openAddress(addressChoice, {
      ...ports,
      agent: ngrokAgent,
      port: line.port,
      onChange: changed => {
        emit({ event: 'address-changed', address: changed });
        if (changed.status !== 'up' || changed.url === lastUrl) return;
        const first = lastUrl === null;
        lastUrl = changed.url;
        if (changed.url === null) return;
        test.begin();
        // At the first time the opening does it in its order; later the tunnel came back elsewhere.
        // A number that is being given back is not taken again.
        const isOurTurn = addressChoice.kind === 'tunnel' || !first;
        if (wanted && isOurTurn && !scope.closed) void duty?.take(false);
      },
    });
    await restored;
    if (keeper !== null && duty !== null) {
      const left = async (): Promise<void> => {
        await keeper.recover();
        // What an earlier run could not give back would go where nobody takes it any more.
        if (!wanted) await keeper.giveBack();
      };
      await left().catch((error: unknown) => {
        const code = error instanceof ProblemError ? error.problem.code : undefined;
        log.warn({ code }, 'a number was not given back');
      });
      scope.add(() => duty.close());
      if (wanted && address.current().status === 'up') await duty.take(false);
      else await duty.look();
      duty.watch(() => wanted);
    }
    const opened = address;
    return {
      line: barred === null ? line : barredLine(line, barred, choice.relay !== null),
      publicUrl: () => opened.current().url,
      sendMessage: messaging.send,
      takeNumber: async () => {
        if (barred !== null) throw new ProblemError(barred);
        wanted = true;
        await duty?.take(true);
      },
      giveNumberBack: async () => {
        wanted = false;
        if (keeper === null) return;
        await keeper.giveBack();
        await duty?.look();
      },
      test: test.run,
      retryTunnel: opened.retry,
      alerts: async since =>
        client === null ? [] : (await readAlerts(client, since)).map(explainAlert),
      close: () => scope.close(),
    };
  } catch (error) {
    await scope.close();
    throw error;
  }
}

function clientOf({ account, apiUrl }: LineChoice, ports: LinePorts): Twilio | null {
  return account === null
    ? null
    : createRestClient({ ...account, apiUrl }, ports.clock, ports.random);
}

function restOf({ relay }: LineChoice, client: Twilio | null, ports: LinePorts): Rest {
  const own = client === null ? null : createRest(client);
  if (relay !== null) return createRelayRest(relay, own, ports.clock);
  if (own === null) throw new Error('a line needs an account or a relay');
  return own;
}

function keeperOf(
  { account }: LineChoice,
  client: Twilio | null,
  number: string | null,
  ports: LinePorts,
): NumberKeeper | null {
  if (client === null || account === null || number === null) return null;
  return createNumberKeeper({
    client,
    accountSid: account.accountSid,
    number,
    origin: () => ports.state().line.address.url,
    deskId: ports.deskId,
    takeMessages: ports.takeMessages,
    pointed: ports.pointed,
    log: ports.log,
  });
}
