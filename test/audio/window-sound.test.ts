import { describe, expect, it } from 'vitest';
import { createSoundPages } from '../../electron/audio/sound-pages.ts';
import { createWindowSound } from '../../electron/audio/window-sound.ts';
import { SILENCE } from '../../electron/core/audio/frame.ts';
import type { SoundChoice, SoundState } from '../../electron/core/sound.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { opens, pagePeer } from '../support/sound-page.ts';

const SPEAKER = { id: 'Window: Speaker', name: 'Speaker', isDefault: true, isBuiltIn: true };
const HEADSET = { id: 'Window: Headset', name: 'Headset', isDefault: false, isBuiltIn: false };
const MICROPHONE = {
  id: 'Window: Microphone',
  name: 'Microphone',
  isDefault: true,
  isBuiltIn: true,
};

const CHOICE: SoundChoice = {
  inputId: null,
  outputId: null,
  host: null,
  latency: 'balanced',
  suppressNoise: false,
};

function soundWith(microphoneAccess: Parameters<typeof createWindowSound>[0]['microphoneAccess']) {
  const clock = fakeClock();
  const pages = createSoundPages();
  const states: SoundState[] = [];
  const captured: Int16Array[] = [];
  let count = 0;
  const sound = createWindowSound({
    clock,
    log: quietLog,
    page: pages,
    microphoneAccess,
    nextFrame: () => {
      count += 1;
      return new Int16Array(320).fill(count);
    },
    onCaptured: frame => captured.push(frame),
    onState: state => states.push(state),
  });
  const last = (): SoundState => {
    const state = states.at(-1);
    if (state === undefined) throw new Error('no state was told');
    return state;
  };
  return { sound, clock, pages, states, captured, last };
}

/** A page that has joined, with a microphone and two speakers. */
function joined(access: Parameters<typeof soundWith>[0] = null) {
  const desk = soundWith(access);
  const peer = pagePeer();
  desk.pages.join(peer.page);
  const list = (opening: boolean, outputs = [SPEAKER, HEADSET], inputs = [MICROPHONE]): void =>
    peer.says().onReport({ kind: 'devices', inputs, outputs, opening });
  list(false);
  return { ...desk, peer, list };
}

/** The same with a call that has opened both sides. */
function opened() {
  const desk = joined();
  desk.sound.want(true);
  desk.list(true);
  opens(desk.peer, MICROPHONE, SPEAKER);
  return desk;
}

