import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Problem, ProblemError } from '../../electron/core/problem.ts';
import { SAMPLE_BYTES, wavHeader } from '../../electron/recording/wav-header.ts';
import { until } from '../support/until.ts';
import { GONE, openRecordingDesk, twilioRecordings } from './recording-desk.ts';

const REFUSED: Problem = {
  kind: 'refused-by-twilio',
  message: 'Twilio does not record this call.',
  remedy: 'Look at the account.',
  code: '21220',
};

/** Hands over a second of silence. */
async function secondOfSilence(_: string, path: string): Promise<{ durationMs: number }> {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.concat([wavHeader(8000), Buffer.alloc(8000 * SAMPLE_BYTES)]));
  return { durationMs: 1000 };
}

type Desk = ReturnType<typeof openRecordingDesk>;

function deskWithTwilio(options: Parameters<typeof openRecordingDesk>[0] = {}) {
  const twilio = twilioRecordings();
  const settings = { recorder: 'twilio', ...options.settings } as const;
  const desk = openRecordingDesk({
    line: 'twilio',
    atTwilio: () => twilio.line,
    ...options,
    settings,
  });
  return { twilio, desk };
}

/** A desk whose call has ended and waits for Twilio's recording. */
async function deskThatWaits(options: Parameters<typeof openRecordingDesk>[0] = {}) {
  const found = deskWithTwilio({ ...options, settings: { record: 'always', ...options.settings } });
  found.desk.answer('a');
  await found.desk.told('recording-started');
  await found.desk.speak('a', 50);
  found.desk.end('a');
  await found.desk.told('recording-stopped');
  return found;
}

/** The line goes and comes. */
function openAgain(desk: Desk): void {
  const { line } = desk.state();
  desk.emit({ event: 'line-changed', line: { ...line, status: 'starting' } });
  desk.emit({ event: 'line-changed', line: { ...line, status: 'ready' } });
}

/** Waits until what was begun is done and so many timers wait again. */
function atRest(desk: Desk, timers = 1): Promise<void> {
  return until(() => desk.clock.timers() === timers);
}

