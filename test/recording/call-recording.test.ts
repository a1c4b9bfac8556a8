import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { introduction } from '../support/builders.ts';
import { until } from '../support/until.ts';
import { openRecordingDesk, twilioRecordings } from './recording-desk.ts';

const NOTICE = 'This call is recorded.';

type Desk = ReturnType<typeof openRecordingDesk>;
type Options = Parameters<typeof openRecordingDesk>[0];

/** The desk that is started again over what a killed one left, a minute later. */
async function restarted(killed: Desk, options: Options = {}): Promise<Desk> {
  killed.kill();
  const startMs = killed.clock.now() + 60_000;
  const desk = openRecordingDesk({ dataDir: killed.dataDir, startMs, ...options });
  await desk.recordings.open();
  return desk;
}

/** A call of an earlier run that still goes on; its stream is not back. */
function restoreWithoutStream(desk: Desk, callId: string): void {
  const times = { startedAt: 0, answeredAt: 0 };
  desk.emit({ event: 'call-restored', ...introduction(callId), ...times });
}

describe('a call that is not to be recorded', () => {
  const always = { settings: { record: 'always' } } as const;

  it('because its recording was stopped by hand is not recorded after a crash either', async () => {
    const before = openRecordingDesk(always);
    before.answer('a');
    await before.told('recording-started');
    await before.speak('a', 20);
    await before.recordings.stop('a');
    await before.told('recording-saved');
    const desk = await restarted(before, always);
    desk.answer('a');
    desk.answer('b');
    expect(await desk.told('recording-started')).toMatchObject({ callId: 'b' });
    expect(desk.count('recording-started')).toBe(1);
  });

  it('because that was asked before it had begun is not recorded after a crash either', async () => {
    const before = openRecordingDesk();
    before.answer('a');
    await before.recordings.stop('a');
    const desk = await restarted(before, always);
    desk.answer('a');
    desk.answer('b');
    expect(await desk.told('recording-started')).toMatchObject({ callId: 'b' });
  });

  it('because it was dialled so is not recorded after a crash either, nor is one forgotten that was to be', async () => {
    const before = openRecordingDesk();
    for (const callId of ['a', 'b']) {
      before.emit({ event: 'call-requested', ...introduction(callId, 'outbound') });
    }
    before.recordings.asked('a', false);
    before.recordings.asked('b', true);
    expect(await before.told('recording-wanted', 2)).toMatchObject({ callId: 'b', on: true });
    const unasked = await restarted(before);
    unasked.answer('b');
    expect(await unasked.told('recording-started')).toMatchObject({ callId: 'b' });
    const desk = await restarted(unasked, always);
    desk.answer('a');
    desk.answer('c');
    expect(await desk.told('recording-started')).toMatchObject({ callId: 'c' });
  });
});

describe('a recording that an earlier run left, stopped before the stream is back', () => {
  it('is not gone on with', async () => {
    const before = openRecordingDesk();
    before.answer('a');
    await before.recordings.start('a');
    await before.speak('a', 20);
    const desk = await restarted(before);
    restoreWithoutStream(desk, 'a');
    await desk.recordings.stop('a');
    desk.answer('a');
    desk.answer('b');
    await desk.recordings.start('b');
    expect(await desk.told('recording-started')).toMatchObject({ callId: 'b' });
    expect(desk.count('recording-started')).toBe(1);
  });

  it('is stopped at Twilio, and fetched', async () => {
    const twilio = twilioRecordings();
    const atTwilio = {
      line: 'twilio',
      atTwilio: () => twilio.line,
      settings: { recorder: 'twilio' },
    } as const;
    const before = openRecordingDesk(atTwilio);
    before.answer('a');
    await before.recordings.start('a');
    await before.speak('a', 20);
    const desk = await restarted(before, atTwilio);
    restoreWithoutStream(desk, 'a');
    await desk.recordings.stop('a');
    expect(twilio.asked).toContain('stop RE1');
    expect(desk.state().calls).toMatchObject([{ recording: null, recorded: 'waiting' }]);
    twilio.hand(async () => ({ durationMs: 400 }));
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    await desk.told('recording-saved');
    desk.emit({ event: 'stream-started', callId: 'a', streamSid: 'MZ2' });
    await desk.recordings.close();
    expect(desk.state().calls).toMatchObject([{ recording: null, recorded: 'kept' }]);
  });

  it('goes on when Twilio cannot be asked, and is fetched when its call ends', async () => {
    const twilio = twilioRecordings();
    let line: typeof twilio.line | null = twilio.line;
    const atTwilio = {
      line: 'twilio',
      atTwilio: () => line,
      settings: { recorder: 'twilio' },
    } as const;
    const before = openRecordingDesk(atTwilio);
    before.answer('a');
    await before.recordings.start('a');
    const desk = await restarted(before, atTwilio);
    restoreWithoutStream(desk, 'a');
    line = null;
    await expect(desk.recordings.stop('a')).rejects.toMatchObject({
      problem: { kind: 'line-down' },
    });
    line = twilio.line;
    desk.end('a');
    expect(await desk.told('recording-stopped')).toMatchObject({ because: 'call-ended' });
    twilio.hand(async () => ({ durationMs: 400 }));
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    await desk.told('recording-saved');
  });
});

