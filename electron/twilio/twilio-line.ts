import type { LineRooms } from '../core/line-rooms.ts';
import type { LineTranscriptions } from '../core/transcription.ts';
import type { FaultCounts } from './limits.ts';
import { noFaults } from './limits.ts';
import { type MediaStream, serveMediaStream } from './media-stream.ts';
import { createRecordings, type RecordingActions, type RecordingPorts } from './recordings.ts';
import { type ServerPorts, startServer, type WebhookHandler } from './server.ts';
import { type CallActions, createVoiceLine, type VoiceLinePorts } from './voice-line.ts';
import { isStreamPath, voiceRoutes } from './voice-routes.ts';

/** The other end of a stream, told of its sound. */
type StreamSound = {
  readonly onSound: (timestampMs: number, mulaw: Uint8Array) => void;
  readonly onMark: (name: string) => void;
  readonly onEnd: () => void;
};

/** What a line needs of the rest. */
export type TwilioLinePorts = VoiceLinePorts &
  Required<Pick<ServerPorts, 'authToken' | 'deskId' | 'forwarding' | 'skipSignature'>> &
  Pick<ServerPorts, 'onVerdict'> &
  Partial<Pick<RecordingPorts, 'recordingRest' | 'onRecording'>> & {
    readonly port: number;
    readonly host: string;
    /** What answers on paths that are not about calls; none when left out. */
    readonly moreWebhooks?: ReadonlyMap<string, WebhookHandler>;
    /** Connects the sound of a stream. */
    readonly connectSound: (stream: MediaStream) => StreamSound;
  };

/** An open line: its server listens. */
export type TwilioLine = CallActions & {
  /** Calls of others, and conferences. */
  readonly rooms: LineRooms;
  /** Recordings that Twilio makes. */
  readonly recordings: RecordingActions;
  /** Transcripts that Twilio writes. */
  readonly transcriptions: LineTranscriptions;
  readonly port: number;
  /** What was refused or not understood since the start. */
  readonly faults: FaultCounts;
  /** Hangs up, stops listening. */
  readonly close: () => Promise<void>;
};

/** Opens a line on an account. Rejects with a `ProblemError` when it cannot listen. */
export async function openTwilioLine(ports: TwilioLinePorts): Promise<TwilioLine> {
  const { clock, log, emit } = ports;
  const faults = noFaults();
  const voice = createVoiceLine({
    ...ports,
    onUnreadable: () => {
      faults.malformedTranscription += 1;
    },
  });
  const { webhooks, rooms, transcriptions, sidOf, callOf, ...others } = voice;
  const { streamStarted, streamEnded, close, ...actions } = others;
  const recordings = createRecordings({
    recordingRest: null,
    onRecording: () => {},
    ...ports,
    sidOf,
  });
  const server = await startServer(
    {
      ...ports,
      counts: faults,
      origin: () => ports.origin() ?? '',
      webhooks: new Map([
        ...voiceRoutes(webhooks),
        ...recordings.webhooks,
        ...rooms.webhooks,
        ...transcriptions.webhooks,
        ...(ports.moreWebhooks ?? []),
      ]),
      isStreamPath,
      onStream: socket =>
        serveMediaStream(socket, {
          clock,
          log,
          counts: faults,
          passOf: (token, callSid) => {
            const callId = callOf(token, callSid);
            if (callId !== null) return { callId, purpose: 'talk' };
            return rooms.passOf(token, callSid);
          },
          accept: stream => {
            if (stream.purpose !== 'talk') return rooms.accept(stream);
            const sound = ports.connectSound(stream);
            streamStarted(stream);
            return {
              onSound: (timestampMs, mulaw, track) => {
                if (track === 'inbound') sound.onSound(timestampMs, mulaw);
              },
              onDigit: digits => emit({ event: 'digits-received', callId: stream.callId, digits }),
              onMark: sound.onMark,
              onEnd: () => {
                sound.onEnd();
                streamEnded(stream);
              },
            };
          },
        }),
    },
    ports.port,
    ports.host,
  );
  return {
    ...actions,
    rooms: rooms.actions,
    recordings: recordings.actions,
    transcriptions: transcriptions.actions,
    port: server.port,
    faults,
    close: async () => {
      await recordings.close();
      await close();
      await server.close();
    },
  };
}