describe('a recording that Twilio makes', () => {
  it('starts, pauses and stops there, and is fetched when Twilio says it is ready', async () => {
    const { twilio, desk } = deskWithTwilio();
    desk.answer('a');
    await desk.speak('a', 50);
    await desk.recordings.start('a');
    expect(await desk.told('recording-started')).toMatchObject({
      by: 'twilio',
      recordingSid: 'RE1',
      offsetMs: 1000,
    });
    await desk.recordings.pause('a', true);
    await desk.recordings.pause('a', false);
    await desk.recordings.stop('a');
    expect(twilio.asked).toEqual(['start a', 'pause RE1 true', 'pause RE1 false', 'stop RE1']);
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'waiting', sid: 'RE1' }]);
    desk.end('a');
    expect(desk.store.history('', 1)).toMatchObject([{ recorded: 'waiting' }]);

    twilio.hand(secondOfSilence);
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    expect(await desk.told('recording-saved')).toMatchObject({ durationMs: 1000 });
    const [kept] = desk.store.recordingsOf('a');
    expect(kept).toMatchObject({ status: 'kept', durationMs: 1000 });
    expect(existsSync(kept?.path ?? '')).toBe(true);
    expect(existsSync(`${kept?.path}.levels`)).toBe(true);
    expect(desk.store.history('', 1)).toMatchObject([{ recorded: 'kept' }]);
  });

  it('is asked for with longer and longer pauses when Twilio never says so', async () => {
    const { twilio, desk } = await deskThatWaits();
    const fetches = () => twilio.asked.filter(what => what === 'fetch RE1').length;
    expect(fetches()).toBe(0);
    for (const [pauseMs, count] of [
      [5000, 1],
      [15_000, 2],
      [45_000, 3],
      [135_000, 4],
      [405_000, 5],
      [600_000, 6],
      [600_000, 7],
    ] as const) {
      desk.clock.advance(pauseMs - 1);
      expect(desk.clock.timers()).toBe(1);
      desk.clock.advance(1);
      await atRest(desk);
      expect(fetches()).toBe(count);
    }
    twilio.hand(secondOfSilence);
    desk.clock.advance(600_000);
    await desk.told('recording-saved');
    await atRest(desk, 0);
    expect(fetches()).toBe(8);
  });

  it('is fetched at once when Twilio said so before its call was known to be over', async () => {
    const { twilio, desk } = deskWithTwilio({ settings: { record: 'always' } });
    twilio.hand(secondOfSilence);
    desk.answer('a');
    await desk.told('recording-started');
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    desk.end('a');
    await desk.told('recording-saved');
    desk.clock.advance(10_000);
    expect(await desk.told('recording-stopped')).toMatchObject({ because: 'call-ended' });
    expect(desk.problems()).toEqual([]);
  });

  it.each(['absent', 'failed'] as const)('is lost when Twilio says it is %s', async status => {
    const { desk } = await deskThatWaits();
    desk.recordings.told({ recordingSid: 'RE1', status });
    await desk.told('recording-lost');
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'lost' }]);
    expect(desk.state().calls).toMatchObject([{ recorded: null }]);
  });

  it('is lost when the account that made it has none', async () => {
    const { twilio, desk } = await deskThatWaits();
    twilio.refuse(GONE);
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    await desk.told('recording-lost');
  });

  it('is waited for while another account is in use', async () => {
    const { twilio, desk } = await deskThatWaits();
    twilio.hand(secondOfSilence);
    twilio.use('AC2');
    openAgain(desk);
    for (let hours = 0; hours < 72; hours += 1) {
      desk.clock.advance(3_600_000);
      await atRest(desk);
    }
    expect(twilio.asked).not.toContain('fetch RE1');
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'waiting', account: 'AC1' }]);
    twilio.use('AC1');
    openAgain(desk);
    await desk.told('recording-saved');
  });

  it('is not there again when it was deleted while it was fetched', async () => {
    const { twilio, desk } = await deskThatWaits();
    const [waiting] = desk.store.recordingsOf('a');
    let hand = (): void => {};
    const handed = new Promise<void>(resolve => {
      hand = resolve;
    });
    twilio.hand(async (sid, path) => {
      await handed;
      return secondOfSilence(sid, path);
    });
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    await until(() => twilio.asked.includes('fetch RE1'));
    await desk.recordings.delete(waiting?.id ?? '');
    hand();
    await desk.recordings.close();
    expect(readdirSync(desk.folder)).toEqual([]);
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'deleted' }]);
    expect(desk.count('recording-saved')).toBe(0);
    expect(desk.problems()).toEqual([]);
  });

  it.each([
    ['is deleted', 'recording-deleted'],
    ['is lost', 'recording-lost'],
  ] as const)('leaves nothing of what a killed run had fetched when it %s', async (_, how) => {
    const { desk } = await deskThatWaits();
    const [waiting] = desk.store.recordingsOf('a');
    const draft = `${waiting?.path}.part`;
    mkdirSync(dirname(draft), { recursive: true });
    writeFileSync(draft, 'half');
    if (how === 'recording-deleted') await desk.recordings.delete(waiting?.id ?? '');
    else desk.recordings.told({ recordingSid: 'RE1', status: 'absent' });
    await desk.told(how);
    await until(() => !existsSync(draft));
  });

  it.each(['credentials-refused', 'refused-by-twilio'] as const)(
    'that Twilio does not hand out as %s is told, and asked for again',
    async kind => {
      const { twilio, desk } = await deskThatWaits();
      twilio.refuse({ kind, message: 'No.', remedy: 'None.' });
      desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
      await until(() => desk.problems().includes(`recording-fetch: ${kind}`));
      await atRest(desk);
      twilio.refuse(null);
      twilio.hand(secondOfSilence);
      desk.clock.advance(15_000);
      await desk.told('recording-saved');
      expect(desk.problems()).toEqual([]);
    },
  );

  it('whose folder cannot be made is told, and asked for again', async () => {
    const { twilio, desk } = await deskThatWaits();
    writeFileSync(desk.folder, 'in the way');
    twilio.hand(secondOfSilence);
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    await until(() => desk.problems().includes('recording-fetch: storage-failed'));
    await atRest(desk);
    rmSync(desk.folder);
    desk.clock.advance(15_000);
    await desk.told('recording-saved');
  });

  it('that never comes whole is told, and left with Twilio until the next start', async () => {
    const { twilio, desk } = await deskThatWaits();
    twilio.hand(async () => {
      throw new ProblemError({ kind: 'file-unreadable', message: 'Half.', remedy: 'None.' });
    });
    const fetches = () => twilio.asked.filter(what => what === 'fetch RE1').length;
    for (let round = 1; round < 5; round += 1) {
      desk.clock.advance(600_000);
      await atRest(desk);
      expect(fetches()).toBe(round);
    }
    desk.clock.advance(600_000);
    await until(() => fetches() === 5);
    // What comes of the last one is known.
    await setImmediate();
    expect(desk.clock.timers()).toBe(0);
    openAgain(desk);
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    await setImmediate();
    expect(fetches()).toBe(5);
    expect(desk.problems()).toEqual(['recording-fetch: file-unreadable']);
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'waiting' }]);
    await desk.close();

    const again = deskWithTwilio({ dataDir: desk.dataDir, startMs: desk.clock.now() });
    again.twilio.hand(secondOfSilence);
    await again.desk.recordings.open();
    openAgain(again.desk);
    await again.desk.told('recording-saved');
  });

  it('that the disk does not take is told, and asked for again', async () => {
    const { twilio, desk } = await deskThatWaits();
    twilio.hand(async () => {
      throw new ProblemError({ kind: 'storage-failed', message: 'Full.', remedy: 'Make room.' });
    });
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    await until(() => desk.problems().includes('recording-fetch: storage-failed'));
    await atRest(desk);
    twilio.hand(secondOfSilence);
    desk.clock.advance(15_000);
    await desk.told('recording-saved');
    await until(() => desk.problems().length === 0);
  });

  it('is said to have ended when Twilio ends it while the call goes on', async () => {
    const { desk } = deskWithTwilio({ settings: { record: 'always' } });
    desk.answer('a');
    await desk.told('recording-started');
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    desk.clock.advance(5000);
    expect(await desk.told('recording-stopped')).toMatchObject({ because: 'failed' });
    expect(desk.state().calls).toMatchObject([{ status: 'live', recording: null }]);
    expect(desk.problems()).toEqual(['recording-of-a: recording-failed']);
  });
});

