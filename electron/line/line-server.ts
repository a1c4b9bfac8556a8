import type { Twilio } from 'twilio';
import { isTalk } from '../core/call.ts';
import { createMessageRest } from '../twilio/message-rest.ts';
import { createMessaging, type Messaging } from '../twilio/messaging.ts';
import { createRecordingRest } from '../twilio/recording-rest.ts';
import { createRoomRest } from '../twilio/room-rest.ts';
import { createTranscriptionRest } from '../twilio/transcription-rest.ts';
import { openTwilioLine, type TwilioLine, type TwilioLinePorts } from '../twilio/twilio-line.ts';
import { isLeftBehind } from './desk-at.ts';
import type { LinePorts } from './open-line.ts';
import { createSignatureWatch } from './signature-watch.ts';

/** What a line's server is opened with. */
type ServerParts = {
  readonly client: Twilio | null;
  readonly rest: TwilioLinePorts['rest'];
  readonly authToken: string | null;
  readonly port: number;
  readonly number: string | null;
  readonly pointSeatNumber: NonNullable<TwilioLinePorts['pointSeatNumber']>;
};

/** Opens the server that Twilio speaks to, for calls and messages. */
export async function openServer(
  { client, rest, authToken, port, number, pointSeatNumber }: ServerParts,
  ports: LinePorts,
): Promise<{ readonly line: TwilioLine; readonly messaging: Messaging }> {
  const { clock, log, emit } = ports;
  const origin = () => ports.state().line.address.url;
  const messaging = createMessaging({
    clock,
    log,
    rest: client === null ? null : createMessageRest(client),
    origin,
    newMessageId: () => `message-${ports.newId()}`,
    kept: ports.keptMessage,
    emit,
  });
  const line = await openTwilioLine({
    clock,
    log,
    rest,
    authToken,
    deskId: ports.deskId,
    forwarding: ports.forwarding,
    skipSignature: ports.skipSignature,
    port,
    host: ports.host,
    origin,
    settings: () => ports.state().settings,
    isTrial: () => ports.state().line.account?.type === 'trial',
    isBusy: () => ports.state().calls.some(isTalk),
    newCallId: () => `call-${ports.newId()}`,
    newTurn: ports.newId,
    emit,
    onProblem: found => ports.problem('line', found),
    moreWebhooks: messaging.webhooks,
    connectSound: ports.connectSound,
    connectMonitor: ports.connectMonitor,
    connectSeat: ports.connectSeat,
    onRoomNews: ports.onRoomNews,
    transcriptionWish: ports.transcriptionWish,
    onTranscription: ports.onTranscription,
    transcriptionRest: client === null ? null : createTranscriptionRest(client),
    roomRest: client === null ? null : createRoomRest(client),
    lineNumber: () => number,
    pointSeatNumber,
    isLeftBehind,
    onRecording: ports.onRecording,
    recordingRest: client === null ? null : createRecordingRest(client),
    onVerdict: createSignatureWatch(clock, found => ports.problem('signatures-wrong', found)),
  });
  return { line, messaging };
}
