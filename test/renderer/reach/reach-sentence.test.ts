import { describe, expect, test } from 'vitest';
import type { ConsoleState } from '../../../electron/core/state.ts';
import { reachSentence } from '../../../renderer/reach/reach-sentence.ts';
import type { ReachContext } from '../../../renderer/reach/reach-words.ts';
import {
  consoleState,
  DANA,
  dialingCall,
  endedCall,
  liveCall,
  messageCall,
  ringingCall,
  SAM,
  trialLine,
  UNKNOWN,
  waitingCall,
  wordsCall,
} from '../console-states.ts';

const CONTEXT: ReachContext = { shownCallId: 'dana', place: 'calls', talkingUnheard: false };
const problem = { kind: 'sound-lost', message: 'Gone.', remedy: 'Plug it in.' } as const;

function says(state: ConsoleState, context: Partial<ReachContext> = {}) {
  return reachSentence(state, { ...CONTEXT, ...context });
}

function withDana(call = {}, state: Partial<ConsoleState> = {}): ConsoleState {
  return consoleState({ calls: [liveCall(call)], microphone: 'dana', ...state });
}

describe('without a call', () => {
  test('the microphone is closed', () => {
    expect(says(consoleState())).toMatchObject({
      reach: 'closed',
      glyph: '○',
      words: 'MICROPHONE CLOSED',
      detail: 'no call',
      elsewhere: null,
    });
  });

  test('an ended call is no call', () => {
    expect(says(consoleState({ calls: [endedCall()], microphone: 'dana' })).reach).toBe('closed');
  });

  test('the palette says that nothing dials before Enter', () => {
    expect(says(consoleState(), { place: 'palette' }).detail).toBe(
      'Enter calls, nothing dials before it',
    );
  });

  test('a sound check opens the microphone to nobody', () => {
    expect(says(consoleState({ soundCheck: true }), { place: 'settings' })).toMatchObject({
      reach: 'nobody',
      words: 'NOBODY HEARS YOU',
      detail: 'this sound test stays on this computer',
    });
  });

  test('a ring tells what answering does', () => {
    const state = consoleState({ calls: [ringingCall()] });
    expect(says(state).detail).toBe('answering Dana opens it');
    const held = { ...state, settings: { ...state.settings, talk: 'hold' } } as const;
    expect(says(held).detail).toBe('Dana is ringing');
  });

  test('several rings are counted', () => {
    const calls = [ringingCall(), ringingCall({ id: 'sam', them: SAM })];
    expect(says(consoleState({ calls })).detail).toBe('2 calls are ringing');
  });
});

describe('while the gate lets sound out', () => {
  test('the customer hears, by first name', () => {
    expect(says(withDana({}, { reach: 'dana' }))).toMatchObject({
      reach: 'customer',
      glyph: '◉',
      words: 'DANA HEARS YOU',
      detail: '',
      elsewhere: null,
    });
  });

  test('an unknown caller is named by the last four digits', () => {
    expect(says(withDana({ them: UNKNOWN }, { reach: 'dana' })).words).toBe('…0190 HEARS YOU');
  });

  test('a shared first name gets its last initial', () => {
    const other = liveCall({ id: 'other', them: { number: '+14155550111', name: 'Dana Okafor' } });
    const state = consoleState({
      calls: [liveCall(), other],
      microphone: 'dana',
      reach: 'dana',
    });
    expect(says(state).words).toBe('DANA R HEARS YOU');
  });

  test('a mute that is only just asked for does not hide that sound got out', () => {
    expect(says(withDana({ muted: true }, { reach: 'dana' })).words).toBe('DANA HEARS YOU');
  });

  test('the talk key is named while it is held', () => {
    const state = withDana({ muted: true }, { reach: 'dana', talkKeyHeld: true });
    expect(says(state).detail).toBe('while you hold Space');
  });

  test('another call on screen leads back', () => {
    const calls = [liveCall(), liveCall({ id: 'sam', them: SAM, heldAt: 1 })];
    const state = consoleState({ calls, microphone: 'dana', reach: 'dana' });
    expect(says(state, { shownCallId: 'sam' })).toMatchObject({
      words: 'DANA HEARS YOU',
      detail: 'in another call',
      elsewhere: 'dana',
    });
  });

  test('other views lead back, too', () => {
    const state = withDana({}, { reach: 'dana' });
    expect(says(state, { shownCallId: null, place: 'settings' })).toMatchObject({
      detail: '',
      elsewhere: 'dana',
    });
  });

  test('a call that is over is heard by nobody', () => {
    const state = consoleState({ calls: [endedCall()], microphone: 'dana', reach: 'dana' });
    expect(says(state).reach).toBe('closed');
  });
});