describe('a recording that is begun as Twilio tells of the one before', () => {
  it('runs on', async () => {
    const { twilio, desk } = deskWithTwilio();
    desk.answer('a');
    await desk.recordings.start('a');
    const stopped = desk.recordings.stop('a');
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    await stopped;
    await desk.recordings.start('a');
    desk.clock.advance(6000);
    await desk.recordings.pause('a', true);
    expect(desk.state().calls).toMatchObject([{ recording: { by: 'twilio', paused: true } }]);
    expect(desk.problems()).toEqual([]);
    expect(twilio.asked).toContain('pause RE2 true');
  });
});

describe('Twilio', () => {
  it('that refuses to record is told of, and nothing is recorded here instead', async () => {
    const { twilio, desk } = deskWithTwilio({ settings: { record: 'always' } });
    twilio.refuse(REFUSED);
    desk.answer('a');
    await until(() => desk.state().problems.length > 0);
    expect(desk.state().problems).toMatchObject([
      {
        id: 'recording-of-a',
        problem: {
          kind: 'refused-by-twilio',
          message: 'Twilio does not record this call. Nothing of this call is recorded.',
          code: '21220',
        },
      },
    ]);
    await expect(desk.recordings.start('a')).rejects.toMatchObject({
      problem: { message: expect.stringContaining('Nothing of this call is recorded.') },
    });
    expect(desk.count('recording-started')).toBe(0);
    expect(existsSync(desk.folder)).toBe(false);
    expect(desk.state().settings.recorder).toBe('twilio');
  });

  it('that refuses to pause or to stop leaves the recording running, and that is said', async () => {
    const { twilio, desk } = deskWithTwilio();
    desk.answer('a');
    await desk.recordings.start('a');
    twilio.refuse(REFUSED);
    const goesOn = { problem: { message: expect.stringContaining('goes on as before') } };
    await expect(desk.recordings.pause('a', true)).rejects.toMatchObject(goesOn);
    await expect(desk.recordings.stop('a')).rejects.toMatchObject(goesOn);
    expect(desk.state().calls).toMatchObject([{ recording: { paused: false } }]);
  });

  it('is not asked while the line is down', async () => {
    const { desk } = deskWithTwilio({ atTwilio: () => null });
    desk.answer('a');
    await expect(desk.recordings.start('a')).rejects.toMatchObject({
      problem: { kind: 'line-down' },
    });
  });

  it('loses its copy of a recording that is deleted here', async () => {
    const { twilio, desk } = await deskThatWaits();
    const [waiting] = desk.store.recordingsOf('a');
    await desk.recordings.delete(waiting?.id ?? '');
    expect(twilio.removed).toEqual(['RE1']);
    twilio.hand(secondOfSilence);
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    desk.clock.advance(60_000);
    await desk.recordings.close();
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'deleted' }]);
    expect(twilio.asked).not.toContain('fetch RE1');
  });

  it('that keeps its copy of a deleted recording is told of', async () => {
    const { twilio, desk } = await deskThatWaits();
    twilio.refuse(REFUSED);
    const [waiting] = desk.store.recordingsOf('a');
    await desk.recordings.delete(waiting?.id ?? '');
    expect(desk.state().problems).toMatchObject([
      { problem: { message: expect.stringContaining('Twilio still has its own.') } },
    ]);
  });
});

