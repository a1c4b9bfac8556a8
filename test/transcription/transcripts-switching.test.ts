import { describe, expect, it } from 'vitest';
import type { Side } from '../../electron/core/segment.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../electron/core/settings.ts';
import type { TranscriberName } from '../../electron/core/transcription.ts';
import {
  FRAME_MS,
  frameOf,
  type ListeningPerson,
  listeningPerson,
  wordOf,
} from './listening-people.ts';
import { refusal } from './transcribing-line.ts';
import { goLive, openWrittenDesk } from './written-desk.ts';

/** The same numbers for the same seed. Source: Numerical Recipes, the linear congruential generator */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return sides => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const WORD_MS = 300;

/** Calls are written down by this computer. */
const OFFLINE: Settings = {
  ...DEFAULT_SETTINGS,
  transcripts: {
    practice: { by: 'offline', language: 'en-US', hints: [] },
    twilio: { by: 'offline', language: 'en-US', hints: [] },
  },
};

/** What a side says, as a byte for every frame; null is silence. Words are numbered on from `first`. */
function speech(roll: (sides: number) => number, frames: number, first: number): (number | null)[] {
  const said: (number | null)[] = [];
  let word = first;
  const add = (byte: number | null, ms: number): void => {
    for (let i = 0; i < ms / FRAME_MS; i += 1) said.push(byte);
  };
  while (said.length < frames) {
    add(null, 600 + FRAME_MS * roll(60));
    for (let left = 1 + roll(6); left > 0 && said.length < frames; left -= 1) {
      add(word, WORD_MS);
      word += 1;
    }
  }
  add(null, 3000);
  return said;
}

/** Says all on a call whose transcriber is changed again and again. */
async function switched(seed: number, hasVoiceActivity: boolean) {
  const roll = dice(seed);
  const people = new Map<TranscriberName, ListeningPerson>();
  const desk = openWrittenDesk(clock => {
    for (const name of ['offline', 'openai', 'deepgram'] as const) {
      const options = { delayMs: 60 + 20 * roll(30), readyMs: 20 + 20 * roll(40) };
      people.set(name, listeningPerson(clock, name, options));
    }
    return [...people.values()];
  });
  desk.emit({ event: 'settings-changed', settings: OFFLINE });
  desk.soundSince = desk.clock.monotonic();
  goLive(desk);
  const said: Record<Side, (number | null)[]> = {
    them: speech(roll, 700, 1),
    us: speech(roll, 700, 121),
  };
  const length = Math.max(said.them.length, said.us.length);
  let by: TranscriberName = 'offline';
  for (let i = 0; i < length; i += 1) {
    const atMs = i * FRAME_MS;
    for (const side of ['them', 'us'] as const) {
      const byte = said[side][i] ?? null;
      const before = said[side][i - 1] ?? null;
      const isTurn = (byte === null) !== (before === null);
      if (isTurn && hasVoiceActivity) {
        // It is told late, as it is by the model.
        desk.clock.after(300, () => desk.transcripts.talking('c1', side, byte !== null, atMs));
      }
      desk.transcripts.hear('c1', side, atMs, frameOf(byte));
    }
    const listens = desk.transcription('c1')?.status === 'on';
    if (i < 700 && listens && roll(150) === 0) {
      // It comes back, and understands what was said meanwhile.
      const session = people.get(by)?.sessions.findLast(({ isOpen }) => isOpen);
      session?.fail(refusal('transcript-failed'), FRAME_MS * (1 + roll(40)));
    } else if (i < 700 && isWell(people) && roll(50) === 0) {
      by = (['offline', 'openai', 'deepgram'] as const)[roll(3)] ?? by;
      desk.transcripts.transcribe('c1', by);
    }
    await desk.passes(FRAME_MS);
  }
  await desk.passes(15_000);
  return { desk, said, by, people };
}

/** Whether nobody who listens has just failed. */
function isWell(people: ReadonlyMap<TranscriberName, ListeningPerson>): boolean {
  return [...people.values()].every(({ sessions }) => sessions.every(({ isDown }) => !isDown()));
}

/** Every word that was said on a side, in order. */
function wordsSaid(said: readonly (number | null)[]): string[] {
  return [...new Set(said)].flatMap(byte => (byte === null ? [] : [wordOf(byte)]));
}

describe('changing who writes, at any moment', () => {
  for (const hasVoiceActivity of [true, false]) {
    const how = hasVoiceActivity ? 'with voice activity' : 'without it';
    it(`loses no word and says none twice, ${how}`, async () => {
      for (let seed = 1; seed <= 25; seed += 1) {
        const { desk, said, by } = await switched(seed, hasVoiceActivity);
        expect(desk.transcription('c1'), `seed ${seed}`).toMatchObject({ by, status: 'on' });
        const segments = desk.segments().filter(({ text }) => text !== '');
        expect(segments.every(({ isFinal }) => isFinal)).toBe(true);
        for (const side of ['them', 'us'] as const) {
          const told = segments
            .filter(({ speaker }) => speaker === side)
            .sort((one, other) => (one.place?.atMs ?? 0) - (other.place?.atMs ?? 0))
            .flatMap(({ text }) => text.split(' '));
          expect(told, `seed ${seed}, ${side}`).toEqual(wordsSaid(said[side]));
        }
      }
    });
  }

  it('listens with one at a time once the words are told to their end', async () => {
    const { people, by } = await switched(7, true);
    for (const [name, { sessions }] of people) {
      const open = sessions.filter(({ isOpen }) => isOpen).map(({ speaker }) => speaker);
      expect(open).toEqual(name === by ? ['them', 'us'] : []);
    }
  });

  it('lets the one before go on until the next listens, and no longer when it cannot', async () => {
    const desk = openWrittenDesk(clock => [
      listeningPerson(clock, 'offline'),
      { ...listeningPerson(clock, 'openai'), obstacle: () => refusal('transcriber-unready') },
    ]);
    desk.emit({ event: 'settings-changed', settings: OFFLINE });
    goLive(desk);
    await desk.passes(100);
    desk.transcripts.transcribe('c1', 'openai');
    expect(desk.transcription('c1')).toMatchObject({ by: 'openai', status: 'failed' });
    desk.transcripts.transcribe('c1', 'offline');
    expect(desk.transcription('c1')).toMatchObject({ by: 'offline', status: 'starting' });
    await desk.passes(100);
    expect(desk.transcription('c1')).toMatchObject({ by: 'offline', status: 'on' });
  });
});
