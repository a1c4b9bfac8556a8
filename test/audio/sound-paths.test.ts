import { describe, expect, it } from 'vitest';
import type { DeviceReport, DeviceRequest } from '../../electron/audio/device-messages.ts';
import { createSoundCard } from '../../electron/audio/sound-card.ts';
import { createSoundPages } from '../../electron/audio/sound-pages.ts';
import { createSoundPaths } from '../../electron/audio/sound-paths.ts';
import { createWindowSound } from '../../electron/audio/window-sound.ts';
import { SILENCE } from '../../electron/core/audio/frame.ts';
import type { Problem } from '../../electron/core/problem.ts';
import type { SoundChoice, SoundDevice, SoundState } from '../../electron/core/sound.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/recording-log.ts';
import { opens, pagePeer } from '../support/sound-page.ts';

const CARD_SPEAKER = { id: 'ALSA: Headset', name: 'Headset', isDefault: false, isBuiltIn: false };
const CARD_DEFAULT = { id: 'ALSA: Speaker', name: 'Speaker', isDefault: true, isBuiltIn: true };
const OPEN_SPEAKER = { ...CARD_DEFAULT, index: 0, channels: 2, rateHz: 48_000 };
const MICROPHONE = { id: 'ALSA: Mic', name: 'Mic', isDefault: true, isBuiltIn: true };
const PAGE_SPEAKER = { ...CARD_SPEAKER, id: 'Window: Headset' };
const PAGE_DEFAULT = { ...CARD_DEFAULT, id: 'Window: Speaker' };
const PAGE_MICROPHONE = { ...MICROPHONE, id: 'Window: Mic' };

const CHOICE: SoundChoice = {
  inputId: null,
  outputId: CARD_SPEAKER.id,
  host: null,
  latency: 'balanced',
  suppressNoise: false,
};

/** A sound process as its other end sees it. */
type Peer = {
  readonly report: (report: DeviceReport) => void;
  readonly exit: () => void;
  readonly requests: DeviceRequest[];
  killed: boolean;
};

function deskWith({ hasWindow = true } = {}) {
  const clock = fakeClock();
  const pages = createSoundPages();
  const page = pagePeer();
  pages.join(page.page);
  const processes: Peer[] = [];
  const states: SoundState[] = [];
  const problems: (Problem | null)[] = [];
  let captured = 0;
  const paths = createSoundPaths({
    clock,
    log: recordingLog().log,
    launch: ({ onReport, onExit }) => {
      const peer: Peer = { report: onReport, exit: onExit, requests: [], killed: false };
      processes.push(peer);
      return {
        send: request => peer.requests.push(request),
        kill: () => {
          peer.killed = true;
          onExit();
        },
      };
    },
    card: ports => createSoundCard({ ...ports, microphoneAccess: null }),
    window: hasWindow
      ? ports => createWindowSound({ ...ports, page: pages, microphoneAccess: null })
      : null,
    nextFrame: () => new Int16Array(320),
    onCaptured: () => {
      captured += 1;
    },
    onState: state => states.push(state),
    onFallback: problem => problems.push(problem),
  });
  const last = (): SoundState => {
    const state = states.at(-1);
    if (state === undefined) throw new Error('no state was told');
    return state;
  };
  return { paths, clock, page, processes, states, problems, last, captured: () => captured };
}

type Desk = ReturnType<typeof deskWith>;

function listCard({ processes }: Desk): void {
  const inputs = [MICROPHONE];
  const outputs = [CARD_DEFAULT, CARD_SPEAKER];
  processes.at(-1)?.report({ kind: 'devices', hosts: ['ALSA'], inputs, outputs });
}

function listPage({ page }: Desk, opening = false): void {
  const inputs = [PAGE_MICROPHONE];
  const outputs = [PAGE_DEFAULT, PAGE_SPEAKER];
  page.says().onReport({ kind: 'devices', inputs, outputs, opening });
}

/** The sound card opens what it was asked for last. */
function opensOnCard({ processes }: Desk, input?: SoundDevice): void {
  const process = processes.at(-1);
  const turn = process?.requests.findLast(request => request.kind === 'open')?.turn ?? 0;
  process?.report({ kind: 'opened', side: 'output', turn, device: OPEN_SPEAKER });
  if (input === undefined) return;
  const device = { ...input, index: 1, channels: 1, rateHz: 48_000 };
  process?.report({ kind: 'opened', side: 'input', turn, device });
}

/** Everything the page was asked to open, and the last process: microphones by id, with the rule. */
function microphonesAsked({ page, processes }: Desk): unknown[] {
  return [
    ...page.requests.flatMap(request =>
      request.kind === 'open' ? [[request.inputId, request.outputId, request.microphone]] : [],
    ),
    ...(processes.at(-1)?.requests ?? []).flatMap(request =>
      request.kind === 'open'
        ? [[request.choice.inputId, request.choice.outputId, request.microphone]]
        : [],
    ),
  ];
}