describe('a recording of another account', () => {
  it('is deleted here, and that Twilio keeps it is told', async () => {
    const { twilio, desk } = await deskThatWaits();
    twilio.hand(secondOfSilence);
    desk.recordings.told({ recordingSid: 'RE1', status: 'completed' });
    await desk.told('recording-saved');
    const [kept] = desk.store.recordingsOf('a');
    twilio.use('AC2');
    await desk.recordings.delete(kept?.id ?? '');
    expect(existsSync(kept?.path ?? '')).toBe(false);
    expect(twilio.asked).not.toContain('remove RE1');
    expect(desk.state().problems).toMatchObject([
      {
        id: 'recording-left',
        problem: { message: expect.stringMatching(/still has its own.*another account/) },
      },
    ]);
  });

  it('is deleted without a word when it was the practice line’s, which forgets it', async () => {
    const { twilio, desk } = await deskThatWaits({ line: 'practice' });
    const { line } = desk.state();
    desk.emit({ event: 'line-changed', line: { ...line, kind: 'twilio' } });
    const [waiting] = desk.store.recordingsOf('a');
    await desk.recordings.delete(waiting?.id ?? '');
    expect(twilio.asked).not.toContain('remove RE1');
    expect(desk.problems()).toEqual([]);
  });
});

describe('a later run', () => {
  it('fetches what an earlier one waited for, when the line opens', async () => {
    const { desk: before } = await deskThatWaits();
    await before.close();
    const twilio = twilioRecordings();
    let isOpen = false;
    const desk = openRecordingDesk({
      dataDir: before.dataDir,
      startMs: before.clock.now() + 60_000,
      line: 'twilio',
      atTwilio: () => (isOpen ? twilio.line : null),
    });
    await desk.recordings.open();
    twilio.hand(secondOfSilence);
    isOpen = true;
    openAgain(desk);
    await desk.told('recording-saved');
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'kept' }]);
  });

  it('waits on, however long, while another account is in use', async () => {
    const { desk: before } = await deskThatWaits();
    await before.close();
    const { twilio, desk } = deskWithTwilio({
      dataDir: before.dataDir,
      startMs: before.clock.now() + 9 * 86_400_000,
    });
    twilio.hand(secondOfSilence);
    twilio.use('AC2');
    await desk.recordings.open();
    openAgain(desk);
    desk.clock.advance(5000);
    // The daily look for what is too old waits too.
    await atRest(desk, 2);
    expect(twilio.asked).toEqual([]);
    twilio.use('AC1');
    openAgain(desk);
    await desk.told('recording-saved');
  });

  it('knows that what the practice line had is lost, as that ended too', async () => {
    const { desk: before } = await deskThatWaits({ line: 'practice' });
    await before.close();
    const { twilio, desk } = deskWithTwilio({ dataDir: before.dataDir, line: 'practice' });
    await desk.recordings.open();
    await desk.told('recording-lost');
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'lost' }]);
    expect(twilio.asked).toEqual([]);
  });

  it('shows that Twilio records on a call that outlived a crash, and can stop it', async () => {
    const { desk: before } = deskWithTwilio({ settings: { record: 'always' } });
    before.answer('a');
    await before.told('recording-started');
    await before.recordings.pause('a', true);
    before.kill();
    const { twilio, desk } = deskWithTwilio({
      dataDir: before.dataDir,
      startMs: before.clock.now() + 3000,
    });
    await desk.recordings.open();
    desk.answer('a');
    expect(await desk.told('recording-paused')).toMatchObject({ on: true });
    expect(desk.state().calls).toMatchObject([{ recording: { by: 'twilio', paused: true } }]);
    await desk.recordings.stop('a');
    twilio.hand(secondOfSilence);
    desk.clock.advance(5000);
    await desk.told('recording-saved');
    expect(twilio.asked).toEqual(['stop RE1', 'fetch RE1']);
    expect(desk.store.recordingsOf('a')).toMatchObject([{ status: 'kept' }]);
  });
});
