import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { introduction } from '../support/builders.ts';
import { until } from '../support/until.ts';
import { samplesOf } from './numbered-frames.ts';
import { openRecordingDesk } from './recording-desk.ts';
import { readStrictly } from './strict-wav.ts';

const NOTICE = 'This call is recorded.';

describe('a call that is to be recorded', () => {
  it('is recorded from its first sound to its end', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const started = await desk.told('recording-started');
    expect(started).toMatchObject({ callId: 'a', by: 'here', offsetMs: 0, recordingSid: null });
    expect(desk.state().calls).toMatchObject([
      { recording: { id: started.recordingId, by: 'here', paused: false } },
    ]);
    await desk.speak('a', 100);
    desk.end('a');
    expect(await desk.told('recording-stopped')).toMatchObject({ because: 'call-ended' });
    expect(await desk.told('recording-saved')).toMatchObject({
      recordingId: started.recordingId,
      durationMs: 2000,
    });
    expect(readStrictly(started.path)).toEqual({
      them: samplesOf('them', 0, 100),
      us: samplesOf('us', 0, 100),
    });
    expect(desk.state().calls).toMatchObject([{ status: 'ended', recorded: 'kept' }]);
    expect(desk.store.history('', 1)).toMatchObject([{ recorded: 'kept' }]);
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'kept', durationMs: 2000 }]);
  });

  it('lies in the folder of its day, by its time, and tells no number and no name', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { path, recordingId } = await desk.told('recording-started');
    const now = new Date(desk.clock.now());
    const two = (part: number): string => String(part).padStart(2, '0');
    expect(relative(desk.folder, path)).toBe(
      join(
        `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
        `${two(now.getHours())}-${two(now.getMinutes())}-${two(now.getSeconds())} ${recordingId}.wav`,
      ),
    );
    expect(path).not.toMatch(/415|Dana/);
  });

  it('goes on through a second stream', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always', recordNotice: NOTICE } });
    desk.answer('a');
    await desk.told('recording-started');
    await desk.speak('a', 10);
    desk.emit({ event: 'stream-stopped', callId: 'a', streamSid: 'MZa' });
    desk.emit({ event: 'stream-started', callId: 'a', streamSid: 'MZ2' });
    await desk.speak('a', 10);
    await desk.recordings.pause('a', true);
    desk.end('a');
    await desk.told('recording-saved');
    expect(desk.count('recording-started')).toBe(1);
    expect(desk.said).toHaveLength(1);
  });

  it('is one of the line that was chosen', async () => {
    const desk = openRecordingDesk({ settings: { record: 'account' } });
    desk.answer('a');
    await desk.recordings.of('a');
    desk.change({ record: 'practice' });
    desk.answer('b');
    expect(await desk.told('recording-started')).toMatchObject({ callId: 'b' });
    expect(desk.count('recording-started')).toBe(1);
  });

  it('is what was asked when it was dialled, whatever the settings say', async () => {
    const desk = openRecordingDesk();
    for (const callId of ['a', 'b']) {
      desk.emit({ event: 'call-requested', ...introduction(callId, 'outbound') });
    }
    desk.recordings.asked('a', true);
    desk.answer('a');
    expect(await desk.told('recording-started')).toMatchObject({ callId: 'a' });
    desk.change({ record: 'always' });
    desk.recordings.asked('b', false);
    desk.answer('b');
    desk.answer('c');
    expect(await desk.told('recording-started', 2)).toMatchObject({ callId: 'c' });
    expect(desk.count('recording-started')).toBe(2);
  });

  it('is not kept when it was answered before it was known that it was not to be', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { path } = await desk.told('recording-started');
    await desk.speak('a', 10);
    desk.recordings.asked('a', false);
    await desk.told('recording-deleted');
    expect(existsSync(path)).toBe(false);
    expect(desk.problems()).toEqual([]);
  });
});

describe('recording by hand', () => {
  it('starts, pauses with silence, goes on and stops while the call goes on', async () => {
    const desk = openRecordingDesk();
    desk.answer('a');
    await desk.speak('a', 50);
    await desk.recordings.start('a');
    await desk.recordings.start('a');
    const { path, offsetMs } = await desk.told('recording-started');
    expect(offsetMs).toBe(1000);
    await desk.speak('a', 50);
    await desk.recordings.pause('a', true);
    await desk.recordings.pause('a', true);
    expect(desk.state().calls).toMatchObject([{ recording: { paused: true } }]);
    await desk.speak('a', 50);
    await desk.recordings.pause('a', false);
    await desk.speak('a', 50);
    await desk.recordings.stop('a');
    expect(desk.state().calls).toMatchObject([{ status: 'live', recording: null }]);
    expect(desk.count('recording-paused')).toBe(2);
    expect(await desk.told('recording-stopped')).toMatchObject({ because: 'asked' });
    const { them } = readStrictly(path);
    expect(them.subarray(0, 8000)).toEqual(samplesOf('them', 50, 100));
    expect(new Set(them.subarray(8000, 16_000))).toEqual(new Set([0]));
    expect(them.subarray(16_000)).toEqual(samplesOf('them', 150, 200));
    expect(desk.store.recordingsOf('a')).toMatchObject([{ offsetMs: 1000, durationMs: 3000 }]);
  });

  it('that was stopped does not begin again with the next stream', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    await desk.told('recording-started');
    await desk.recordings.stop('a');
    await desk.recordings.stop('a');
    desk.emit({ event: 'stream-started', callId: 'a', streamSid: 'MZ2' });
    desk.end('a');
    await desk.recordings.close();
    expect(desk.count('recording-started')).toBe(1);
    expect(desk.count('recording-stopped')).toBe(1);
  });

  it('needs a live call with sound, and one that runs to be paused', async () => {
    const desk = openRecordingDesk();
    const refused = { problem: { kind: 'wrong-call-state' } };
    await expect(desk.recordings.start('nobody')).rejects.toMatchObject(refused);
    desk.answer('a');
    await expect(desk.recordings.pause('a', true)).rejects.toMatchObject(refused);
    desk.end('a');
    await expect(desk.recordings.start('a')).rejects.toMatchObject(refused);
    desk.answer('words');
    desk.emit({ event: 'call-ended', callId: 'words', reason: 'hung-up-here' });
    expect(desk.count('recording-started')).toBe(0);
  });

  it('says so on a call that Twilio carries as words only', async () => {
    const desk = openRecordingDesk();
    desk.emit({ event: 'call-ringing', ...introduction('a') });
    desk.emit({ event: 'call-answered', callId: 'a', carrier: 'gather' });
    await expect(desk.recordings.start('a')).rejects.toMatchObject({
      problem: { kind: 'wrong-call-state', message: expect.stringContaining('words only') },
    });
    expect(desk.problems()).toEqual([]);
    desk.emit({ event: 'call-ended', callId: 'a', reason: 'hung-up-there' });
    desk.change({ record: 'always' });
    desk.emit({ event: 'call-ringing', ...introduction('b') });
    desk.emit({ event: 'call-answered', callId: 'b', carrier: 'gather' });
    await until(() => desk.problems().length > 0);
    expect(desk.problems()).toEqual(['recording-of-b: wrong-call-state']);
  });

  it('ends with the app, and the file is whole', async () => {
    const desk = openRecordingDesk();
    desk.answer('a');
    await desk.recordings.start('a');
    await desk.speak('a', 20);
    await desk.recordings.close();
    const [kept] = desk.store.recordingsOf('a');
    expect(kept).toMatchObject({ status: 'kept', durationMs: 400 });
    expect(readStrictly(kept?.path ?? '').them).toHaveLength(3200);
  });
});

describe('the notice', () => {
  it('is spoken into the call once, right after its recording began', async () => {
    const desk = openRecordingDesk({ settings: { recordNotice: NOTICE } });
    desk.answer('a');
    await desk.recordings.start('a');
    await desk.recordings.pause('a', true);
    await desk.recordings.pause('a', false);
    await desk.recordings.stop('a');
    await desk.recordings.start('a');
    expect(desk.said).toEqual([`a: ${NOTICE.length * 160} samples`]);
    const names = desk.events.map(({ event }) => event);
    expect(names.indexOf('text-said')).toBe(names.indexOf('recording-started') + 1);
    expect(desk.count('text-said')).toBe(1);
    expect(await desk.told('text-said')).toMatchObject({ text: NOTICE, by: 'stream' });
  });

  it('that cannot be spoken lets nothing be recorded', async () => {
    let broken = true;
    const desk = openRecordingDesk({
      settings: { record: 'always', recordNotice: NOTICE },
      speak: async text => {
        if (broken) throw new Error('no voice');
        return new Int16Array(text.length);
      },
    });
    desk.answer('a');
    await desk.told('call-answered');
    await expect(desk.recordings.start('a')).rejects.toMatchObject({
      problem: {
        kind: 'recording-failed',
        message: expect.stringContaining('could not be spoken'),
      },
    });
    expect(desk.problems()).toEqual(['recording-of-a: recording-failed']);
    expect(desk.count('recording-started')).toBe(0);
    broken = false;
    await desk.recordings.start('a');
    expect(desk.problems()).toEqual([]);
  });

  it('waits for the stream when that is gone before it is spoken', async () => {
    let speakNow = (): void => {};
    const spoken = new Promise<void>(resolve => {
      speakNow = resolve;
    });
    const desk = openRecordingDesk({
      settings: { record: 'always', recordNotice: NOTICE },
      speak: async () => {
        await spoken;
        return new Int16Array(160);
      },
    });
    desk.answer('a');
    desk.emit({ event: 'stream-stopped', callId: 'a', streamSid: 'MZa' });
    speakNow();
    await expect(desk.recordings.start('a')).rejects.toMatchObject({
      problem: { kind: 'wrong-call-state' },
    });
    expect(desk.problems()).toEqual([]);
    desk.emit({ event: 'stream-started', callId: 'a', streamSid: 'MZ2' });
    await desk.told('recording-started');
    expect(desk.said).toEqual(['a: 160 samples']);
  });
});

describe('the disk', () => {
  it('that gets full ends the recording, not the call, and keeps what there is', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { path } = await desk.told('recording-started');
    await desk.speak('a', 50);
    desk.room.freeBytes = 900e6;
    await desk.speak('a', 300);
    expect(desk.state().problems).toMatchObject([
      {
        id: 'recording-disk',
        problem: {
          kind: 'disk-full',
          message:
            '900 MB left: about 6 hours of recording. Recording stops below 200 MB; calls go on.',
        },
      },
    ]);
    desk.room.freeBytes = 100e6;
    await desk.speak('a', 300);
    expect(await desk.told('recording-stopped')).toMatchObject({ because: 'disk-full' });
    const { durationMs } = await desk.told('recording-saved');
    expect(durationMs).toBeGreaterThan(6000);
    expect(readStrictly(path).them).toHaveLength(durationMs * 8);
    expect(desk.problems()).toContain('recording-of-a: disk-full');
    expect(desk.state().calls).toMatchObject([{ status: 'live', recording: null }]);

    desk.room.freeBytes = 50e9;
    await desk.recordings.start('a');
    await desk.speak('a', 300);
    expect(desk.problems()).toEqual([]);
  });
});

describe('a file that somebody took away', () => {
  it('is told as lost when its call is looked at, and again not', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { path } = await desk.told('recording-started');
    await desk.speak('a', 10);
    desk.end('a');
    await desk.told('recording-saved');
    expect(await desk.recordings.of('a')).toMatchObject([{ status: 'kept' }]);
    rmSync(path);
    expect(await desk.recordings.of('a')).toMatchObject([{ status: 'lost' }]);
    await desk.recordings.of('a');
    expect(desk.count('recording-lost')).toBe(1);
    expect(desk.state().calls).toMatchObject([{ recorded: null }]);
    expect(desk.store.history('', 1)).toMatchObject([{ recorded: null }]);
  });
});

describe('a file that is there again', () => {
  it('is kept again when its call is looked at', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { path } = await desk.told('recording-started');
    await desk.speak('a', 10);
    desk.end('a');
    await desk.told('recording-saved');
    renameSync(path, `${path}.away`);
    expect(await desk.recordings.of('a')).toMatchObject([{ status: 'lost' }]);
    renameSync(`${path}.away`, path);
    expect(await desk.recordings.of('a')).toMatchObject([{ status: 'kept', durationMs: 200 }]);
    expect(desk.state().calls).toMatchObject([{ recorded: 'kept' }]);
  });
});

describe('a deleted recording', () => {
  it('takes its files and the empty folder of its day with it', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { recordingId, path } = await desk.told('recording-started');
    await desk.speak('a', 10);
    await expect(desk.recordings.delete(recordingId)).rejects.toMatchObject({
      problem: { kind: 'wrong-call-state' },
    });
    desk.end('a');
    await desk.told('recording-saved');
    expect(statSync(`${path}.levels`).size).toBeGreaterThan(0);
    await desk.recordings.delete(recordingId);
    await desk.recordings.delete(recordingId);
    expect(readdirSync(desk.folder)).toEqual([]);
    expect(desk.count('recording-deleted')).toBe(1);
    expect(await desk.told('recording-deleted')).toMatchObject({ because: 'asked' });
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'deleted' }]);
    await expect(desk.recordings.delete('nothing')).rejects.toMatchObject({
      problem: { kind: 'no-recording' },
    });
  });
});

describe('after a crash', () => {
  it('what was recorded is made whole and kept, and the call is recorded on, paused as it was', async () => {
    const before = openRecordingDesk();
    before.answer('a');
    await before.recordings.start('a');
    await before.speak('a', 100);
    await before.recordings.pause('a', true);
    before.kill();

    const desk = openRecordingDesk({ dataDir: before.dataDir, startMs: before.clock.now() + 5000 });
    await desk.recordings.open();
    const { durationMs } = await desk.told('recording-saved');
    expect(durationMs).toBeGreaterThan(1900);
    const [kept] = desk.store.recordingsOf('a');
    expect(kept?.status).toBe('kept');
    expect(readStrictly(kept?.path ?? '').them).toHaveLength(durationMs * 8);

    desk.answer('a');
    expect(await desk.told('recording-paused')).toMatchObject({ on: true });
    expect(desk.state().calls).toMatchObject([{ recording: { by: 'here', paused: true } }]);
    // The call's sound began in the run before, two seconds of call and five of none ago.
    expect(await desk.told('recording-started')).toMatchObject({ offsetMs: 7000 });
    expect(desk.store.recordingsOf('a')).toHaveLength(2);
  });

  it('what cannot be reached now is looked at again by the next run', async () => {
    const before = openRecordingDesk();
    before.answer('a');
    await before.recordings.start('a');
    await before.speak('a', 10);
    const { path } = await before.told('recording-started');
    before.kill();
    // A folder in its place: nobody may write to it as to a file.
    renameSync(path, `${path}.away`);
    mkdirSync(path);
    const desk = openRecordingDesk({ dataDir: before.dataDir });
    await desk.recordings.open();
    expect(desk.count('recording-lost')).toBe(0);
    await desk.close();
    rmdirSync(path);
    renameSync(`${path}.away`, path);
    const next = openRecordingDesk({ dataDir: before.dataDir });
    await next.recordings.open();
    expect(next.store.recordingsOf('a')).toMatchObject([{ status: 'kept' }]);
  });

  it('what has no file is lost', async () => {
    const before = openRecordingDesk();
    before.answer('a');
    await before.recordings.start('a');
    await before.speak('a', 10);
    const { path } = await before.told('recording-started');
    before.kill();
    rmSync(path);
    const desk = openRecordingDesk({ dataDir: before.dataDir });
    await desk.recordings.open();
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'lost' }]);
    expect(desk.store.unfinishedRecordings()).toEqual([]);
  });
});
