import { describe, expect, it } from 'vitest';
import { createOfflineTranscriber } from '../../electron/offline/offline-transcriber.ts';
import type {
  RecogniserReport,
  RecogniserRequest,
} from '../../electron/offline/recogniser-messages.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { listeningEar, packsWith } from './recogniser-rig.ts';

const PACK = { packId: 'en', libraryPath: '/l', modelPath: '/m', sampleRateHz: 8000 };
const log = { ...quietLog, warn: () => {} };
const FRAME = new Uint8Array(160);

/** A transcriber whose processes are the test's own hands. */
function rig(pack: typeof PACK | null = PACK) {
  const clock = fakeClock();
  const packs = packsWith(pack);
  const processes: {
    readonly report: (report: RecogniserReport) => void;
    readonly exit: () => void;
    readonly requests: RecogniserRequest[];
  }[] = [];
  const transcriber = createOfflineTranscriber({
    clock,
    log,
    packs,
    launch: ({ onReport, onExit }) => {
      const requests: RecogniserRequest[] = [];
      processes.push({ report: onReport, exit: onExit, requests });
      return { send: request => requests.push(request), kill: onExit };
    },
  });
  const open = (language = 'en-US') => {
    const ear = listeningEar();
    const request = { callId: 'call-1', speaker: 'them', language, hints: [] } as const;
    return { ...ear, session: transcriber.open(request, ear.listener) };
  };
  const last = () => {
    const process = processes.at(-1);
    if (process === undefined) throw new Error('no process was started');
    return process;
  };
  return { clock, packs, processes, transcriber, open, last };
}

const heard = (text: string | null, isFinal: boolean, throughMs = 0): RecogniserReport => ({
  kind: 'heard',
  side: 1,
  words: text === null ? null : { text, confidence: null, atMs: 0, lengthMs: 100, wordsAtMs: null },
  isFinal,
  throughMs,
});

/** The places of all sound a process was sent. */
const placesIn = (requests: readonly RecogniserRequest[]): number[] =>
  requests.flatMap(one => (one.kind === 'sound' ? one.rows.map(({ atMs }) => atMs) : []));

