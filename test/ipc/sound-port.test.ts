import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FrameNeed, PageReport, SoundPage } from '../../electron/core/page-sound.ts';
import { type PagePort, soundPageAt } from '../../electron/ipc/sound-port.ts';
import { recordingLog } from '../support/recording-log.ts';
import { until } from '../support/until.ts';

/** A port of Node's as Electron's main process has them: what is said and what is given away come apart. */
function asPagePort(port: MessagePort): PagePort {
  type Told = { readonly data: unknown; readonly ports?: readonly MessagePort[] };
  const on = (event: 'message' | 'close', listener: (message: never) => void): unknown => {
    if (event === 'close') return port.on('close', listener as () => void);
    const told = listener as (message: { data: unknown; ports: readonly PagePort[] }) => void;
    return port.on('message', ({ data, ports = [] }: Told) =>
      told({ data, ports: ports.map(asPagePort) }),
    );
  };
  return {
    on,
    postMessage: message => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  };
}

let control: MessagePort;
let frames: MessagePort;
let page: SoundPage;
let log: ReturnType<typeof recordingLog>;
const reports: PageReport[] = [];
const needs: FrameNeed[] = [];
const captured: Int16Array[] = [];
let gone = false;

/** Says something as the page. */
const say = (data: unknown, ports: readonly MessagePort[] = []): void =>
  control.postMessage({ data, ports }, [...ports]);

beforeEach(() => {
  const channel = new MessageChannel();
  const ofFrames = new MessageChannel();
  log = recordingLog();
  page = soundPageAt(asPagePort(channel.port1), log.log);
  page.listen({
    onReport: report => reports.push(report),
    onNeed: need => needs.push(need),
    onCaptured: frame => captured.push(frame),
    onGone: () => {
      gone = true;
    },
  });
  control = channel.port2;
  frames = ofFrames.port1;
  say({ kind: 'frames' }, [ofFrames.port2]);
});

afterEach(() => {
  page.close();
  control.close();
  frames.close();
  for (const list of [reports, needs, captured]) list.length = 0;
  gone = false;
});

test('frames go both ways past what is said', async () => {
  await until(() => reports.length === 1);
  const played: Int16Array[] = [];
  frames.on('message', ({ length }: Int16Array) => played.push(new Int16Array(length)));
  const frame = new Int16Array(320);
  page.play(frame);
  frames.postMessage({ data: new Int16Array(160).fill(7) });
  frames.postMessage({ data: { need: 2, starved: 1 } });
  await until(() => played.length === 1 && captured.length === 1 && needs.length === 1);
  expect(played[0]).toHaveLength(320);
  expect(captured[0]?.[0]).toBe(7);
  expect(needs).toEqual([{ need: 2, starved: 1 }]);
});

test('only what is understood is taken', async () => {
  say({ kind: 'devices', inputs: [{ id: 7 }], outputs: [], opening: true });
  say({ kind: 'closed' });
  await until(() => reports.length === 2);
  expect(reports).toEqual([{ kind: 'frames' }, { kind: 'closed' }]);
  expect(log.messages).toHaveLength(1);
  frames.postMessage({ data: new Int16Array(80) });
  frames.postMessage({ data: { need: 1_000_000, starved: 0 } });
  frames.postMessage({ data: { need: 1, starved: 0 } });
  await until(() => needs.length === 1);
  expect([needs, captured]).toEqual([[{ need: 1, starved: 0 }], []]);
});

test('frames of a speaker that was opened anew take the place of the old ones', async () => {
  const fresh = new MessageChannel();
  say({ kind: 'frames' }, [fresh.port2]);
  await until(() => reports.length === 2);
  fresh.port1.postMessage({ data: { need: 3, starved: 0 } });
  await until(() => needs.length === 1);
  expect(needs).toEqual([{ need: 3, starved: 0 }]);
  fresh.port1.close();
});

test('the app hears when the page is gone', async () => {
  control.close();
  await until(() => gone);
  page.play(new Int16Array(320));
});
