import { describe, expect, it } from 'vitest';
import { asLive } from '../../electron/core/call.ts';
import { openFaultDesk } from '../faults/desk-on-practice.ts';
import { testPerson } from '../practice/people.ts';
import { until } from '../support/until.ts';

const person = testPerson({
  verified: true,
  script: [
    { do: 'say', text: 'Good morning, I have a question about my order.' },
    { do: 'pause', ms: 2000 },
    { do: 'say', text: 'It was meant to come on Tuesday.' },
    { do: 'pause', ms: 3_600_000 },
  ],
});

/** A desk on the practice line, three times as fast as real. */
async function openTold(pretend = {}) {
  const desk = await openFaultDesk({ people: [person], pretend, speed: 3 });
  const segments = () => desk.events.flatMap(event => (event.event === 'segment' ? [event] : []));
  return {
    ...desk,
    segments,
    finals: () => segments().filter(({ isFinal, text }) => isFinal && text !== ''),
    transcription: (sid: string) => asLive(desk.call(sid))?.transcription,
  };
}

describe('what somebody of the practice line says', () => {
  it('is told as it is said, in order, on their side', async () => {
    const desk = await openTold();
    const sid = await desk.talk();
    await until(() => desk.finals().length >= 2);
    expect(desk.transcription(sid)).toMatchObject({ by: 'twilio', status: 'on' });
    const [first, second] = desk.finals();
    expect(first).toMatchObject({ speaker: 'them', who: null, by: 'twilio', language: 'en-US' });
    expect(first?.text.toLowerCase()).toMatch(/morning.*question.*order/);
    expect(second?.text.toLowerCase()).toMatch(/tuesday/);
    const [one, other] = [first?.place ?? null, second?.place ?? null];
    expect((one?.atMs ?? 0) + (one?.lengthMs ?? 0)).toBeLessThanOrEqual(other?.atMs ?? 0);
    // Drafts of it came before.
    const drafts = desk.segments().filter(({ segmentId }) => segmentId === first?.segmentId);
    expect(drafts.length).toBeGreaterThan(1);
    expect(drafts.map(({ isFinal }) => isFinal).indexOf(true)).toBe(drafts.length - 1);
  });

  it('is told though Twilio fails at first', async () => {
    const desk = await openTold({ transcriptionError: 32650 });
    const sid = await desk.talk();
    await until(() => desk.transcription(sid)?.status === 'failed');
    expect(desk.transcription(sid)).toMatchObject({
      problem: { kind: 'transcript-failed', code: '32650' },
      retryAt: expect.any(Number),
    });
    desk.practice.pretend({ transcriptionError: null });
    await until(() => desk.transcription(sid)?.status === 'on');
    expect(desk.call(sid)?.status).toBe('live');
    await until(() => desk.finals().length > 0);
  });
});
