import { afterEach, describe, expect, it } from 'vitest';
import type { TranscriptionNews } from '../../electron/core/transcription.ts';
import { testPerson } from '../practice/people.ts';
import { until } from '../support/until.ts';
import {
  type HarnessOptions,
  openPracticeHarness,
  type PracticeHarness,
} from './practice-harness.ts';

const speaker = testPerson({
  script: [
    { do: 'pause', ms: 2000 },
    { do: 'say', text: 'Good day.' },
    { do: 'pause', ms: 60_000 },
  ],
});

const WISH = {
  tracks: ['inbound', 'outbound'],
  language: 'en-US',
  hints: ['Earshot'],
  labels: { inbound: 'Customer', outbound: 'Agent' },
} as const;

let harness: PracticeHarness;

afterEach(() => harness?.close());

async function open(ports: HarnessOptions['ports'] = {}): Promise<void> {
  harness = await openPracticeHarness({ people: [speaker], speed: 10, ports });
}

type News = TranscriptionNews['news'];

const of = <Kind extends News>(kind: Kind): Extract<TranscriptionNews, { news: Kind }>[] =>
  harness.transcripts.filter(
    (told): told is Extract<TranscriptionNews, { news: Kind }> => told.news === kind,
  );

const finals = (): string[] =>
  of('content').flatMap(({ isFinal, text }) => (isFinal ? [text] : []));

describe('a transcript of a practice call', () => {
  it('that its document begins tells their words, and ends with the call', async () => {
    await open({ transcriptionWish: () => WISH });
    const id = await harness.dial(speaker.number);
    const callSid = await harness.connected(id);
    await until(() => finals().length > 0);
    expect(of('started')).toMatchObject([{ callSid, language: 'en-US' }]);
    expect(finals()).toEqual(['Good day.']);
    expect(of('content').at(-1)).toMatchObject({ callSid, track: 'inbound' });
    harness.practice.farHangUp(callSid);
    await until(() => of('stopped').length === 1);
    expect(harness.practice.alerts()).toEqual([]);
    expect(harness.line.faults).toMatchObject({ malformedTranscription: 0, signature: 0 });
  });

  it('that is asked for later is ended when that is asked for', async () => {
    await open();
    const id = await harness.dial(speaker.number);
    const callSid = await harness.connected(id);
    expect(harness.line.transcriptions.isBegun(id)).toBe(false);
    const sid = await harness.line.transcriptions.start({ callSid, ...WISH });
    await until(() => of('started').length === 1);
    expect(of('started')).toMatchObject([{ callSid, transcriptionSid: sid }]);
    await harness.line.transcriptions.stop(callSid, sid);
    await until(() => of('stopped').length === 1);
    await harness.line.transcriptions.stop(callSid, sid);
    harness.practice.farHangUp(callSid);
    await until(harness.hasEnded);
    await expect(harness.line.transcriptions.start({ callSid, ...WISH })).rejects.toMatchObject({
      problem: { kind: 'call-over' },
    });
  });

  it('tells their words once where there is no sound', async () => {
    await open({ transcriptionWish: () => WISH, isTrial: () => true });
    await harness.dial(speaker.number);
    await until(() => finals().length > 0);
    await until(() => harness.told().filter(word => word === 'gather-started').length === 2);
    expect(finals()).toEqual(['Good day.']);
    expect(harness.told()).not.toContain('segment');
  });
});
