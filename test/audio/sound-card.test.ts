import { describe, expect, it } from 'vitest';
import type { DeviceRequest, Side, SideFault } from '../../electron/audio/device-messages.ts';
import type { MicrophoneAccess } from '../../electron/audio/microphone-permission.ts';
import { createSoundCard } from '../../electron/audio/sound-card.ts';
import type { SoundChoice, SoundDevice, SoundState } from '../../electron/core/sound.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fakeDeviceProcesses } from '../support/fake-device-process.ts';
import { recordingLog } from '../support/recording-log.ts';

const CHOICE: SoundChoice = {
  inputId: null,
  outputId: null,
  host: null,
  latency: 'balanced',
  suppressNoise: false,
};

function device(name: string, isDefault = false, isBuiltIn = false): SoundDevice {
  return { id: `ALSA: ${name}`, name, isDefault, isBuiltIn };
}

const speaker = device('Computer speaker', true, true);
const microphone = device('Computer microphone', true, true);
const headset = device('Jabra Engage');

type Devices = { inputs: SoundDevice[]; outputs: SoundDevice[] };
const BUILT_IN: Devices = { inputs: [microphone], outputs: [speaker] };
const BOTH: Devices = { inputs: [microphone, headset], outputs: [speaker, headset] };
const HEADSET_FOLLOWED: Devices = {
  inputs: [
    { ...microphone, isDefault: false },
    { ...headset, isDefault: true },
  ],
  outputs: [
    { ...speaker, isDefault: false },
    { ...headset, isDefault: true },
  ],
};

function cardWith(microphoneAccess: MicrophoneAccess | null = null) {
  const clock = fakeClock();
  const { processes, launch } = fakeDeviceProcesses();
  const { log, messages } = recordingLog();
  const states: SoundState[] = [];
  const card = createSoundCard({
    clock,
    log,
    launch,
    microphoneAccess,
    nextFrame: () => new Int16Array(320),
    onCaptured: () => {},
    onState: state => states.push(state),
  });
  const last = () => processes.at(-1) ?? expect.fail('no process');
  const list = ({ inputs, outputs }: Devices): void =>
    last().report({ kind: 'devices', hosts: ['ALSA'], inputs, outputs });
  /** The number of the last request to open. */
  const turn = (process = last()): number =>
    process.requests.findLast(request => request.kind === 'open')?.turn ?? 0;
  const opened = (side: Side, device: SoundDevice, of = turn(), process = last()): void =>
    process.report({
      kind: 'opened',
      side,
      turn: of,
      device: { ...device, index: 0, channels: 2, rateHz: 48_000 },
    });
  const failed = (side: Side, fault: SideFault, of = turn()): void =>
    last().report({ kind: 'failed', side, turn: of, fault, detail: 'it failed' });
  const state = () => states.at(-1) ?? expect.fail('no state');
  const opens = (process = last()) =>
    process.requests.filter(
      (request): request is Extract<DeviceRequest, { kind: 'open' }> => request.kind === 'open',
    );
  /** A call on these two devices. */
  const call = (devices: Devices, hears: SoundDevice, plays: SoundDevice): void => {
    list(devices);
    card.want(true);
    opened('output', plays);
    opened('input', hears);
  };
  /** What a probe sees after something was plugged in or out. */
  const plug = (devices: Devices): void => {
    card.devicesChanged();
    clock.advance(200);
    list(devices);
  };
  /** Lets time pass with a process that answers. */
  const live = (ms: number): void => {
    for (let at = 0; at < ms; at += 100) {
      clock.advance(100);
      last().report({ kind: 'pong' });
    }
  };
  return {
    card,
    clock,
    processes,
    states,
    messages,
    last,
    list,
    turn,
    opened,
    failed,
    state,
    opens,
    call,
    plug,
    live,
  };
}