describe('a disk without room', () => {
  it('lets no recording begin: nothing is said, and no file is left', async () => {
    const desk = openRecordingDesk({ settings: { recordNotice: NOTICE } });
    desk.room.freeBytes = 150e6;
    desk.answer('a');
    await expect(desk.recordings.start('a')).rejects.toMatchObject({
      problem: { kind: 'disk-full', message: expect.stringContaining('Nothing of this call') },
    });
    expect(desk.said).toEqual([]);
    expect(desk.count('recording-started')).toBe(0);
    expect(existsSync(desk.folder)).toBe(false);
    desk.change({ record: 'always' });
    desk.answer('b');
    await until(() => desk.problems().includes('recording-of-b: disk-full'));
  });
});

describe('a recording of nothing', () => {
  it('leaves no file and is told as lost', async () => {
    const desk = openRecordingDesk();
    desk.answer('a');
    await desk.recordings.start('a');
    const { path } = await desk.told('recording-started');
    await desk.recordings.stop('a');
    await desk.told('recording-lost');
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(desk.folder, { recursive: true }).filter(isFile)).toEqual([]);
    expect(desk.count('recording-saved')).toBe(0);
    expect(desk.state().calls).toMatchObject([{ recorded: null }]);
  });
});

describe('a problem with a recording', () => {
  const breakOff = (desk: Desk): void => {
    const [call] = desk.state().calls;
    const id = call?.status === 'live' ? call.recording?.id : undefined;
    desk.recordings.writingStopped(id ?? '', 'failed');
  };

  it('is of its call: another call’s recording does not end it, its own does', async () => {
    const desk = openRecordingDesk();
    desk.answer('a');
    await desk.recordings.start('a');
    breakOff(desk);
    await until(() => desk.problems().length > 0);
    desk.answer('b');
    await desk.recordings.start('b');
    expect(desk.problems()).toEqual(['recording-of-a: recording-failed']);
    await desk.recordings.start('a');
    expect(desk.problems()).toEqual([]);
  });

  it('outlives its call until there is news of another', async () => {
    const desk = openRecordingDesk();
    desk.answer('a');
    await desk.recordings.start('a');
    breakOff(desk);
    await until(() => desk.problems().length > 0);
    desk.end('a');
    expect(desk.problems()).toEqual(['recording-of-a: recording-failed']);
    desk.answer('b');
    await desk.recordings.start('b');
    expect(desk.problems()).toEqual([]);
  });
});

describe('the notice', () => {
  it('is heard on both sides', async () => {
    const desk = openRecordingDesk({ settings: { recordNotice: NOTICE } });
    desk.answer('a');
    await desk.recordings.start('a');
    expect(desk.said).toEqual([`a: ${NOTICE.length * 160} samples`]);
    expect(desk.heard).toEqual([NOTICE.length * 160]);
  });

  it('that fails once the recording runs does not claim that nothing is recorded', async () => {
    let voices = 1;
    const desk = openRecordingDesk({
      settings: { record: 'always', recordNotice: NOTICE },
      speak: async () => {
        if (voices === 0) throw new Error('no voice');
        voices -= 1;
        return new Int16Array(160);
      },
    });
    desk.loseNextClip();
    desk.answer('a');
    await desk.told('recording-started');
    expect(desk.said).toEqual([]);
    desk.emit({ event: 'stream-stopped', callId: 'a', streamSid: 'MZa' });
    desk.emit({ event: 'stream-started', callId: 'a', streamSid: 'MZ2' });
    await until(() => desk.problems().length > 0);
    const [standing] = desk.state().problems;
    expect(standing?.problem.message).toContain('The recording goes on');
    expect(standing?.problem.message).not.toContain('nothing of this call is recorded');
    expect(desk.state().calls).toMatchObject([{ recording: { by: 'here' } }]);
  });
});

function isFile(name: string | Buffer): boolean {
  return String(name).includes('.wav');
}
