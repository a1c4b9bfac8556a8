import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RECORDERS } from '../../electron/core/recording.ts';
import { readStrictly } from '../recording/strict-wav.ts';
import { amplitudeAt } from '../support/tones.ts';
import { until } from '../support/until.ts';
import { type FaultDesk, HUM_HZ, hummer, openFaultDesk } from './desk-on-practice.ts';

const NOTICE = 'This call is recorded.';

/** The facts about recordings so far. */
function recorded({ events }: FaultDesk) {
  return events.filter(({ event }) => event.startsWith('recording-')).map(({ event }) => event);
}

async function recordings(desk: FaultDesk, callId: string) {
  return desk.run({ command: 'recordings', callId });
}

describe.each(['here', 'twilio'] satisfies (typeof RECORDERS)[number][])(
  'a call recorded %s',
  recorder => {
    it('is kept with both sides, its notice, and silence where it was paused', async () => {
      const desk = await openFaultDesk();
      await desk.run({
        command: 'change-settings',
        settings: { record: 'always', recorder, recordNotice: NOTICE },
      });
      const sid = await desk.talk();
      const callId = desk.call(sid)?.id ?? '';
      await until(() => recorded(desk).includes('recording-started'));
      await desk.passes(3000);
      await desk.run({ command: 'pause-recording', callId, on: true });
      await desk.passes(3000);
      await desk.run({ command: 'pause-recording', callId, on: false });
      await desk.passes(1000);
      await desk.run({ command: 'hang-up', callId });
      await until(() => recorded(desk).includes('recording-saved'));
      expect(recorded(desk)).toEqual([
        'recording-started',
        'recording-paused',
        'recording-paused',
        'recording-stopped',
        'recording-saved',
      ]);
      expect(desk.call(sid)).toMatchObject({ status: 'ended', recorded: 'kept' });

      const { recordings: kept, markers } = await recordings(desk, callId);
      expect(kept).toMatchObject([{ by: recorder, status: 'kept' }]);
      const { path, durationMs } = kept[0] ?? { path: '', durationMs: 0 };
      const { them, us } = readStrictly(path);
      expect(them.length / 8).toBeCloseTo(durationMs, -2);
      expect(amplitudeAt(them.subarray(0, 8000), HUM_HZ)).toBeGreaterThan(3000);
      expect(us.some(sample => Math.abs(sample) > 3000)).toBe(true);
      expect(longestSilence(them)).toBeGreaterThan(2.5 * 8000);
      expect(markers.map(({ kind }) => kind)).toContain('recording-paused');
    });
  },
);

describe('a call that Twilio records', () => {
  it('is recorded again right after that was stopped, to its end', async () => {
    const desk = await openFaultDesk();
    await desk.run({ command: 'change-settings', settings: { recorder: 'twilio' } });
    const sid = await desk.talk();
    const callId = desk.call(sid)?.id ?? '';
    await desk.run({ command: 'record', callId, on: true });
    await desk.passes(2000);
    await desk.run({ command: 'record', callId, on: false });
    await desk.run({ command: 'record', callId, on: true });
    await desk.passes(8000);
    expect(desk.call(sid)).toMatchObject({ status: 'live', recording: { by: 'twilio' } });
    await desk.run({ command: 'hang-up', callId });
    const saved = () => recorded(desk).filter(event => event === 'recording-saved').length;
    await until(() => saved() === 2);
    const { recordings: kept } = await recordings(desk, callId);
    expect(kept).toMatchObject([{ status: 'kept' }, { status: 'kept' }]);
    expect(kept[1]?.durationMs).toBeGreaterThan(5000);
    expect(desk.app.state().problems.map(({ id }) => id)).not.toContain('recording');
  });
});

describe('recordings', () => {
  it('of calls that are asked for are made, whatever the settings say', async () => {
    const desk = await openFaultDesk();
    const { callId } = await desk.run({ command: 'dial', to: hummer.number, record: true });
    await until(() => recorded(desk).includes('recording-started'));
    await desk.passes(1000);
    await desk.run({ command: 'record', callId, on: false });
    await until(() => recorded(desk).includes('recording-saved'));
    const { callId: other } = await desk.run({ command: 'dial', to: hummer.number });
    await until(() => desk.call(other)?.status === 'live');
    await desk.passes(1000);
    expect(desk.call(other)).toMatchObject({ recording: null });
  });

  it('go on in the same file when the stream of their call was lost', async () => {
    const desk = await openFaultDesk();
    await desk.run({ command: 'change-settings', settings: { record: 'always' } });
    const sid = await desk.talk();
    await until(() => recorded(desk).includes('recording-started'));
    await desk.passes(1000);
    desk.practice.loseStreams();
    await desk.soundFlows(sid);
    await desk.passes(1000);
    await desk.run({ command: 'hang-up', callSid: sid });
    await until(() => recorded(desk).includes('recording-saved'));
    const { recordings: kept } = await recordings(desk, desk.call(sid)?.id ?? '');
    expect(kept).toHaveLength(1);
    const { them } = readStrictly(kept[0]?.path ?? '');
    expect(amplitudeAt(them.subarray(-8000), HUM_HZ)).toBeGreaterThan(1500);
  });

  it('are deleted with their files', async () => {
    const desk = await openFaultDesk();
    await desk.run({ command: 'change-settings', settings: { record: 'always' } });
    const sid = await desk.talk();
    const callId = desk.call(sid)?.id ?? '';
    await desk.passes(1000);
    await desk.run({ command: 'hang-up', callId });
    await until(() => recorded(desk).includes('recording-saved'));
    const { recordings: kept } = await recordings(desk, callId);
    const { id = '', path = '' } = kept[0] ?? {};
    expect(existsSync(path)).toBe(true);
    await desk.run({ command: 'delete-recording', recordingId: id });
    expect([path, `${path}.levels`].map(file => existsSync(file))).toEqual([false, false]);
    expect(await recordings(desk, callId)).toMatchObject({ recordings: [{ status: 'deleted' }] });
  });
});

/** Length of the longest stretch near silence, in samples. */
function longestSilence(samples: Int16Array): number {
  let longest = 0;
  let run = 0;
  for (const sample of samples) {
    run = Math.abs(sample) < 100 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
