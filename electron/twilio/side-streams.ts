import { randomBytes } from 'node:crypto';
import type { CallId } from '../core/call.ts';
import type { RoomNews } from '../core/conference.ts';
import { statusWord } from './call-status.ts';
import { unreachableHere } from './line-problems.ts';
import type { Track } from './media-messages.ts';
import type { MediaStream, StreamListener } from './media-stream.ts';
import { noSoundOnTrial } from './room-problems.ts';
import type { WebhookHandler } from './server.ts';
import type { StreamRest } from './stream-rest.ts';
import type { StreamPass, StreamTokens } from './stream-tokens.ts';
import { text } from './webhook-fields.ts';
import type { WebhookUrls } from './webhook-urls.ts';

/** The other end of a stream beside a call, told of both its tracks. */
type MonitorSound = {
  readonly onSound: (track: Track, timestampMs: number, mulaw: Uint8Array) => void;
  readonly onEnd: () => void;
};

/** What streams beside calls need of the rest. */
type SidePorts = {
  readonly rest: StreamRest;
  readonly tokens: StreamTokens;
  readonly urls: WebhookUrls;
  readonly origin: () => string | null;
  readonly isTrial: () => boolean;
  readonly connectMonitor: (stream: MediaStream) => MonitorSound;
  readonly onNews: (news: RoomNews) => void;
};

type Purpose = 'monitor' | 'guard';

/** Streams beside calls, which nobody on the call notices. */
export type SideStreams = {
  /** @returns its StreamSid */
  readonly start: (callId: CallId, callSid: string, purpose: Purpose) => Promise<string>;
  readonly stop: (callSid: string, streamSid: string) => Promise<void>;
  /** How a stream goes on, as Twilio tells it: `/voice/monitor`. */
  readonly hear: WebhookHandler;
  /** What a token lets in for, once. */
  readonly passOf: (token: string, callSid: string) => StreamPass | null;
  readonly accept: (stream: MediaStream) => StreamListener;
  /** Ends every one of them. */
  readonly closeAll: () => Promise<unknown>;
};

type Side = {
  readonly name: string;
  readonly callId: CallId;
  readonly callSid: string;
  readonly purpose: Purpose;
  readonly token: string;
  streamSid: string | null;
  stream: MediaStream | null;
  sound: MonitorSound | null;
};

const TRACK = { monitor: 'both_tracks', guard: 'inbound_track' } as const;

/** Builds what begins and ends streams beside calls. */
export function createSideStreams(ports: SidePorts): SideStreams {
  const { rest, tokens, urls, onNews } = ports;
  const sides = new Map<string, Side>();

  const find = (matches: (side: Side) => boolean): Side | undefined =>
    [...sides.values()].find(matches);

  const tell = (side: Side, on: boolean, error: string | null): void => {
    const { purpose, callId, callSid, streamSid } = side;
    const names = { purpose, callId, callSid, streamSid: streamSid ?? '' };
    onNews({ kind: 'stream', ...names, on, error });
  };

  /** Forgets a stream. @returns false when it was forgotten before */
  const forget = (side: Side): boolean => {
    tokens.spend(side.token);
    return sides.delete(side.name);
  };

  /** A stream is over, or never began. */
  const end = (side: Side, error: string | null): void => {
    if (!forget(side)) return;
    side.sound?.onEnd();
    tell(side, false, error);
    side.stream?.close();
  };

  const stop: SideStreams['stop'] = async (callSid, streamSid) => {
    const side = find(each => each.streamSid === streamSid);
    try {
      await rest.stop(callSid, streamSid);
    } finally {
      // What Twilio could not be told ends with the socket.
      if (side !== undefined) end(side, null);
    }
  };

  return {
    start: async (callId, callSid, purpose) => {
      if (ports.isTrial()) throw noSoundOnTrial();
      if (ports.origin() === null) throw unreachableHere();
      const name = `earshot-${randomBytes(8).toString('hex')}`;
      const token = tokens.mint(callId, purpose, callSid);
      const side: Side = {
        name,
        callId,
        callSid,
        purpose,
        token,
        streamSid: null,
        stream: null,
        sound: null,
      };
      sides.set(name, side);
      try {
        const streamSid = await rest.start(callSid, {
          url: urls.stream(),
          track: TRACK[purpose],
          name,
          callback: urls.monitor(name),
          token,
        });
        side.streamSid = streamSid;
        return streamSid;
      } catch (error) {
        // It began, though the answer was lost.
        if (side.stream !== null) return side.stream.streamSid;
        // Who asked learns it from this; a stream that begins all the same is not let in.
        forget(side);
        throw error;
      }
    },
    stop,
    hear: async ({ params, query }) => {
      const side = sides.get(query['name'] ?? '');
      if (side === undefined || side.callSid !== text(params['CallSid'])) return null;
      side.streamSid ??= text(params['StreamSid']) || null;
      const event = statusWord(text(params['StreamEvent']));
      if (event === 'stream-error') end(side, errorOf(params) ?? UNEXPLAINED);
      else if (event === 'stream-stopped') end(side, null);
      return null;
    },
    passOf: (token, callSid) => {
      const pass = tokens.passOf(token);
      if (pass === null || pass.callSid !== callSid) return null;
      const isSide = pass.purpose === 'monitor' || pass.purpose === 'guard';
      return isSide && find(side => side.token === token && side.stream === null) ? pass : null;
    },
    accept: stream => {
      const { callId, callSid, purpose } = stream;
      const side = find(
        each =>
          each.stream === null &&
          each.callId === callId &&
          each.callSid === callSid &&
          each.purpose === purpose &&
          (each.streamSid ?? stream.streamSid) === stream.streamSid,
      );
      if (side === undefined) {
        stream.close();
        return UNHEARD;
      }
      tokens.spend(side.token);
      side.stream = stream;
      side.streamSid = stream.streamSid;
      const sound = purpose === 'monitor' ? ports.connectMonitor(stream) : null;
      side.sound = sound;
      tell(side, true, null);
      return {
        onSound: (timestampMs, mulaw, track) => sound?.onSound(track, timestampMs, mulaw),
        onDigit: () => {},
        onMark: () => {},
        onEnd: () => end(side, null),
      };
    },
    closeAll: () =>
      Promise.allSettled(
        [...sides.values()].map(side =>
          side.streamSid === null ? end(side, null) : stop(side.callSid, side.streamSid),
        ),
      ),
  };
}

/** Nobody is told anything of a stream that came too late. */
export const UNHEARD: StreamListener = {
  onSound: () => {},
  onDigit: () => {},
  onMark: () => {},
  onEnd: () => {},
};

const UNEXPLAINED = 'unknown';

/** Twilio's code or words for why a stream is over. Source: the Stream noun, `statusCallback`. */
function errorOf(params: Parameters<WebhookHandler>[0]['params']): string | null {
  return text(params['StreamErrorCode']) || text(params['StreamError']) || null;
}
