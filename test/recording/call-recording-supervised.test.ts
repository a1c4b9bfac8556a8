import { describe, expect, it } from 'vitest';
import { roomView } from '../core/room-facts.ts';
import { samplesOf } from './numbered-frames.ts';
import { openRecordingDesk, twilioRecordings } from './recording-desk.ts';
import { readStrictly } from './strict-wav.ts';

const refused = (kind: string) => ({
  problem: { kind, message: expect.any(String), remedy: expect.any(String) },
});

describe('the recording of a call of others', () => {
  it('has the customer on the left and who serves on the right, from when it was asked for', async () => {
    const desk = openRecordingDesk();
    desk.follow('a');
    desk.listen('a');
    await desk.speak('a', 50);
    await desk.recordings.start('a');
    await desk.speak('a', 50);
    await desk.recordings.stop('a');
    const { path, offsetMs } = await desk.told('recording-started');
    expect(offsetMs).toBe(1000);
    expect(await desk.told('recording-saved')).toMatchObject({ durationMs: 1000 });
    expect(readStrictly(path)).toEqual({
      them: samplesOf('them', 50, 100),
      us: samplesOf('us', 50, 100),
    });
  });

  it('is only made when somebody asks, whatever the settings say', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.follow('a');
    desk.listen('a');
    desk.answer('b');
    expect(await desk.told('recording-started')).toMatchObject({ callId: 'b' });
    desk.end('a');
    await desk.recordings.close();
    expect(desk.count('recording-started')).toBe(1);
  });

  it('is made here, also where Twilio writes the others', async () => {
    const twilio = twilioRecordings();
    const desk = openRecordingDesk({
      settings: { recorder: 'twilio' },
      atTwilio: () => twilio.line,
    });
    desk.follow('a');
    desk.listen('a');
    await desk.recordings.start('a');
    expect(await desk.told('recording-started')).toMatchObject({ by: 'here' });
    expect(twilio.asked).toEqual([]);
  });

  it('is refused while nothing of the call comes here', async () => {
    const desk = openRecordingDesk();
    desk.follow('a');
    await expect(desk.recordings.start('a')).rejects.toMatchObject(refused('wrong-call-state'));
    desk.listen('a');
    await desk.recordings.start('a');
    expect(desk.count('recording-started')).toBe(1);
  });

  it('is refused where those on a call are told of it: nothing is ever said into a call of others', async () => {
    const desk = openRecordingDesk({ settings: { recordNotice: 'This call is recorded.' } });
    desk.follow('a');
    desk.listen('a');
    await expect(desk.recordings.start('a')).rejects.toMatchObject(refused('recording-failed'));
    expect(desk.said).toEqual([]);
    desk.change({ recordNotice: '' });
    await desk.recordings.start('a');
    expect(desk.count('recording-started')).toBe(1);
  });

  it('ends with the call', async () => {
    const desk = openRecordingDesk();
    desk.follow('a');
    desk.listen('a');
    await desk.recordings.start('a');
    await desk.speak('a', 20);
    desk.end('a');
    expect(await desk.told('recording-stopped')).toMatchObject({ because: 'call-ended' });
    expect(await desk.told('recording-saved')).toMatchObject({ durationMs: 400 });
  });
});

describe('the recording of a direct call to which others were brought', () => {
  it('goes on, and begins also when only the stream beside the call is left', async () => {
    const desk = openRecordingDesk();
    desk.answer('a');
    desk.emit(
      { event: 'room-changed', callId: 'a', room: roomView() },
      { event: 'stream-stopped', callId: 'a', streamSid: 'MZa' },
    );
    await expect(desk.recordings.start('a')).rejects.toMatchObject(refused('wrong-call-state'));
    desk.emit({ event: 'listening-changed', callId: 'a', on: true });
    await desk.recordings.start('a');
    expect(desk.count('recording-started')).toBe(1);
  });
});
