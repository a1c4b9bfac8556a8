import type { Twilio } from 'twilio';
import type { CallInstance } from 'twilio/lib/rest/api/v2010/account/call.js';
import { expect, onTestFinished, vi } from 'vitest';
import type { Clock } from '../../electron/core/clock.ts';
import { createLog } from '../../electron/log.ts';
import type { Person } from '../../electron/practice/person.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { createLocalSpeaker } from '../../electron/speech/speaker.ts';
import { createSpeech } from '../../electron/speech/speech.ts';
import { type AppServer, createAppServer } from './app-server.ts';
import { fastClock } from './fast-clock.ts';
import { testPerson } from './people.ts';
import { createTwilioClient } from './twilio-client.ts';

/** A practice line with the real Twilio client on one side and a real app server on the other. */
export type Fixture = {
  readonly line: PracticeLine;
  readonly app: AppServer;
  readonly client: Twilio;
  /** Calls the first person with the TwiML inside `<Response>`. */
  call(twiml: string, more?: Record<string, unknown>): Promise<CallInstance>;
  status(sid: string): Promise<string>;
};

/** Opens a line with these people (one who stays silent by default), fifteen times as fast as real. */
export async function openLine(
  people: readonly Person[] = [testPerson()],
  clock: Clock = fastClock(15),
): Promise<Fixture> {
  const speech = createSpeech(createLocalSpeaker(import.meta.filename));
  const line = await createPracticeLine({ clock, log: createLog('error'), people, speech });
  const app = await createAppServer();
  onTestFinished(async () => {
    await line.close();
    await app.close();
  });
  const client = createTwilioClient(line);
  return {
    line,
    app,
    client,
    call: (twiml, more) =>
      client.calls.create({
        to: people[0]?.number ?? '',
        from: line.number,
        twiml: response(twiml),
        ...more,
      }),
    status: async sid => (await client.calls(sid).fetch()).status,
  };
}

/** A TwiML document around some verbs. */
export function response(verbs: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;
}

/** TwiML that streams to the app. */
export function streamTo(app: AppServer, path = '/stream', parameters = ''): string {
  return `<Connect><Stream url="${app.streamUrl}${path}">${parameters}</Stream></Connect>`;
}

/** Waits until `check` passes, at most a minute. */
export function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: 60_000, interval: 10 });
}

/** Waits for a call's final status. */
export function ends(fixture: Fixture, sid: string, status: string): Promise<void> {
  return eventually(async () => expect(await fixture.status(sid)).toBe(status));
}

/** How strong a frequency is in the samples: 0 to 1, 1 for a pure tone. */
export function shareOf(hz: number, samples: Int16Array): number {
  let sine = 0;
  let cosine = 0;
  let energy = 0;
  for (const [index, sample] of samples.entries()) {
    const angle = (2 * Math.PI * hz * index) / 8000;
    sine += sample * Math.sin(angle);
    cosine += sample * Math.cos(angle);
    energy += sample * sample;
  }
  return energy === 0 ? 0 : (2 * (sine * sine + cosine * cosine)) / (samples.length * energy);
}

/** The largest `shareOf` a frequency in any half second of the samples. */
export function bestShareOf(hz: number, samples: Int16Array): number {
  let best = 0;
  for (let at = 0; at + 4000 <= samples.length; at += 1000) {
    best = Math.max(best, shareOf(hz, samples.subarray(at, at + 4000)));
  }
  return best;
}

/** RMS of the samples. */
export function loudness(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}