describe('the sound card', () => {
  it('shows a missing device with a remedy, and looks for one again', () => {
    const { card, last, list, state, live } = cardWith();
    list({ inputs: [], outputs: [] });
    expect(state().output).toMatchObject({
      status: 'failed',
      problem: { kind: 'sound-missing', remedy: expect.stringContaining('Connect') },
    });
    live(6000);
    expect(last().requests.filter(({ kind }) => kind === 'list').length).toBeGreaterThan(1);
    list(BUILT_IN);
    expect(state()).toMatchObject({
      output: { status: 'ready', device: speaker },
      path: 'card',
      hosts: ['ALSA'],
    });
    card.close();
  });

  it('opens nothing while there is no device, and says so once', () => {
    const { card, list, states, opens, live } = cardWith();
    list({ inputs: [], outputs: [] });
    card.want(true);
    const told = states.length;
    for (let i = 0; i < 20; i += 1) {
      live(1000);
      list({ inputs: [], outputs: [] });
    }
    expect(states).toHaveLength(told);
    expect(opens()).toEqual([]);
    list(BUILT_IN);
    expect(opens()).toHaveLength(1);
    card.close();
  });

  it('shows a busy microphone while the speaker works, and tries it again alone', () => {
    const { card, list, opened, failed, state, opens, live } = cardWith();
    list(BUILT_IN);
    card.want(true);
    opened('output', speaker);
    failed('input', 'busy');
    expect(state()).toMatchObject({
      output: { status: 'open' },
      input: { status: 'failed', problem: { kind: 'sound-busy' } },
    });
    live(5000);
    expect(opens().at(-1)).toMatchObject({ sides: ['input'] });
    expect(state().output.status).toBe('open');
    card.close();
  });

  it('opens what was chosen at once when it is already open, and only the microphone for its noise', () => {
    const { card, opens, call } = cardWith();
    call(BOTH, microphone, speaker);
    card.choose({ ...CHOICE, outputId: headset.id, latency: 'low' });
    expect(opens().at(-1)).toMatchObject({
      sides: ['output', 'input'],
      choice: { outputId: headset.id, latency: 'low' },
    });
    card.choose({ ...CHOICE, outputId: headset.id, latency: 'low', suppressNoise: true });
    expect(opens().at(-1)).toMatchObject({ sides: ['input'], choice: { suppressNoise: true } });
    card.close();
  });

  it('ignores the answer to what is no longer asked', () => {
    const { card, clock, list, last, turn, opened, failed, state, opens } = cardWith();
    list(BOTH);
    card.want(true);
    const first = turn();
    card.choose({ ...CHOICE, inputId: headset.id });
    opened('output', speaker, first);
    opened('input', microphone, first);
    failed('input', 'busy', first);
    expect(state()).toMatchObject({ input: { status: 'opening' }, output: { status: 'opening' } });
    opened('output', speaker);
    last().exit();
    clock.advance(0);
    // No microphone was open: the chosen one is, not the one of the late answer.
    expect(opens().at(-1)).toMatchObject({ choice: { inputId: headset.id }, microphone: 'any' });
    card.close();
  });

  it('opens nothing again for a device that is chosen under its name on another way', () => {
    const { card, opens, call } = cardWith();
    card.choose({ ...CHOICE, inputId: headset.id, outputId: headset.id });
    call(BOTH, headset, headset);
    card.choose({ ...CHOICE, inputId: `Window: ${headset.name}`, outputId: headset.id });
    expect(opens()).toHaveLength(1);
    card.choose({ ...CHOICE, inputId: `Window: ${headset.name}`, outputId: null });
    expect(opens().at(-1)).toMatchObject({ choice: { inputId: headset.id, outputId: null } });
    card.close();
  });

  it('keeps saying that both devices are busy until one opens', () => {
    const { card, last, list, failed, opened, states, live } = cardWith();
    list(BUILT_IN);
    card.want(true);
    failed('output', 'busy');
    failed('input', 'busy');
    states.length = 0;
    for (let tries = 0; tries < 3; tries += 1) {
      live(5000);
      last().report({ kind: 'closed' });
      list(BUILT_IN);
      failed('output', 'busy');
      failed('input', 'busy');
    }
    expect(states.some(({ output }) => output.status === 'ready')).toBe(false);
    live(5000);
    last().report({ kind: 'closed' });
    list(BUILT_IN);
    opened('output', speaker);
    expect(states.at(-1)?.output.status).toBe('open');
    card.close();
  });

  it('shows no fault of a call that is over', () => {
    const { card, clock, last, list, state, call, live } = cardWith();
    call(BUILT_IN, microphone, speaker);
    last().exit();
    expect(state().output.status).toBe('failed');
    card.want(false);
    clock.advance(0);
    live(3100);
    list(BUILT_IN);
    expect(state()).toMatchObject({ input: { status: 'ready' }, output: { status: 'ready' } });
    card.close();
  });

  it('keeps the microphone closed that was unplugged when the host API changes', () => {
    const { card, list, opened, opens, call, plug } = cardWith();
    const other = { ...microphone, id: `JACK: ${microphone.name}` };
    call(HEADSET_FOLLOWED, headset, headset);
    plug(BUILT_IN);
    opened('output', speaker);
    card.choose({ ...CHOICE, host: 'JACK' });
    expect(opens().at(-1)).toMatchObject({ microphone: 'none', choice: { host: 'JACK' } });
    list({ inputs: [other], outputs: [speaker] });
    card.choose({ ...CHOICE, host: 'JACK', latency: 'low' });
    expect(opens().at(-1)).toMatchObject({ microphone: 'none' });
    card.choose({ ...CHOICE, host: 'JACK', latency: 'low', inputId: other.id });
    expect(opens().at(-1)).toMatchObject({ microphone: 'any', choice: { inputId: other.id } });
    card.close();
  });

  it('lists the devices of the host API that is chosen', () => {
    const { card, last, list } = cardWith();
    list(BUILT_IN);
    card.choose({ ...CHOICE, host: 'JACK Audio Connection Kit' });
    expect(last().requests.at(-1)).toEqual({ kind: 'list', host: 'JACK Audio Connection Kit' });
    card.close();
  });

  it('tells the log of late sound, and once that noise stays', () => {
    const { card, last, messages } = cardWith();
    last().report({ kind: 'starved', frames: 3 });
    for (let i = 0; i < 3; i += 1) last().report({ kind: 'noise-kept', detail: 'no WASM' });
    expect(messages).toEqual(['sound came late to the card', 'noise suppression does not load']);
    card.close();
  });

  it('closes some time after nothing wants it any more, and leaves no timer', () => {
    const { card, clock, last, call, state, live } = cardWith();
    call(BUILT_IN, microphone, speaker);
    card.want(false);
    live(2900);
    expect(last().requests.some(({ kind }) => kind === 'close')).toBe(false);
    live(200);
    expect(last().requests.some(({ kind }) => kind === 'close')).toBe(true);
    last().report({ kind: 'closed' });
    expect(state().output).toEqual({ status: 'ready', device: speaker });
    card.close();
    expect(clock.timers()).toBe(0);
  });
});

