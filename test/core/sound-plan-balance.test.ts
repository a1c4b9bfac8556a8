import { describe, expect, it } from 'vitest';
import type { Fact } from '../../electron/core/events.ts';
import type { Replay } from '../../electron/core/replay.ts';
import { soundPlan } from '../../electron/core/sound-plan.ts';
import { INITIAL_STATE } from '../../electron/core/state.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';

const microphone = (callId: string | null): Fact => ({ event: 'microphone-moved', callId });
const muted = (callId: string): Fact => ({ event: 'mute-changed', callId, on: true });
const held = (callId: string): Fact => ({ event: 'hold-changed', callId, on: true });
const silenced = (callId: string): Fact => ({ event: 'silence-changed', callId, on: true });
const solo = (callId: string): Fact => ({ event: 'solo-changed', callId, on: true });
const volume = (callId: string, loudness: number): Fact => ({
  event: 'volume-changed',
  callId,
  volume: loudness,
});
const ended = (callId: string): Fact => ({ event: 'call-ended', callId, reason: 'hung-up-there' });
const equallyLoud: Fact = {
  event: 'settings-changed',
  settings: { ...INITIAL_STATE.settings, duckOthers: false },
};

function replays(callId: string, source: Replay['source'], playing = true): Fact {
  return {
    event: 'replay-changed',
    replay: { callId, source, playing, speed: 1, skipSilence: false },
  };
}

/** Three live calls and what happened then. */
function planAfter(facts: readonly Fact[]): ReturnType<typeof soundPlan> {
  return soundPlan(stateAfter([...['a', 'b', 'c'].flatMap(id => liveCallFacts(id)), ...facts]));
}

type Row = {
  readonly when: string;
  readonly facts: Fact[];
  readonly gains: (number | undefined)[];
};

const rows: Row[] = [
  { when: 'nobody is in focus', facts: [], gains: [1, 1, 1] },
  {
    when: 'the microphone belongs to one, the others are ducked',
    facts: [microphone('a')],
    gains: [1, 0.3, 0.3],
  },
  {
    when: 'the microphone is muted, its call stays in focus',
    facts: [microphone('a'), muted('a')],
    gains: [1, 0.3, 0.3],
  },
  {
    when: 'ducking is switched off',
    facts: [equallyLoud, microphone('a')],
    gains: [1, 1, 1],
  },
  {
    when: 'a ducked call has a volume of its own',
    facts: [microphone('a'), volume('a', 0.5), volume('b', 2)],
    gains: [0.5, 0.6, 0.3],
  },
  {
    when: 'the call of the microphone is held, it ducks nobody',
    facts: [microphone('a'), held('a')],
    gains: [0, 1, 1],
  },
  {
    when: 'the call of the microphone is silenced, it ducks nobody',
    facts: [microphone('a'), silenced('a')],
    gains: [0, 1, 1],
  },
  {
    when: 'the call of the microphone is turned down to nothing, it ducks nobody',
    facts: [microphone('a'), volume('a', 0)],
    gains: [0, 1, 1],
  },
  {
    when: 'the call of the microphone is over',
    facts: [microphone('a'), ended('a')],
    gains: [undefined, 1, 1],
  },
  { when: 'one is silenced', facts: [silenced('b')], gains: [1, 0, 1] },
  { when: 'one is solo', facts: [solo('b')], gains: [0, 1, 0] },
  { when: 'two are solo', facts: [solo('a'), solo('b')], gains: [1, 1, 0] },
  {
    when: 'one is solo and another has the microphone, solo wins',
    facts: [microphone('a'), solo('b')],
    gains: [0, 1, 0],
  },
  {
    when: 'two are solo and one has the microphone, the other is ducked',
    facts: [microphone('a'), solo('a'), solo('b')],
    gains: [1, 0.3, 0],
  },
  {
    when: 'the one that is solo is held, the others are heard again',
    facts: [solo('b'), held('b')],
    gains: [1, 0, 1],
  },
  {
    when: 'the one that is solo is silenced, the others are heard again',
    facts: [solo('b'), silenced('b')],
    gains: [1, 0, 1],
  },
  {
    when: 'the one that is solo is over, the others are heard again',
    facts: [solo('b'), ended('b')],
    gains: [1, undefined, 1],
  },
  {
    when: 'one is rewound, its present is not heard and the others are ducked',
    facts: [replays('b', 'live')],
    gains: [0.3, 0, 0.3],
  },
  {
    when: 'one is rewound and paused, its present is still not heard',
    facts: [replays('b', 'live', false)],
    gains: [1, 0, 1],
  },
  {
    when: 'one is rewound that is solo, the others stay out',
    facts: [solo('b'), replays('b', 'live')],
    gains: [0, 0, 0],
  },
  {
    when: 'the one with the microphone is rewound, it stays in focus',
    facts: [microphone('a'), replays('a', 'live')],
    gains: [0, 0.3, 0.3],
  },
  {
    when: 'an old recording is played, all that live are ducked',
    facts: [replays('old', 'kept')],
    gains: [0.3, 0.3, 0.3],
  },
  {
    when: 'an old recording is played while the microphone belongs to one',
    facts: [microphone('a'), replays('old', 'kept')],
    gains: [1, 0.3, 0.3],
  },
];

describe('how loud each of three calls is heard', () => {
  it.each(rows)('when $when', ({ facts, gains }) => {
    const { calls } = planAfter(facts);
    const heard = ['a', 'b', 'c'].map(id => calls.get(id)?.gain);
    expect(heard.map(gain => gain?.toFixed(3))).toEqual(gains.map(gain => gain?.toFixed(3)));
  });

  it('a call that is not heard keeps its microphone', () => {
    expect(planAfter([microphone('a'), silenced('a')]).microphone).toBe('a');
    expect(planAfter([microphone('a'), solo('b')]).microphone).toBe('a');
    expect(planAfter([microphone('a'), replays('a', 'live')]).microphone).toBe('a');
  });
});

describe('sound of the past in the sound plan', () => {
  it('wants the sound card, without a call and while it pauses', () => {
    expect(soundPlan(stateAfter([replays('old', 'kept')])).card).toBe(true);
    expect(soundPlan(stateAfter([replays('old', 'kept', false)])).card).toBe(true);
    const over: Fact = { event: 'replay-changed', replay: null };
    expect(soundPlan(stateAfter([replays('old', 'kept'), over])).card).toBe(false);
  });

  it('opens no microphone', () => {
    expect(soundPlan(stateAfter([replays('old', 'kept')])).microphone).toBeNull();
    expect(planAfter([replays('a', 'live')]).microphone).toBeNull();
    expect(planAfter([microphone('a'), muted('a'), replays('a', 'live')]).microphone).toBeNull();
  });

  it('is as loud as it was, unless the microphone is open to somebody else', () => {
    const old = replays('old', 'kept');
    expect(planAfter([old]).replayGain).toBe(1);
    expect(planAfter([microphone('a'), old]).replayGain).toBe(0.3);
    expect(planAfter([microphone('a'), replays('b', 'live')]).replayGain).toBe(0.3);
    expect(planAfter([microphone('a'), replays('a', 'live')]).replayGain).toBe(1);
    expect(planAfter([microphone('a'), muted('a'), old]).replayGain).toBe(1);
    expect(planAfter([microphone('a'), held('a'), old]).replayGain).toBe(1);
    expect(planAfter([equallyLoud, microphone('a'), old]).replayGain).toBe(1);
  });
});