describe('sound through the window', () => {
  it('lists devices without opening any until something wants them', () => {
    const { sound, peer, last } = joined();
    expect(peer.requests).toEqual([{ kind: 'list' }]);
    expect(last()).toMatchObject({
      path: 'window',
      hosts: [],
      input: { status: 'ready', device: MICROPHONE },
      output: { status: 'ready', device: SPEAKER },
    });
    sound.close();
  });

  it('opens both sides for a call and closes them when it has been over for 3 s', () => {
    const { sound, clock, peer, last } = opened();
    expect(last()).toMatchObject({ input: { status: 'open' }, output: { status: 'open' } });
    sound.want(false);
    clock.advance(2900);
    expect(peer.requests.at(-1)?.kind).toBe('open');
    clock.advance(200);
    expect(peer.requests.at(-1)).toEqual({ kind: 'close' });
    peer.says().onReport({ kind: 'closed' });
    expect(last()).toMatchObject({ input: { status: 'ready' }, output: { status: 'ready' } });
    sound.close();
    expect(clock.timers()).toBe(0);
  });

  it('gives as many frames as the page needs, and takes what it captured', () => {
    const { sound, peer, captured } = opened();
    peer.says().onNeed({ need: 3, starved: 0 });
    expect(peer.played.map(([sample]) => sample)).toEqual([1, 2, 3]);
    peer.says().onCaptured(SILENCE);
    expect(captured).toHaveLength(1);
    sound.close();
  });

  it('takes no sound of a page that was told to close', () => {
    const { sound, clock, peer, captured } = opened();
    sound.want(false);
    clock.advance(3100);
    peer.says().onCaptured(SILENCE);
    peer.says().onNeed({ need: 1, starved: 0 });
    expect([captured.length, peer.played.length]).toEqual([0, 0]);
    sound.close();
  });

  it('says so while the page is gone, and goes on with the next one', () => {
    const { sound, pages, peer, last } = opened();
    peer.says().onGone();
    expect(last()).toMatchObject({
      input: { status: 'failed', problem: { kind: 'sound-lost' } },
      output: { status: 'failed', problem: { kind: 'sound-lost' } },
    });
    const next = pagePeer();
    pages.join(next.page);
    // The same microphone, no other: the call goes on.
    expect(next.opening()).toMatchObject({ inputId: MICROPHONE.id, microphone: 'chosen' });
    opens(next, MICROPHONE, SPEAKER);
    expect(last()).toMatchObject({ input: { status: 'open' }, output: { status: 'open' } });
    sound.close();
  });

  it('opens no other microphone in the place of one that was unplugged', () => {
    const { sound, clock, peer, list, last } = opened();
    const other = { ...MICROPHONE, id: 'Window: Other', name: 'Other' };
    list(false, [SPEAKER, HEADSET], [other]);
    expect(peer.opening()).toMatchObject({ sides: ['input'], microphone: 'none' });
    expect(last().input).toMatchObject({
      status: 'failed',
      problem: {
        message: expect.stringContaining('Microphone was unplugged. You hear your calls'),
      },
    });
    clock.advance(4000);
    peer.says().onNeed({ need: 1, starved: 0 });
    clock.advance(1000);
    expect(peer.opening().microphone).toBe('none');
    list(false, [SPEAKER, HEADSET], [MICROPHONE, { ...other, isDefault: false }]);
    expect(peer.opening()).toMatchObject({ inputId: MICROPHONE.id, microphone: 'chosen' });
    opens(peer, MICROPHONE, null);
    expect(last().input.status).toBe('open');
    sound.close();
  });

  it('opens a microphone again that fell silent and is still there', () => {
    const { sound, clock, peer, list, last } = opened();
    const { turn } = peer.opening();
    list(false);
    peer
      .says()
      .onReport({ kind: 'failed', side: 'input', turn, fault: 'lost', detail: 'it ended' });
    expect(last().input).toMatchObject({ problem: { kind: 'sound-lost' } });
    clock.advance(4000);
    peer.says().onNeed({ need: 1, starved: 0 });
    clock.advance(1000);
    expect(peer.opening()).toMatchObject({ inputId: MICROPHONE.id, microphone: 'chosen' });
    sound.close();
  });

  it('follows the default when it changes, and stays where somebody chose', () => {
    const { sound, peer, list } = opened();
    const { turn } = peer.opening();
    const moved = [
      { ...SPEAKER, isDefault: false },
      { ...HEADSET, isDefault: true },
    ];
    list(false, moved);
    expect(peer.opening().turn).toBeGreaterThan(turn);
    opens(peer, MICROPHONE, HEADSET);
    sound.choose({ ...CHOICE, outputId: HEADSET.id });
    opens(peer, MICROPHONE, HEADSET);
    const settled = peer.opening().turn;
    list(false, [SPEAKER, HEADSET]);
    expect(peer.opening().turn).toBe(settled);
    sound.close();
  });

  it('opens only the microphone again when only its noise is concerned', () => {
    const { sound, peer } = opened();
    sound.choose({ ...CHOICE, suppressNoise: true });
    expect(peer.opening()).toMatchObject({ sides: ['input'], suppressNoise: true });
    sound.choose({ ...CHOICE, suppressNoise: true, latency: 'safe' });
    expect(peer.opening()).toMatchObject({ sides: ['output', 'input'], latency: 'safe' });
    sound.close();
  });

  it('ignores the answer to what is no longer asked', () => {
    const { sound, peer, last } = opened();
    const { turn } = peer.opening();
    sound.choose({ ...CHOICE, outputId: HEADSET.id });
    peer.says().onReport({ kind: 'opened', side: 'output', turn, device: SPEAKER });
    expect(last().output.status).toBe('opening');
    sound.close();
  });

  it('tries a busy microphone again while the speaker plays on', () => {
    const { sound, clock, peer, list, last } = joined();
    sound.want(true);
    list(true);
    opens(peer, null, SPEAKER);
    const { turn } = peer.opening();
    peer.says().onReport({ kind: 'failed', side: 'input', turn, fault: 'busy', detail: 'in use' });
    expect(last().input).toMatchObject({ problem: { kind: 'sound-busy' } });
    clock.advance(4000);
    peer.says().onNeed({ need: 1, starved: 0 });
    clock.advance(1000);
    expect(peer.opening().sides).toEqual(['input']);
    sound.close();
  });

  it('takes a speaker that asks for nothing for a hung one, and opens it again', () => {
    const { sound, clock, peer, last } = opened();
    const { turn } = peer.opening();
    clock.advance(10_000);
    expect(last().output).toMatchObject({ problem: { kind: 'sound-hung' } });
    clock.advance(5000);
    expect(peer.opening().turn).toBeGreaterThan(turn);
    sound.close();
  });

  it('takes the speaker for a working one after the computer slept, and when it asks again', () => {
    const { sound, clock, peer, last } = opened();
    clock.advance(5000);
    // However long that was by the clock: the page had no chance to be heard in between.
    expect(last().output.status).toBe('open');
    peer.says().onNeed({ need: 1, starved: 0 });
    clock.advance(10_000);
    expect(last().output.status).toBe('failed');
    const { turn } = peer.opening();
    peer.says().onNeed({ need: 1, starved: 0 });
    expect(last().output).toEqual({ status: 'open', device: SPEAKER });
    clock.advance(5000);
    expect(peer.opening().turn).toBe(turn);
    sound.close();
  });

  it('opens nothing before it is known what there is', () => {
    const { sound, pages, last } = soundWith(null);
    sound.choose({ ...CHOICE, outputId: 'ALSA: Headset', inputId: 'ALSA: Microphone' });
    sound.want(true);
    const peer = pagePeer();
    pages.join(peer.page);
    expect(peer.requests).toEqual([{ kind: 'list' }]);
    const devices = { inputs: [MICROPHONE], outputs: [SPEAKER, HEADSET] };
    peer.says().onReport({ kind: 'devices', ...devices, opening: false });
    expect(peer.opening()).toMatchObject({ inputId: MICROPHONE.id, outputId: HEADSET.id });
    opens(peer, MICROPHONE, HEADSET);
    peer.says().onReport({ kind: 'devices', ...devices, opening: false });
    expect(peer.requests).toHaveLength(2);
    expect(last().output.status).toBe('open');
    sound.close();
  });

  it('tells who does not let it use the microphone', () => {
    const { sound, peer, list, last } = joined();
    sound.want(true);
    list(true);
    const { turn } = peer.opening();
    peer.says().onReport({ kind: 'failed', side: 'input', turn, fault: 'denied', detail: '' });
    expect(last().input).toMatchObject({
      problem: { kind: 'microphone-denied', message: expect.stringContaining('This computer') },
    });
    sound.close();
  });

  it('waits for the person where the system asks for the microphone', async () => {
    let answer: (granted: boolean) => void = () => {};
    const asked = new Promise<boolean>(resolve => {
      answer = resolve;
    });
    let status: 'granted' | 'unknown' = 'unknown';
    const { sound, peer, list, last } = joined({ status: () => status, ask: () => asked });
    sound.want(true);
    list(true);
    opens(peer, null, SPEAKER);
    expect(peer.opening().microphone).toBe('none');
    expect(last().input.status).toBe('opening');
    status = 'granted';
    answer(true);
    await expect.poll(() => peer.opening().microphone).toBe('any');
    expect(peer.opening().sides).toEqual(['input']);
    sound.close();
  });
});