describe('the sound card with a process that misbehaves', () => {
  it('is opened again at once after a crash in a call, on the devices that were open', () => {
    const { card, clock, processes, states, state, opens, opened, call } = cardWith();
    call(BOTH, microphone, speaker);
    const told = states.length;
    processes[0]?.exit();
    expect(states[told]?.output).toMatchObject({ problem: { kind: 'sound-lost' } });
    clock.advance(0);
    expect(processes).toHaveLength(2);
    expect(opens()).toMatchObject([
      {
        sides: ['output', 'input'],
        choice: { inputId: microphone.id },
        microphone: 'chosen',
        known: { id: speaker.id, index: 0 },
      },
    ]);
    opened('output', speaker);
    opened('input', microphone);
    expect(state()).toMatchObject({ output: { status: 'open' }, input: { status: 'open' } });
    card.close();
  });

  it('takes a process that is silent in a call for hung within 800 ms', () => {
    const { card, clock, processes, call, live } = cardWith();
    call(BUILT_IN, microphone, speaker);
    live(10_000);
    clock.advance(800);
    expect(processes).toHaveLength(2);
    card.close();
  });

  it('leaves a hung card by ending its process, and opens it again', () => {
    const { card, clock, processes, states, failed, opens, call } = cardWith();
    call(BUILT_IN, microphone, speaker);
    failed('output', 'hung');
    expect(states.some(({ output }) => output.status === 'failed')).toBe(true);
    clock.advance(0);
    expect(processes).toHaveLength(2);
    expect(opens()).toHaveLength(1);
    card.close();
  });

  it('replaces a process that sees no new devices any more', () => {
    const { card, processes, last, list, opens } = cardWith();
    list(BUILT_IN);
    card.want(true);
    last().report({ kind: 'spent' });
    expect(processes).toHaveLength(2);
    list(BUILT_IN);
    expect(opens()).toHaveLength(1);
    card.close();
  });
});

