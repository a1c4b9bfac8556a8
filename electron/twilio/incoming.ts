import type { Clock } from '../core/clock.ts';
import type { Settings } from '../core/settings.ts';
import type { BookedCall } from './call-book.ts';
import type { CallProgress } from './call-progress.ts';
import { problemKind } from './call-watch.ts';
import type { Carrying } from './carrying.ts';
import { wrongState } from './line-problems.ts';
import type { PickUp } from './pick-up.ts';
import type { Rest } from './rest.ts';
import type { Webhook } from './server.ts';
import { hangUpCall, holdInQueue, keepRinging, rejectCall } from './twiml.ts';
import type { WebhookUrls } from './webhook-urls.ts';

/** How long one webhook is kept open while a call rings here; Twilio gives up after 15 s. */
const RING_HOLD_MS = 8000;

/** What calls that come in need of the rest. */
type IncomingPorts = {
  readonly clock: Clock;
  readonly rest: Pick<Rest, 'redirect'>;
  readonly urls: WebhookUrls;
  readonly pickUp: PickUp;
  readonly progress: CallProgress;
  readonly carrying: Carrying;
  readonly settings: () => Settings;
  /** A live call stands at this desk. */
  readonly isBusy: () => boolean;
};

/** Lets calls ring here or wait in the hold queue until somebody decides. */
export type Incoming = {
  /** Answers the webhook of a call that nobody has taken yet. */
  readonly ring: (call: BookedCall, webhook: Webhook) => Promise<string>;
  /** Takes a call. Throws a `wrong-call-state` problem when it was declined or hung up here. */
  readonly answer: (call: BookedCall) => void | Promise<void>;
  /** Lets a ringing call wait in the hold queue. */
  readonly enqueue: (call: BookedCall) => void;
};

/** Builds the way in. */
export function createIncoming(ports: IncomingPorts): Incoming {
  const { clock, rest, urls, pickUp, progress, carrying, settings } = ports;

  const hold = (call: BookedCall, key: string): string => {
    progress.wait(call, key);
    return holdInQueue(urls.holdMusic(), urls.voice(call.id, 'left'));
  };

  /** How long a call may still ring; null for ever. */
  const ringsForMs = (call: BookedCall): number | null => {
    const { whenUnanswered, ringSeconds } = settings();
    if (whenUnanswered === 'ring') return null;
    return (call.ringingSince ?? clock.now()) + ringSeconds * 1000 - clock.now();
  };

  const unanswered = (call: BookedCall, key: string): string => {
    if (settings().whenUnanswered === 'queue') return hold(call, key);
    progress.status(call, 'no-answer', key);
    return rejectCall('busy');
  };

  const ring: Incoming['ring'] = async (call, webhook) => {
    const { key } = webhook;
    if (call.progress === 'requested') {
      progress.ring(call, key);
      const isWaiting = ports.isBusy() && settings().whenBusy === 'queue';
      if (isWaiting && call.decision !== 'answer') return hold(call, key);
    }
    if (call.progress === 'waiting') {
      if (call.decision === 'answer') return carrying.carry(call, webhook);
      // A queue that let the call go by itself is full or out of order: not at once again.
      const hasLeft = webhook.query['left'] !== undefined;
      return hasLeft ? keepRinging(urls.voice(call.id, 'turn')) : hold(call, key);
    }
    const leftMs = ringsForMs(call);
    const holdMs = Math.max(0, Math.min(RING_HOLD_MS, leftMs ?? RING_HOLD_MS));
    const decision = call.decision ?? (await pickUp.wait(call.id, holdMs));
    if (decision === 'answer') return carrying.carry(call, webhook);
    if (decision === 'enqueue') return hold(call, key);
    if (decision === 'decline') {
      progress.status(call, 'busy', key);
      return rejectCall('busy');
    }
    if (call.progress === 'ended') return hangUpCall();
    if (leftMs !== null && leftMs <= holdMs) return unanswered(call, key);
    return keepRinging(urls.voice(call.id, 'turn'));
  };

  return {
    ring,
    answer: call => {
      if (call.direction !== 'inbound' || call.progress === 'answered') return;
      if (call.endedHere) throw wrongState('This call is being ended.');
      call.decision = 'answer';
      if (call.progress !== 'waiting' || call.sid === null) return pickUp.decide(call.id, 'answer');
      const picked = rest.redirect(call.sid, { url: urls.voice(call.id, 'pick') });
      return picked.catch((error: unknown) => {
        // Where no request can fetch the call, it leaves the queue when it next asks what to hear.
        if (problemKind(error) === 'not-available' || call.progress === 'answered') return;
        call.decision = null;
        throw error;
      });
    },
    enqueue: call => {
      if (call.direction !== 'inbound' || call.endedHere || call.progress !== 'ringing') return;
      call.decision = 'enqueue';
      pickUp.decide(call.id, 'enqueue');
    },
  };
}
