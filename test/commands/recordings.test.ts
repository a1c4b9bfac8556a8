import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  deleteRecording,
  exportRecordingTo,
  pauseRecording,
  record,
  recordingsOfCall,
} from '../../electron/commands/recordings.ts';
import { openRecordingDesk } from '../recording/recording-desk.ts';
import { introduction } from '../support/builders.ts';
import { tempFolder } from '../support/temp-folder.ts';

const refused = (kind: string) => ({
  problem: { kind, message: expect.any(String), remedy: expect.any(String) },
});

const recordOn = { command: 'record', on: true } as const;
const recordOff = { command: 'record', on: false } as const;
const pauseOn = { command: 'pause-recording', on: true } as const;

/** The recordings of a call as the command tells them. */
async function told(desk: ReturnType<typeof openRecordingDesk>, callId: string) {
  const outcome = await recordingsOfCall({ command: 'recordings', callId }, desk);
  if (!outcome.ok) throw new Error('refused');
  return outcome;
}

describe('the commands about recordings', () => {
  it('start, pause and stop the recording of the call they name', async () => {
    const desk = openRecordingDesk();
    desk.answer('a');
    await record({ ...recordOn, callSid: 'CAa' }, desk);
    await desk.speak('a', 50);
    await pauseRecording({ ...pauseOn, callId: 'a' }, desk);
    expect(desk.state().calls).toMatchObject([{ recording: { paused: true } }]);
    await pauseRecording({ ...pauseOn, on: false, callId: 'a' }, desk);
    await record({ ...recordOff, callId: 'a' }, desk);
    expect(await told(desk, 'a')).toMatchObject({
      ok: true,
      recordings: [{ callId: 'a', status: 'kept', durationMs: 1000 }],
    });
  });

  it('are refused for calls that ring, are over or are not known', async () => {
    const desk = openRecordingDesk();
    desk.emit({ event: 'call-ringing', ...introduction('ringing') });
    desk.answer('over');
    desk.end('over');
    for (const callId of ['ringing', 'over']) {
      const state = refused('wrong-call-state');
      await expect(record({ ...recordOn, callId }, desk)).rejects.toMatchObject(state);
      await expect(record({ ...recordOff, callId }, desk)).rejects.toMatchObject(state);
      await expect(pauseRecording({ ...pauseOn, callId }, desk)).rejects.toMatchObject(state);
    }
    const unknown = refused('no-such-call');
    await expect(record({ ...recordOn, callId: 'x' }, desk)).rejects.toMatchObject(unknown);
    await expect(told(desk, 'x')).rejects.toMatchObject(unknown);
    const none = { recordingId: 'x' };
    await expect(
      deleteRecording({ command: 'delete-recording', ...none }, desk),
    ).rejects.toMatchObject(refused('no-recording'));
    await expect(
      exportRecordingTo({ command: 'export-recording', ...none, path: '/x', format: 'wav' }, desk),
    ).rejects.toMatchObject(refused('no-recording'));
  });

  it('tell of a call what is to be found in its sound, while it lives and in later runs', async () => {
    const desk = openRecordingDesk();
    desk.answer('a');
    await desk.speak('a', 50);
    desk.emit({ event: 'digits-received', callId: 'a', digits: '4' });
    await record({ ...recordOn, callId: 'a' }, desk);
    desk.emit({ event: 'hold-changed', callId: 'a', on: true });
    await desk.speak('a', 50);
    const digits = { kind: 'digits', atMs: 1000, lengthMs: 0, side: 'them', label: '4' };
    const hold = { kind: 'hold', atMs: 1000, lengthMs: 1000, side: null, label: 'on hold' };
    const live = await told(desk, 'a');
    expect(live.markers).toEqual([digits, hold]);
    expect(live.recordings).toMatchObject([{ status: 'running', offsetMs: 1000 }]);
    await desk.speak('a', 50);
    desk.end('a');
    await desk.close();

    const next = openRecordingDesk({ dataDir: desk.dataDir, startMs: desk.clock.now() + 1e9 });
    const later = await recordingsOfCall({ command: 'recordings', callSid: 'CAa' }, next);
    expect(later).toMatchObject({
      ok: true,
      markers: [digits, { ...hold, lengthMs: 2000 }],
      recordings: [{ status: 'kept', durationMs: 2000 }],
    });
  });

  it('tell nothing of a call that had no sound', async () => {
    const desk = openRecordingDesk();
    desk.emit({ event: 'call-ringing', ...introduction('a') });
    expect(await told(desk, 'a')).toEqual({ ok: true, recordings: [], markers: [] });
  });

  it('export and delete what was recorded', async () => {
    const desk = openRecordingDesk();
    desk.answer('a');
    await record({ ...recordOn, callId: 'a' }, desk);
    await desk.speak('a', 50);
    const { recordingId, path } = await desk.told('recording-started');
    const to = join(tempFolder(), 'call.mp3');
    const exporting = {
      command: 'export-recording',
      recordingId,
      path: to,
      format: 'mp3',
    } as const;
    await expect(exportRecordingTo(exporting, desk)).rejects.toMatchObject(
      refused('not-available'),
    );
    await record({ ...recordOff, callId: 'a' }, desk);
    await exportRecordingTo(exporting, desk);
    expect(readFileSync(to).readUInt16BE(0)).toBe(0xffe3);
    await deleteRecording({ command: 'delete-recording', recordingId }, desk);
    expect(existsSync(path)).toBe(false);
    expect(await told(desk, 'a')).toMatchObject({ recordings: [{ status: 'deleted' }] });
  });
});
