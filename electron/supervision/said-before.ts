import { pause } from './asking.ts';
import { REPLY_LIMIT_MS } from './confirmed.ts';
import { unsettled } from './sentences.ts';
import type { Session } from './session.ts';

/**
 * How long sound that Twilio took out of a stream may still be on its way to who is in the conference,
 * in ms: the lead of the sound that is sent, and the smallest jitter buffer of a participant.
 */
const SETTLE_MS = 120;

/**
 * Waits until nothing that was said before the gate was shut can be heard any more: a connection that
 * stood still brings it late, when others may be there to hear. The gate must be shut.
 * @param outcome a sentence that tells what is not done then
 * @throws `not-confirmed` when that takes longer than a reply of Twilio may
 */
export async function saidBefore({ ports, callId }: Session, outcome: string): Promise<void> {
  const { clock, drained } = ports;
  await new Promise<void>((resolve, reject) => {
    const cancel = clock.after(REPLY_LIMIT_MS, () =>
      reject(unsettled(REPLY_LIMIT_MS / 1000, outcome)),
    );
    drained(callId).finally(cancel).then(resolve, reject);
  });
  await pause(ports, SETTLE_MS);
}
