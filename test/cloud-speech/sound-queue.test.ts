import { describe, expect, it } from 'vitest';
import { createSoundQueue } from '../../electron/cloud-speech/sound-queue.ts';
import { speech, toneAt } from './heard.ts';

type SoundQueue = ReturnType<typeof createSoundQueue>;

const FIRST = {};
const SECOND = {};

/** Takes all that waits. @returns the places of the sound, and of the turns */
function take(queue: SoundQueue, connection: object): (readonly [string, number, number])[] {
  const taken: (readonly [string, number, number])[] = [];
  for (let what = queue.next(); what !== null; what = queue.next()) {
    taken.push([what.kind, what.atMs, what.kind === 'sound' ? what.mulaw.length / 8 : what.agoMs]);
    queue.sent(connection);
  }
  return taken;
}

function queueOf(): { readonly queue: SoundQueue; readonly leftOut: () => number } {
  let count = 0;
  const queue = createSoundQueue(() => {
    count += 1;
  });
  return { queue, leftOut: () => count };
}

describe('the queue of sound', () => {
  it('makes messages of 100 ms of any frames', () => {
    const { queue } = queueOf();
    queue.feed(500, speech(500, 60));
    expect(queue.next()).toBeNull();
    queue.feed(560, speech(560, 160));
    expect(take(queue, FIRST)).toEqual([
      ['sound', 500, 100],
      ['sound', 600, 100],
    ]);
    queue.flush();
    expect(take(queue, FIRST)).toEqual([['sound', 700, 20]]);
  });

  it('fills short gaps with silence, leaves long ones out, and takes nothing twice', () => {
    const { queue } = queueOf();
    queue.feed(0, speech(0, 100));
    queue.feed(400, speech(400, 100));
    queue.feed(450, speech(450, 150));
    queue.feed(300, speech(300, 100));
    queue.feed(9000, speech(9000, 100));
    expect(take(queue, FIRST)).toEqual([
      ['sound', 0, 100],
      ['sound', 100, 100],
      ['sound', 200, 100],
      ['sound', 300, 100],
      ['sound', 400, 100],
      ['sound', 500, 100],
      ['sound', 9000, 100],
    ]);
  });

  it('goes on where the call’s time was put back, and loses nothing of what is said there', () => {
    const { queue } = queueOf();
    queue.feed(3000, speech(3000, 100));
    queue.feed(1000, speech(1000, 100));
    queue.feed(1100, speech(1100, 100));
    expect(take(queue, FIRST)).toEqual([
      ['sound', 3000, 100],
      ['sound', 1000, 100],
      ['sound', 1100, 100],
    ]);
  });

  it('takes frames that are a little early or late as they come', () => {
    const { queue } = queueOf();
    for (const [index, shiftMs] of [0, 5, -7, 3, 0].entries()) {
      queue.feed(index * 20 + shiftMs, speech(index * 20, 20));
    }
    expect(take(queue, FIRST)).toEqual([['sound', 0, 100]]);
  });

  it('says of a turn how long ago it was', () => {
    const { queue } = queueOf();
    queue.feed(0, speech(0, 250));
    queue.turn(false, 180);
    expect(take(queue, FIRST)).toEqual([
      ['sound', 0, 100],
      ['sound', 100, 100],
      ['sound', 200, 50],
      ['turn', 250, 70],
    ]);
  });

  it('sends again only what a lost connection had not understood, to the millisecond', () => {
    const { queue } = queueOf();
    queue.feed(0, speech(0, 200));
    queue.turn(false, 200);
    queue.feed(200, speech(200, 200));
    take(queue, FIRST);
    queue.feed(400, speech(400, 100));
    queue.understood(FIRST, 0, 230);
    queue.understood(SECOND, 0, 1000);
    queue.lost(FIRST);
    const what = queue.next();
    expect(what?.kind === 'sound' && what.mulaw[0]).toBe(toneAt(230));
    expect(take(queue, SECOND)).toEqual([
      ['sound', 230, 70],
      ['sound', 300, 100],
      ['sound', 400, 100],
    ]);
  });

  it('keeps what stands before a stretch that was understood earlier', () => {
    const { queue } = queueOf();
    queue.feed(0, speech(0, 400));
    take(queue, FIRST);
    queue.understood(FIRST, 150, 350);
    queue.lost(FIRST);
    expect(take(queue, SECOND)).toEqual([
      ['sound', 0, 100],
      ['sound', 100, 50],
      ['sound', 350, 50],
    ]);
  });

  it('forgets what a connection had that told all it will tell', () => {
    const { queue } = queueOf();
    queue.feed(0, speech(0, 100));
    take(queue, FIRST);
    queue.done(FIRST);
    queue.lost(FIRST);
    expect(queue.next()).toBeNull();
  });

  it('keeps 30 s, and tells only of sound that nobody was sent', () => {
    const { queue, leftOut } = queueOf();
    queue.feed(0, speech(0, 30_000));
    take(queue, FIRST);
    queue.feed(30_000, speech(30_000, 30_000));
    expect(leftOut()).toBe(0);
    queue.feed(60_000, speech(60_000, 100));
    expect(leftOut()).toBe(1);
    expect(take(queue, FIRST)[0]).toEqual(['sound', 30_100, 100]);
  });
});
