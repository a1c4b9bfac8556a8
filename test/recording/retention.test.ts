import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { MORNING, openRecordingDesk } from './recording-desk.ts';

const DAY_MS = 86_400_000;

type Desk = ReturnType<typeof openRecordingDesk>;

/** Makes a short recording of a call. @returns its path */
async function recorded(desk: Desk, callId: string, count = 1): Promise<string> {
  desk.answer(callId);
  await desk.recordings.start(callId);
  await desk.speak(callId, 5);
  desk.end(callId);
  await desk.told('recording-saved', count);
  return desk.store.recordingsOf(callId)[0]?.path ?? '';
}

const statuses = (desk: Desk, ...callIds: string[]): string[] =>
  callIds.flatMap(callId => desk.store.recordingsOf(callId).map(({ status }) => status));

describe('recordings whose time is over', () => {
  it('are deleted when Earshot starts, and those that are not stay', async () => {
    const monday = openRecordingDesk();
    const old = await recorded(monday, 'old');
    await monday.close();
    const friday = openRecordingDesk({
      dataDir: monday.dataDir,
      startMs: MORNING + 4 * DAY_MS,
    });
    const young = await recorded(friday, 'young');
    await friday.close();

    const desk = openRecordingDesk({
      dataDir: monday.dataDir,
      startMs: MORNING + 8 * DAY_MS,
      settings: { keepRecordingsDays: 7 },
    });
    await desk.recordings.open();
    expect(await desk.told('recording-deleted')).toMatchObject({
      callId: 'old',
      because: 'retention',
    });
    expect(existsSync(old)).toBe(false);
    expect(existsSync(young)).toBe(true);
    expect(readdirSync(desk.folder)).toHaveLength(1);
    expect(statuses(desk, 'old', 'young')).toEqual(['deleted', 'kept']);
  });

  it('are deleted once a day while it runs, by the settings of that day', async () => {
    const desk = openRecordingDesk();
    await desk.recordings.open();
    await recorded(desk, 'a');
    desk.clock.advance(9 * DAY_MS);
    await desk.recordings.of('a');
    expect(statuses(desk, 'a')).toEqual(['kept']);
    desk.change({ keepRecordingsDays: 10 });
    desk.clock.advance(DAY_MS);
    await desk.recordings.of('a');
    expect(statuses(desk, 'a')).toEqual(['kept']);
    desk.clock.advance(DAY_MS);
    await desk.told('recording-deleted');
  });

  it('are deleted as soon as they are to be kept for less time', async () => {
    const desk = openRecordingDesk();
    await desk.recordings.open();
    const path = await recorded(desk, 'a');
    desk.clock.advance(3 * DAY_MS);
    desk.change({ recordNotice: 'Hello.' });
    desk.change({ keepRecordingsDays: 2 });
    expect(await desk.told('recording-deleted')).toMatchObject({ because: 'retention' });
    expect(existsSync(path)).toBe(false);
  });

  it('are kept for ever when nothing else was chosen', async () => {
    const desk = openRecordingDesk();
    const path = await recorded(desk, 'a');
    await desk.recordings.open();
    desk.clock.advance(5000 * DAY_MS);
    await desk.recordings.close();
    expect(existsSync(path)).toBe(true);
  });

  it('are deleted when they were lost and are there again', async () => {
    const desk = openRecordingDesk({ settings: { keepRecordingsDays: 1 } });
    const path = await recorded(desk, 'a');
    const gone = await recorded(desk, 'b', 2);
    renameSync(path, `${path}.away`);
    rmSync(gone);
    await desk.recordings.of('a');
    await desk.recordings.of('b');
    renameSync(`${path}.away`, path);
    expect(statuses(desk, 'a', 'b')).toEqual(['lost', 'lost']);
    desk.clock.advance(2 * DAY_MS);
    await desk.recordings.open();
    await desk.told('recording-deleted');
    expect(existsSync(path)).toBe(false);
    expect(statuses(desk, 'a', 'b')).toEqual(['deleted', 'lost']);
  });

  it('are done with when somebody took their files away already', async () => {
    const desk = openRecordingDesk({ settings: { keepRecordingsDays: 1 } });
    rmSync(await recorded(desk, 'a'));
    desk.clock.advance(2 * DAY_MS);
    await desk.recordings.open();
    await until(() => statuses(desk, 'a')[0] === 'deleted');
  });
});
