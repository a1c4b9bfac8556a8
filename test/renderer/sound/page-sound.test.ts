import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PageReport, PageRequest, PageSide } from '../../../electron/core/page-sound.ts';
import { createPageSound } from '../../../renderer/sound/page-sound.ts';

/** The browser's devices, of which a test decides what they do. */
function browser() {
  const tracks: { stopped: boolean }[] = [];
  const joined = new Set<unknown>();
  const does = {
    refusesSpeaker: false,
    /** Steps that never settle. */
    hangs: new Set<'microphone' | 'speaker' | 'closing'>(),
  };
  const never = new Promise<never>(() => {});
  const listed = [
    { deviceId: 'm', groupId: 'm', kind: 'audioinput', label: 'Microphone' },
    { deviceId: 's', groupId: 's', kind: 'audiooutput', label: 'Speaker' },
    { deviceId: 'h', groupId: 'h', kind: 'audiooutput', label: 'Headset' },
  ];
  const stream = () => {
    const track = {
      stopped: false,
      onended: null,
      stop: () => {
        track.stopped = true;
      },
    };
    tracks.push(track);
    return { getTracks: () => [track] };
  };
  vi.stubGlobal('navigator', {
    mediaDevices: {
      enumerateDevices: async () => listed,
      getUserMedia: () => (does.hangs.has('microphone') ? never : Promise.resolve(stream())),
    },
  });
  vi.stubGlobal(
    'AudioContext',
    class {
      readonly audioWorklet = { addModule: async () => {} };
      readonly baseLatency = 0.01;
      readonly destination = {};
      readonly own = new Set<unknown>();
      async setSinkId(sink: unknown): Promise<void> {
        if (typeof sink !== 'string') return;
        if (does.refusesSpeaker) throw new DOMException('no', 'AbortError');
        if (does.hangs.has('speaker')) await never;
      }
      async resume(): Promise<void> {}
      createMediaStreamSource(source: unknown) {
        return {
          connect: () => {
            this.own.add(source);
            joined.add(source);
          },
          disconnect: () => joined.delete(source),
        };
      }
      async close(): Promise<void> {
        for (const source of this.own) joined.delete(source);
        if (does.hangs.has('closing')) await never;
      }
    },
  );
  vi.stubGlobal(
    'AudioWorkletNode',
    class {
      readonly port = { postMessage: () => {} };
      connect(): void {}
    },
  );
  return { tracks, joined, does };
}

function page() {
  const told: PageReport[] = [];
  const sound = createPageSound(report => told.push(report));
  const open = (turn: number, sides: readonly PageSide[], outputId: string | null = null): void =>
    sound.ask({
      kind: 'open',
      sides,
      turn,
      inputId: null,
      outputId,
      microphone: 'any',
      latency: 'balanced',
      suppressNoise: false,
    } satisfies PageRequest);
  const faults = (turn: number) =>
    told.flatMap(each =>
      each.kind === 'failed' && each.turn === turn ? [[each.side, each.fault]] : [],
    );
  return { sound, told, open, faults };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(100);

test('a microphone is heard on when the speaker does not open again', async () => {
  const { tracks, joined, does } = browser();
  const { open, faults } = page();
  open(1, ['output', 'input']);
  await settle();
  expect([tracks.length, joined.size]).toEqual([1, 1]);
  does.refusesSpeaker = true;
  open(2, ['output'], 'Window: Headset');
  await settle();
  expect(faults(2)).toEqual([['output', 'busy']]);
  expect([tracks[0]?.stopped, joined.size]).toEqual([false, 1]);
});

test('a speaker that never opens is given up, and the microphone opens', async () => {
  const { tracks, joined, does } = browser();
  const { told, open, faults } = page();
  does.hangs.add('speaker');
  open(1, ['output', 'input'], 'Window: Headset');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(faults(1)).toEqual([['output', 'hung']]);
  expect(told).toContainEqual(expect.objectContaining({ kind: 'opened', side: 'input', turn: 1 }));
  expect([tracks.length, joined.size]).toEqual([1, 1]);
});

test('a microphone that never opens is given up, and what is asked next is done', async () => {
  const { does } = browser();
  const { told, open, faults } = page();
  does.hangs.add('microphone');
  open(1, ['input']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(faults(1)).toEqual([['input', 'hung']]);
  does.hangs.clear();
  open(2, ['input']);
  await settle();
  expect(told).toContainEqual(expect.objectContaining({ kind: 'opened', side: 'input', turn: 2 }));
});

test('closing stops the microphone at once, whatever else is under way', async () => {
  const { tracks, does } = browser();
  const { sound, told, open } = page();
  open(1, ['output', 'input']);
  await settle();
  does.hangs.add('closing').add('speaker');
  open(2, ['output'], 'Window: Headset');
  await settle();
  sound.ask({ kind: 'close' });
  expect(tracks[0]?.stopped).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.at(-1)).toEqual({ kind: 'closed' });
});

test('what was asked for before closing opens no microphone after it', async () => {
  const { tracks } = browser();
  const { sound, told, open } = page();
  open(1, ['output', 'input']);
  sound.ask({ kind: 'close' });
  await settle();
  expect(tracks.filter(({ stopped }) => !stopped)).toEqual([]);
  expect(told.at(-1)).toEqual({ kind: 'closed' });
});