const HEADSET_ON_CARD = { ...CARD_SPEAKER };
const ON_HEADSET: SoundChoice = { ...CHOICE, inputId: HEADSET_ON_CARD.id };

/** A call on the headset, through the sound card. */
function callOnHeadset(choice = ON_HEADSET): Desk {
  const desk = deskWith();
  desk.paths.choose(choice);
  desk.paths.want(true);
  desk.processes[0]?.report({
    kind: 'devices',
    hosts: ['ALSA'],
    inputs: [MICROPHONE, HEADSET_ON_CARD],
    outputs: [CARD_DEFAULT, CARD_SPEAKER],
  });
  opensOnCard(desk, HEADSET_ON_CARD);
  return desk;
}

/** The page lists these microphones. */
function pageHas({ page }: Desk, inputs: SoundDevice[], opening = false): void {
  const outputs = [PAGE_DEFAULT, PAGE_SPEAKER];
  page.says().onReport({ kind: 'devices', inputs, outputs, opening });
}

/** The sound process dies so often that the window takes over. */
function dies(desk: Desk): void {
  for (let death = 0; death < 3; death += 1) {
    desk.processes.at(-1)?.exit();
    desk.clock.advance(200);
  }
}

describe('two ways of sound in a call', () => {
  it('never open a device that was not chosen, there and back', () => {
    const desk = callOnHeadset();
    desk.paths.use('window');
    pageHas(desk, [PAGE_MICROPHONE, PAGE_SPEAKER]);
    pageHas(desk, [PAGE_MICROPHONE, PAGE_SPEAKER], true);
    opens(desk.page, PAGE_SPEAKER, PAGE_SPEAKER);
    desk.paths.choose({ ...ON_HEADSET, inputId: PAGE_SPEAKER.id, outputId: PAGE_SPEAKER.id });
    expect(microphonesAsked({ ...desk, processes: [] })).toEqual([
      [PAGE_SPEAKER.id, PAGE_SPEAKER.id, 'any'],
    ]);
    desk.page.requests.length = 0;
    desk.paths.use('card');
    desk.processes.at(-1)?.report({
      kind: 'devices',
      hosts: ['ALSA'],
      inputs: [MICROPHONE, HEADSET_ON_CARD],
      outputs: [CARD_DEFAULT, CARD_SPEAKER],
    });
    expect(microphonesAsked(desk)).toEqual([[HEADSET_ON_CARD.id, CARD_SPEAKER.id, 'any']]);
    desk.paths.close();
  });

  it('keep the microphone closed that was unplugged, until somebody decides', () => {
    for (const decide of ['choose', 'retry', 'plug in'] as const) {
      const desk = callOnHeadset({ ...ON_HEADSET, inputId: null });
      desk.processes[0]?.report({
        kind: 'failed',
        side: 'input',
        turn: 1,
        fault: 'missing',
        detail: 'gone',
      });
      expect(desk.last().input).toMatchObject({ problem: { kind: 'sound-unplugged' } });
      desk.paths.use('window');
      pageHas(desk, [PAGE_MICROPHONE]);
      pageHas(desk, [PAGE_MICROPHONE], true);
      opens(desk.page, null, PAGE_SPEAKER);
      expect(desk.page.opening().microphone, decide).toBe('none');
      expect(desk.last().input).toMatchObject({ problem: { kind: 'sound-unplugged' } });
      if (decide === 'choose') desk.paths.choose({ ...ON_HEADSET, inputId: MICROPHONE.id });
      if (decide === 'retry') desk.paths.retry();
      if (decide === 'plug in') pageHas(desk, [PAGE_MICROPHONE, PAGE_SPEAKER]);
      expect(desk.page.opening()).toMatchObject(
        decide === 'plug in'
          ? { microphone: 'chosen', inputId: PAGE_SPEAKER.id }
          : { microphone: 'any' },
      );
      desk.paths.close();
    }
  });

  it('open only the microphone that was open when the sound process is given up', () => {
    const same = callOnHeadset({ ...ON_HEADSET, inputId: null });
    dies(same);
    pageHas(same, [PAGE_MICROPHONE, PAGE_SPEAKER]);
    expect(same.page.opening()).toMatchObject({
      microphone: 'chosen',
      inputId: PAGE_SPEAKER.id,
    });
    same.paths.close();

    const gone = callOnHeadset({ ...ON_HEADSET, inputId: null });
    dies(gone);
    pageHas(gone, [PAGE_MICROPHONE]);
    expect(gone.page.opening().microphone).toBe('none');
    gone.paths.close();
  });
});