describe('the sound card whose devices come and go', () => {
  it('moves to the default speaker when the headset is pulled out, and closes the microphone', () => {
    const { card, processes, last, list, opened, opens, state, call, plug } = cardWith();
    card.choose({ ...CHOICE, inputId: headset.id, outputId: headset.id });
    call(BOTH, headset, headset);
    plug(BUILT_IN);
    expect(processes.map(({ isKilled }) => isKilled())).toEqual([true, true, false]);
    expect(opens()).toMatchObject([{ microphone: 'none' }]);
    list(BUILT_IN);
    opened('output', speaker);
    expect(state()).toMatchObject({
      output: { status: 'open', device: speaker },
      input: {
        status: 'failed',
        problem: {
          kind: 'sound-unplugged',
          message:
            'Jabra Engage was unplugged. You hear your calls on the computer speaker; your microphone is closed.',
        },
      },
    });
    last().report({ kind: 'pong' });
    card.close();
  });

  it('does the same when the process hangs on it or dies of it first', () => {
    const { card, clock, last, list, opened, failed, opens, state, call } = cardWith();
    call(HEADSET_FOLLOWED, headset, headset);
    last().exit();
    clock.advance(0);
    expect(opens()).toMatchObject([{ microphone: 'chosen', choice: { inputId: headset.id } }]);
    list(BUILT_IN);
    opened('output', speaker);
    failed('input', 'missing');
    expect(state().input).toMatchObject({
      problem: { message: expect.stringContaining('Jabra Engage was unplugged') },
    });
    card.close();
  });

  it('opens the microphone again when its headset is back', () => {
    const { card, last, turn, opened, opens, state, call, plug } = cardWith();
    call(HEADSET_FOLLOWED, headset, headset);
    plug(BUILT_IN);
    opened('output', speaker);
    const sound = last();
    plug(HEADSET_FOLLOWED);
    expect(opens(sound).at(-1)).toMatchObject({
      sides: ['output', 'input'],
      choice: { inputId: headset.id, outputId: null },
      microphone: 'chosen',
    });
    for (const side of ['output', 'input'] as const) opened(side, headset, turn(sound), sound);
    expect(state().input).toEqual({ status: 'open', device: headset });
    card.close();
  });

  it('opens another microphone when somebody asks for it, or in the next call', () => {
    for (const decide of ['retry', 'choose', 'next call'] as const) {
      const { card, last, list, opened, opens, call, plug, live } = cardWith();
      call(HEADSET_FOLLOWED, headset, headset);
      plug(BUILT_IN);
      list(BUILT_IN);
      opened('output', speaker);
      if (decide === 'retry') card.retry();
      if (decide === 'choose') card.choose({ ...CHOICE, inputId: microphone.id });
      if (decide === 'next call') {
        card.want(false);
        live(3100);
        last().report({ kind: 'closed' });
        card.want(true);
      }
      if (decide === 'retry') list(BUILT_IN);
      expect(opens().at(-1), decide).toMatchObject({ microphone: 'any' });
      card.close();
    }
  });

  it('follows the default when it changes, and stays with a device that was chosen', () => {
    const { card, processes, opens, call, plug } = cardWith();
    call(BOTH, microphone, speaker);
    plug(HEADSET_FOLLOWED);
    expect(opens(processes[0])).toHaveLength(2);
    expect(opens(processes[0]).at(-1)).toMatchObject({ microphone: 'any' });
    card.close();

    const chosen = cardWith();
    chosen.card.choose({ ...CHOICE, inputId: microphone.id, outputId: speaker.id });
    chosen.call(BOTH, microphone, speaker);
    chosen.plug(HEADSET_FOLLOWED);
    expect(chosen.opens(chosen.processes[0])).toHaveLength(1);
    expect(chosen.state().outputs.find(({ isDefault }) => isDefault)?.id).toBe(headset.id);
    chosen.card.close();
  });

  it('lists anew without another process while nothing is open', () => {
    const { card, processes, last, list } = cardWith();
    list(BUILT_IN);
    card.devicesChanged();
    expect(processes).toHaveLength(1);
    expect(last().requests.filter(({ kind }) => kind === 'list')).toHaveLength(2);
    card.close();
  });
});