describe('the offline transcriber', () => {
  it('says that a pack is missing, and what to do', () => {
    const { transcriber, open, clock, processes } = rig(null);
    expect(transcriber.obstacle('en-US')).toMatchObject({
      kind: 'transcriber-unready',
      remedy: 'Fetch it in Settings > Transcripts.',
    });
    const { told } = open();
    clock.advance(0);
    expect(told).toEqual(['fault transcriber-unready']);
    expect(processes).toHaveLength(0);
  });

  it('sends the sound of all who talk in one message each 100 ms', () => {
    const { open, clock, last } = rig();
    const one = open();
    const other = open();
    one.session.talking(true, 0);
    other.session.talking(true, 0);
    for (let atMs = 0; atMs < 100; atMs += 20) {
      one.session.feed(atMs, FRAME);
      other.session.feed(atMs, FRAME);
    }
    clock.advance(100);
    const sounds = last().requests.filter(({ kind }) => kind === 'sound');
    expect(sounds).toHaveLength(1);
    expect(placesIn(sounds)).toEqual([0, 20, 40, 60, 80, 0, 20, 40, 60, 80]);
    clock.advance(1000);
    expect(last().requests.filter(({ kind }) => kind === 'sound')).toHaveLength(1);
  });

  it('gives a piece one name until it is final, and the next another', () => {
    const { open, last } = rig();
    const { pieces } = open();
    for (const report of [heard('good', false), heard('good day', true), heard('bye', true)]) {
      last().report(report);
    }
    expect(pieces.map(({ id, text }) => `${id} ${text}`)).toEqual([
      '1 good',
      '1 good day',
      '2 bye',
    ]);
  });

  it('takes back words that were none in the end, and is silent about silence', () => {
    const { open, last } = rig();
    const { pieces } = open();
    last().report(heard(null, true));
    expect(pieces).toEqual([]);
    last().report(heard('hm', false));
    last().report(heard(null, true));
    expect(pieces.at(-1)).toMatchObject({ id: '1', text: '', isFinal: true, place: null });
  });

  it('starts another process when one dies, and says again what was not final', () => {
    const { open, clock, processes, last } = rig();
    const { session, told } = open();
    session.talking(true, 0);
    for (let atMs = 0; atMs < 400; atMs += 20) session.feed(atMs, FRAME);
    clock.advance(100);
    last().report(heard('good', true, 200));
    last().exit();
    session.feed(400, FRAME);
    clock.advance(250);
    expect(processes).toHaveLength(2);
    expect(last().requests[0]).toMatchObject({ kind: 'open', side: 1, modelPath: '/m' });
    expect(placesIn(last().requests)).toEqual([
      200, 220, 240, 260, 280, 300, 320, 340, 360, 380, 400,
    ]);
    expect(last().requests[1]).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ again: true })]),
    });
    last().report({ kind: 'ready', side: 1 });
    expect(told).toEqual(['heard 1', 'fault transcript-failed, again', 'ready']);
  });

  it('starts no more than three others in a minute, each after a longer pause', () => {
    const { open, clock, processes, last } = rig();
    open();
    const pauses: number[] = [];
    for (let crash = 0; crash < 4; crash += 1) {
      last().exit();
      const before = processes.length;
      let pause = 0;
      while (processes.length === before) {
        clock.advance(250);
        pause += 250;
      }
      pauses.push(pause);
    }
    expect(pauses.slice(0, 3)).toEqual([250, 2000, 8000]);
    expect(pauses.reduce((sum, pause) => sum + pause)).toBeGreaterThanOrEqual(60_000);
  });

  it('gives up a model that ends two processes before any sound went through it', () => {
    const { open, clock, last, packs } = rig();
    const { told } = open();
    last().report({ kind: 'loading', modelPath: '/m' });
    last().exit();
    clock.advance(250);
    last().report({ kind: 'loading', modelPath: '/m' });
    last().exit();
    expect(told).toEqual(['fault transcript-failed, again', 'fault pack-failed']);
    expect(packs.condemned).toEqual(['en']);
  });

  it('does not blame a model that has worked', () => {
    const { open, clock, last, packs } = rig();
    open();
    for (let crash = 0; crash < 3; crash += 1) {
      last().report({ kind: 'loading', modelPath: '/m' });
      last().report({ kind: 'proved', modelPath: '/m' });
      last().exit();
      clock.advance(10_000);
    }
    expect(packs.condemned).toEqual([]);
  });

  it('tells of words left out, until it kept up for 10 s', () => {
    const { open, clock, last } = rig();
    const { told } = open();
    last().report({ kind: 'skipped', side: 1, atMs: 0, lengthMs: 6000 });
    clock.advance(5000);
    last().report({ kind: 'taken', waitingMs: 2500 });
    clock.advance(9000);
    expect(told).toEqual(['behind']);
    clock.advance(1000);
    expect(told).toEqual(['behind', 'caught up']);
  });

  it('starts another process when one does not answer for 15 s', () => {
    const { open, clock, processes } = rig();
    const { session } = open();
    session.talking(true, 0);
    for (let batch = 0; batch < 150; batch += 1) {
      session.feed(batch * 100, FRAME);
      clock.advance(100);
    }
    clock.advance(1000);
    expect(processes).toHaveLength(2);
  });

  it('waits for the last words when a side is closed, but not for long', async () => {
    const { open, clock, last } = rig();
    const one = open();
    const closed = one.session.close();
    expect(last().requests.at(-1)).toEqual({ kind: 'close', side: 1 });
    last().report(heard('bye', true));
    last().report({ kind: 'closed', side: 1 });
    await closed;
    expect(one.told).toEqual(['heard 1']);
    const other = open();
    const late = other.session.close();
    clock.advance(2000);
    await late;
  });

  it('ends its process a minute after the last side, and at once for a pack that is to go', async () => {
    const { open, clock, processes, packs, last } = rig();
    const { session } = open();
    expect(packs.user()?.isUsing('en')).toBe(true);
    const closed = session.close();
    last().report({ kind: 'closed', side: 1 });
    await closed;
    expect(packs.user()?.isUsing('en')).toBe(false);
    await packs.user()?.letGo();
    open();
    expect(processes).toHaveLength(2);
    clock.advance(1);
  });
});
