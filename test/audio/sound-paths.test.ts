import { describe, expect, it } from 'vitest';
import type { DeviceReport, DeviceRequest } from '../../electron/audio/device-messages.ts';
import { createSoundCard } from '../../electron/audio/sound-card.ts';
import { createSoundPages } from '../../electron/audio/sound-pages.ts';
import { createSoundPaths } from '../../electron/audio/sound-paths.ts';
import { createWindowSound } from '../../electron/audio/window-sound.ts';
import { SILENCE } from '../../electron/core/audio/frame.ts';
import type { Problem } from '../../electron/core/problem.ts';
import type { SoundChoice, SoundState } from '../../electron/core/sound.ts';
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

describe('two ways of sound', () => {
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
    expect(desk.page.opening().kind).toBe('open');
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

  it('do not give up a sound process that opened in between, or when there is no window', () => {
    const desk = deskWith();
    desk.paths.want(true);
    for (let death = 0; death < 5; death += 1) {
      listCard(desk);
      desk.processes.at(-1)?.report({ kind: 'opened', side: 'output', device: OPEN_SPEAKER });
      desk.processes.at(-1)?.exit();
      desk.clock.advance(5000);
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
