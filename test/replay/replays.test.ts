import { rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { framesOf } from '../../electron/core/audio/frame.ts';
import type { CallId } from '../../electron/core/call.ts';
import type { Recording } from '../../electron/core/recording.ts';
import type { Replay } from '../../electron/core/replay.ts';
import { readLevels } from '../../electron/recording/levels-file.ts';
import { createReplays, type ReplayPorts } from '../../electron/replay/replays.ts';
import { glidingSound } from '../support/gliding-sound.ts';
import { roughness } from '../support/playout-run.ts';
import { joinFrames } from '../support/tones.ts';
import { openFolder } from './kept-files.ts';
import { openTape } from './live-tape.ts';

const refused = (kind: string) => ({
  problem: { kind, message: expect.any(String), remedy: expect.any(String) },
});

const said = glidingSound(30);

/** Replays on real files and tapes, and what the speaker is given. */
function openReplays() {
  const { record } = openFolder();
  const live = new Map<CallId, ReturnType<typeof openTape>>();
  const kept = new Map<CallId, readonly Recording[]>();
  const told: (Replay | null)[] = [];
  let voice: Parameters<ReplayPorts['play']>[0] = null;
  const replays = createReplays({
    emit: fact => {
      if (fact.event === 'replay-changed') told.push(fact.replay);
    },
    liveSound: callId => live.get(callId) ?? null,
    kept: async callId => kept.get(callId) ?? [],
    readLevels,
    play: next => {
      voice = next;
    },
  });
  onTestFinished(() => replays.end());
  return {
    replays,
    live,
    told,
    voice: () => voice,
    /** What the speaker plays. */
    hear: (frames: number): Int16Array =>
      joinFrames(
        Array.from({ length: frames }, () => voice?.pull().slice() ?? new Int16Array(160)),
      ),
    /** A call that goes on, of which so much was heard. */
    talk: (callId: CallId, ms: number) => {
      const tape = openTape();
      for (const frame of framesOf(said.subarray(0, ms * 8))) tape.keep(frame);
      live.set(callId, tape);
      return tape;
    },
    /** A call that is over and recorded. */
    recorded: (callId: CallId, seconds: number): Recording => {
      const recording = record(callId, `of-${callId}`, 0, said.subarray(0, seconds * 8000));
      kept.set(callId, [recording]);
      return recording;
    },
    hangUp: (callId: CallId): void => {
      replays.follow({ event: 'call-ended', callId, reason: 'hung-up-there', at: 0 });
      live.delete(callId);
    },
  };
}

describe('a live call', () => {
  it('is rewound by ten seconds, or to where it is told', async () => {
    const { replays, talk, told, voice, hear } = openReplays();
    talk('a', 15_000);
    await replays.start('a');
    const first = { callId: 'a', source: 'live', playing: true, speed: 1, skipSilence: false };
    expect(told).toEqual([first]);
    expect(voice()?.position()).toEqual({ atMs: 5000, lengthMs: 15_000 });
    await replays.start('a', 2000, 1.5);
    expect(told.at(-1)).toEqual({ ...first, speed: 1.5 });
    expect(voice()?.position()?.atMs).toBe(2000);
    expect(hear(5).some(sample => sample !== 0)).toBe(true);
  });

  it('of which less was heard is rewound to its beginning', async () => {
    const { replays, talk, voice } = openReplays();
    talk('a', 3000);
    await replays.start('a');
    expect(voice()?.position()?.atMs).toBe(0);
  });

  it('is heard as it is again once caught up with', async () => {
    const { replays, talk, told, voice, hear } = openReplays();
    talk('a', 3000);
    await replays.start('a', 1000, 2);
    hear(60);
    expect(told.at(-1)).toBeNull();
    expect(voice()).toBeNull();
  });

  it('that ends is played to its end as what was kept, and is over then', async () => {
    const { replays, talk, told, hear, hangUp, voice } = openReplays();
    talk('a', 2000);
    await replays.start('a', 1000);
    const before = hear(20);
    hangUp('a');
    const kept = { callId: 'a', source: 'kept', speed: 1, skipSilence: false };
    expect(told.at(-1)).toEqual({ ...kept, playing: true });
    const heard = joinFrames([before, hear(31)]);
    expect(heard.subarray(80, 7920)).toEqual(said.subarray(8080, 15_920));
    expect(told.at(-1)).toBeNull();
    expect(voice()).toBeNull();
  });

  it('that ends while it is paused is over at once', async () => {
    const { replays, talk, told, hangUp, voice } = openReplays();
    talk('a', 2000);
    await replays.start('a', 1000);
    replays.pause(true);
    hangUp('a');
    expect(told.at(-1)).toBeNull();
    expect(voice()).toBeNull();
  });

  it('does not change when another call ends', async () => {
    const { replays, talk, told, hangUp } = openReplays();
    talk('a', 2000);
    talk('b', 2000);
    await replays.start('a');
    hangUp('b');
    expect(told).toHaveLength(1);
  });
});

describe('a recorded call', () => {
  it('is played from its start or from where it is told, and stops at its end', async () => {
    const { replays, recorded, told, hear } = openReplays();
    recorded('a', 2);
    await replays.start('a');
    const kept = { callId: 'a', source: 'kept', playing: true, speed: 1, skipSilence: false };
    expect(told).toEqual([kept]);
    expect(hear(10).subarray(80)).toEqual(said.subarray(80, 1600));
    await replays.start('a', 1500);
    expect(hear(10).subarray(80)).toEqual(said.subarray(12_080, 13_600));
    hear(20);
    expect(told.at(-1)).toEqual({ ...kept, playing: false });
    replays.pause(false);
    expect(hear(2).subarray(80)).toEqual(said.subarray(80, 320));
  });

  it('is paused, moved, made faster and stopped', async () => {
    const { replays, recorded, told, hear, voice } = openReplays();
    recorded('a', 20);
    await replays.start('a');
    hear(10);
    replays.pause(true);
    expect(told.at(-1)).toMatchObject({ playing: false });
    hear(1);
    expect(hear(1).every(sample => sample === 0)).toBe(true);
    replays.seek(4000);
    expect(voice()?.position()?.atMs).toBe(4000);
    replays.tune({ speed: 2, skipSilence: true });
    expect(told.at(-1)).toMatchObject({ speed: 2, skipSilence: true, playing: false });
    replays.pause(false);
    hear(10);
    expect(voice()?.position()?.atMs).toBeCloseTo(4400, -2);
    replays.end();
    expect(told.at(-1)).toBeNull();
    expect(voice()).toBeNull();
  });

  it('is stopped when it is deleted, and not when another is', async () => {
    const { replays, recorded, told } = openReplays();
    const { id: recordingId } = recorded('a', 20);
    await replays.start('a');
    const deleted = { event: 'recording-deleted', because: 'asked', at: 0, recordingId } as const;
    replays.follow({ ...deleted, callId: 'b' });
    expect(told).toHaveLength(1);
    replays.follow({ ...deleted, callId: 'a' });
    expect(told.at(-1)).toBeNull();
  });

  it('is refused when nothing was kept of it, and what plays goes on as it was', async () => {
    const { replays, talk, told, voice, hear } = openReplays();
    talk('b', 5000);
    await replays.start('b', 0);
    hear(5);
    const playing = voice();
    await expect(replays.start('a', 0, 2)).rejects.toMatchObject(refused('no-recording'));
    expect(voice()).toBe(playing);
    replays.tune({ skipSilence: true });
    expect(told.at(-1)).toMatchObject({ callId: 'b', speed: 1 });
    hear(10);
    expect(voice()?.position()?.atMs).toBe(300);
  });

  it('gives way, while its files still open, to one that starts after it', async () => {
    const { replays, recorded, talk, told } = openReplays();
    recorded('a', 20);
    recorded('b', 20);
    talk('c', 5000);
    await Promise.all([replays.start('a', 0, 2), replays.start('b')]);
    expect(told).toMatchObject([{ callId: 'b', speed: 1 }]);
    await Promise.all([replays.start('a'), replays.start('c')]);
    expect(told.at(-1)).toMatchObject({ callId: 'c', source: 'live' });
    expect(told).toHaveLength(2);
  });

  it('does not begin when all was stopped while its files open', async () => {
    const { replays, recorded, told, voice } = openReplays();
    recorded('a', 20);
    const starting = replays.start('a');
    replays.end();
    await starting;
    expect(told).toEqual([]);
    expect(voice()).toBeNull();
  });

  it('is left for another without a click', async () => {
    const { replays, recorded, talk, hear, voice } = openReplays();
    recorded('a', 20);
    talk('b', 5000);
    await replays.start('a');
    hear(20);
    const left = voice();
    await replays.start('b', 0);
    // The mix fades away in one frame more of what is left.
    const more = left?.pull().slice() ?? new Int16Array(0);
    expect(more).toEqual(said.slice(20 * 160, 21 * 160));
    expect(roughness(hear(10)).step).toBeLessThan(1.1 * roughness(said).step);
  });
});

it('nothing can be paused, moved or tuned while nothing plays', () => {
  const { replays, told } = openReplays();
  const tries = [
    () => replays.pause(true),
    () => replays.seek(0),
    () => replays.tune({ speed: 2 }),
  ];
  for (const attempt of tries) {
    expect(attempt).toThrow(expect.objectContaining(refused('wrong-call-state')));
  }
  replays.end();
  expect(told).toEqual([]);
});

describe('the waveform of a call', () => {
  it('is that of the tape while it is live, then that of what was recorded; else none', async () => {
    const { replays, recorded, talk, hangUp } = openReplays();
    const { waveform } = talk('a', 5000);
    recorded('a', 4);
    const live = await replays.waveform('a', 8, 2, 10);
    expect(live).toEqual(waveform.part(8, 2, 10));
    expect(live?.length).toBe(32);
    hangUp('a');
    const kept = await replays.waveform('a', 8, 2, 10);
    expect(kept).toMatchObject({ framesPerByte: 8, first: 2, length: 25, them: live?.them });
    expect(await replays.waveform('b', 1, 0, 10)).toBeNull();
  });

  it('of a file that went away is empty', async () => {
    const { replays, recorded } = openReplays();
    const { path } = recorded('a', 2);
    rmSync(path);
    expect((await replays.waveform('a', 1, 0, 1000))?.length).toBe(0);
  });
});