describe('the sound card where the system asks for the microphone', () => {
  const denied = { status: 'failed', problem: { kind: 'microphone-denied' } };

  it('lets calls be heard while the person is asked, once, then opens the microphone', async () => {
    let answer: (granted: boolean) => void = () => {};
    let status: 'unknown' | 'granted' = 'unknown';
    let asked = 0;
    const { card, list, opened, opens, state } = cardWith({
      status: () => status,
      ask: () => {
        asked += 1;
        return new Promise(resolve => {
          answer = resolve;
        });
      },
    });
    list(BUILT_IN);
    expect(asked).toBe(0);
    card.want(true);
    expect(opens()).toMatchObject([{ microphone: 'none' }]);
    opened('output', speaker);
    expect(state()).toMatchObject({ output: { status: 'open' }, input: { status: 'opening' } });
    status = 'granted';
    answer(true);
    await expect.poll(() => opens().length).toBe(2);
    expect(opens().at(-1)).toMatchObject({ sides: ['input'], microphone: 'any' });
    expect(asked).toBe(1);
    card.close();
  });

  it('tells of a refusal and looks again when tried again', async () => {
    let status: 'denied' | 'granted' = 'denied';
    const { card, list, opened, opens, state } = cardWith({
      status: () => status,
      ask: () => Promise.resolve(false),
    });
    list(BUILT_IN);
    card.want(true);
    opened('output', speaker);
    expect(state()).toMatchObject({ output: { status: 'open' }, input: denied });
    status = 'granted';
    card.retry();
    list(BUILT_IN);
    expect(opens().at(-1)).toMatchObject({ sides: ['output', 'input'], microphone: 'any' });
    card.close();
  });

  it('asks no second time after a no', async () => {
    let asked = 0;
    const { card, list, opened, state } = cardWith({
      status: () => 'unknown',
      ask: () => {
        asked += 1;
        return Promise.resolve(false);
      },
    });
    list(BUILT_IN);
    card.want(true);
    opened('output', speaker);
    await expect.poll(() => state().input).toMatchObject(denied);
    card.retry();
    list(BUILT_IN);
    opened('output', speaker);
    expect(state().input).toMatchObject(denied);
    expect(asked).toBe(1);
    card.close();
  });
});