describe('two ways of sound', () => {
  it('give up a sound process that dies a few seconds after each time it opened', () => {
    const desk = deskWith();
    desk.paths.want(true);
    for (let death = 0; death < 3; death += 1) {
      listCard(desk);
      opensOnCard(desk);
      for (let ms = 0; ms < 3000; ms += 100) {
        desk.clock.advance(100);
        desk.processes.at(-1)?.report({ kind: 'pong' });
      }
      desk.processes.at(-1)?.exit();
      desk.clock.advance(500);
    }
    expect(desk.problems).toMatchObject([{ kind: 'sound-unavailable' }]);
    desk.paths.close();
  });

  it('do not count ends of processes that only looked for devices, or of a way that was left', () => {
    const desk = deskWith();
    for (let i = 0; i < 5; i += 1) {
      desk.paths.use('window');
      desk.paths.use('card');
    }
    desk.paths.want(true);
    listCard(desk);
    opensOnCard(desk, MICROPHONE);
    const call = desk.processes.at(-1);
    // A call whose speaker does not open: devices are looked for beside it.
    call?.report({ kind: 'failed', side: 'output', turn: 1, fault: 'busy', detail: 'in use' });
    for (let look = 0; look < 5; look += 1) {
      desk.paths.devicesChanged();
      desk.clock.advance(200);
      expect(desk.processes.at(-1)).not.toBe(call);
      desk.processes.at(-1)?.exit();
      call?.report({ kind: 'pong' });
    }
    expect(desk.problems).toEqual([]);
    desk.paths.close();
  });

  it('begin with the sound card and leave the page alone', () => {
    const desk = deskWith();
    listCard(desk);
    expect(desk.last()).toMatchObject({ path: 'card', output: { status: 'ready' } });
    expect(desk.page.requests).toEqual([]);
    desk.paths.close();
    expect(desk.clock.timers()).toBe(0);
  });

  it('close one before the other opens, and back', () => {
    const desk = deskWith();
    desk.paths.choose(CHOICE);
    desk.paths.want(true);
    listCard(desk);
    desk.paths.use('window');
    expect(desk.processes[0]?.killed).toBe(true);
    listPage(desk, true);
    opens(desk.page, PAGE_MICROPHONE, PAGE_SPEAKER);
    expect(desk.last()).toMatchObject({ path: 'window', output: { status: 'open' } });
    desk.paths.use('card');
    expect(desk.page.requests.at(-1)).toEqual({ kind: 'close' });
    expect(desk.processes).toHaveLength(2);
    desk.page.says().onCaptured(SILENCE);
    expect(desk.captured()).toBe(0);
    desk.paths.close();
  });

  it('find the device that was chosen on the other way, under the id it was chosen by', () => {
    const desk = deskWith();
    desk.paths.choose(CHOICE);
    desk.paths.use('window');
    listPage(desk);
    expect(desk.last()).toMatchObject({
      outputs: [{ id: PAGE_DEFAULT.id }, { id: CARD_SPEAKER.id, name: 'Headset' }],
      output: { status: 'ready', device: { id: CARD_SPEAKER.id } },
    });
    desk.paths.want(true);
    expect(desk.page.opening().outputId).toBe(PAGE_SPEAKER.id);
    desk.paths.choose({ ...CHOICE, outputId: PAGE_DEFAULT.id });
    expect(desk.page.opening().outputId).toBe(PAGE_DEFAULT.id);
    desk.paths.use('card');
    listCard(desk);
    const opening = desk.processes.at(-1)?.requests.findLast(({ kind }) => kind === 'open');
    expect(opening).toMatchObject({ choice: { outputId: CARD_DEFAULT.id } });
    desk.paths.close();
  });

  it('give the window a turn when the sound process dies three times without opening anything', () => {
    const desk = deskWith();
    desk.paths.want(true);
    for (let death = 0; death < 3; death += 1) {
      listCard(desk);
      desk.processes.at(-1)?.exit();
      desk.clock.advance(1000);
    }
    expect(desk.problems).toMatchObject([{ kind: 'sound-unavailable' }]);
    listPage(desk);
    opens(desk.page, PAGE_MICROPHONE, PAGE_SPEAKER);
    expect(desk.last().path).toBe('window');
    // The settings are told again and again; only somebody who tries again changes it.
    desk.paths.use('card');
    expect(desk.last().path).toBe('window');
    desk.paths.retry();
    expect(desk.problems.at(-1)).toBeNull();
    listCard(desk);
    expect(desk.last().path).toBe('card');
    desk.paths.close();
  });

  it('do not give up a sound process that lives for a while, or when there is no window', () => {
    const desk = deskWith();
    desk.paths.want(true);
    for (let death = 0; death < 5; death += 1) {
      listCard(desk);
      opensOnCard(desk);
      for (let ms = 0; ms < 5100; ms += 100) {
        desk.clock.advance(100);
        desk.processes.at(-1)?.report({ kind: 'pong' });
      }
      desk.processes.at(-1)?.exit();
      desk.clock.advance(0);
    }
    expect(desk.problems).toEqual([]);
    desk.paths.close();

    const headless = deskWith({ hasWindow: false });
    headless.paths.want(true);
    for (let death = 0; death < 5; death += 1) {
      headless.processes.at(-1)?.exit();
      headless.clock.advance(5000);
    }
    headless.paths.use('window');
    listCard(headless);
    expect([headless.problems, headless.last().path]).toEqual([[], 'card']);
    headless.paths.close();
  });
});