describe('while the gate is closed', () => {
  test('muted names who would hear, and the key', () => {
    expect(says(withDana({ muted: true }))).toMatchObject({
      reach: 'would',
      words: 'MUTED, DANA WOULD HEAR YOU',
      detail: 'press M to open',
    });
  });

  test('talking while muted is told', () => {
    expect(says(withDana({ muted: true }), { talkingUnheard: true }).detail).toBe(
      'you are talking; press M',
    );
  });

  test('hold to talk waits for Space', () => {
    const { settings } = consoleState();
    const state = withDana({ muted: true }, { settings: { ...settings, talk: 'hold' } });
    expect(says(state)).toMatchObject({
      reach: 'would',
      words: 'DANA WOULD HEAR YOU',
      detail: 'hold Space to talk',
    });
    expect(says(state, { talkingUnheard: true }).detail).toBe('you are talking; hold Space');
  });

  test('Space held, but nothing out yet: nobody yet', () => {
    expect(says(withDana({ muted: true }, { talkKeyHeld: true })).words).toBe(
      'NOBODY HEARS YOU YET',
    );
  });

  test('on hold nobody hears', () => {
    expect(says(withDana({ heldAt: 1 }))).toMatchObject({
      reach: 'nobody',
      words: 'NOBODY HEARS YOU',
      detail: 'Dana is on hold',
    });
  });

  test('before the stream nobody hears yet', () => {
    expect(says(withDana({ stream: false }))).toMatchObject({
      reach: 'nobody',
      glyph: '◌',
      words: 'NOBODY HEARS YOU YET',
      detail: 'waiting for the sound of Dana',
    });
  });

  test.each([{ status: 'off' }, { status: 'failed', problem }] as const)(
    'without a microphone ($status) nobody hears, muted or not',
    input => {
      const { sound } = consoleState();
      for (const muted of [true, false]) {
        const state = withDana({ muted }, { sound: { ...sound, input } });
        expect(says(state)).toMatchObject({
          words: 'NOBODY HEARS YOU',
          detail: 'no microphone',
        });
      }
    },
  );

  test('an open gate that let nothing out is not believed', () => {
    expect(says(withDana())).toMatchObject({
      reach: 'nobody',
      words: 'NOBODY HEARS YOU YET',
      detail: 'the microphone is opening',
    });
  });

  test('calling out: nobody yet', () => {
    const dialing = consoleState({ calls: [dialingCall()], microphone: 'dana' });
    expect(says(dialing).detail).toBe('calling Dana');
    const ringing = consoleState({ calls: [ringingCall({ direction: 'outbound' })] });
    expect(says(ringing)).toMatchObject({
      words: 'NOBODY HEARS YOU YET',
      detail: 'Dana is being rung',
    });
  });

  test('live calls without the microphone are told from no call', () => {
    expect(says(consoleState({ calls: [liveCall()] })).detail).toBe(
      'your microphone is in no call',
    );
    expect(says(consoleState({ calls: [liveCall({ heldAt: 1 })] })).detail).toBe('Dana is on hold');
    const both = [liveCall({ heldAt: 1 }), liveCall({ id: 'sam', them: SAM, heldAt: 1 })];
    expect(says(consoleState({ calls: both })).detail).toBe('2 calls are on hold');
  });
});

test('somebody is said to hear only while the gate let sound out', () => {
  for (const muted of [true, false]) {
    for (const heldAt of [null, 1]) {
      for (const stream of [true, false]) {
        for (const talkKeyHeld of [true, false]) {
          const state = withDana({ muted, heldAt, stream, them: DANA }, { talkKeyHeld });
          expect(says(state).reach).not.toBe('customer');
        }
      }
    }
  }
});

describe('without sound', () => {
  test('a call in words is heard by nobody: what is said is typed', () => {
    const state = consoleState({ calls: [wordsCall()], microphone: 'dana' });
    expect(says(state)).toMatchObject({
      reach: 'nobody',
      glyph: '○',
      words: 'NOBODY HEARS YOU',
      detail: 'your words are typed',
    });
  });

  test('a message call is heard by nobody', () => {
    const state = consoleState({ calls: [messageCall()], microphone: 'dana' });
    expect(says(state)).toMatchObject({
      words: 'NOBODY HEARS YOU',
      detail: 'a message is spoken to Dana',
    });
  });

  test('answering on a trial opens no microphone', () => {
    const state = consoleState({ calls: [ringingCall()], line: trialLine() });
    expect(says(state).detail).toBe('Dana is ringing; your words are typed');
  });

  test('those who wait are told', () => {
    expect(says(consoleState({ calls: [waitingCall()] })).detail).toBe('Dana is waiting');
    const two = consoleState({ calls: [waitingCall(), waitingCall({ id: 'sam' })] });
    expect(says(two).detail).toBe('2 calls are waiting');
  });
});

describe('while the past is played', () => {
  const replay = {
    callId: 'dana',
    source: 'kept',
    playing: true,
    speed: 1,
    skipSilence: false,
  } as const;

  test('a recording reaches the speaker only, and the microphone stays as it was', () => {
    expect(says(consoleState({ replay }))).toMatchObject({
      reach: 'closed',
      words: 'MICROPHONE CLOSED',
      detail: 'playing a recording to Headset only',
    });
    expect(says(consoleState({ replay: { ...replay, playing: false } })).detail).toBe('no call');
  });

  test('a speaker that is not open yet is not named', () => {
    const { sound } = consoleState();
    const state = consoleState({ replay, sound: { ...sound, output: { status: 'opening' } } });
    expect(says(state).detail).toBe('playing a recording to the speaker only');
  });

  test('a rewound call still hears an open microphone, and that comes first', () => {
    const live = { ...replay, source: 'live' } as const;
    expect(says(withDana({}, { reach: 'dana', replay: live }))).toMatchObject({
      reach: 'customer',
      words: 'DANA HEARS YOU',
      detail: 'you hear what Dana said before',
    });
    expect(says(withDana({ muted: true }, { replay: live })).detail).toBe('press M to open');
  });
});
