import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { framesOf, SILENCE } from '../../electron/core/audio/frame.ts';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { startAgentProgram } from '../../electron/practice/agent-program.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { sine } from '../support/tones.ts';
import { until } from '../support/until.ts';

type Sent = {
  readonly event: string;
  readonly streamSid?: string;
  readonly media?: { readonly payload: string };
  readonly mark?: { readonly name: string };
  readonly accepts?: readonly string[];
};

/** Booker, and a line that streams a call to him. He speaks three seconds for every text. */
async function callBooker(speaks: (text: string) => Promise<Int16Array> = async () => SPEECH) {
  const clock = fakeClock();
  const texts: string[] = [];
  const program = await startAgentProgram({
    clock,
    log: { ...quietLog, warn: () => {} } as typeof quietLog,
    speak: text => {
      texts.push(text);
      return speaks(text);
    },
  });
  onTestFinished(() => program.close());
  const socket = new WebSocket(program.url);
  onTestFinished(() => socket.terminate());
  const sent: Sent[] = [];
  socket.on('message', data => sent.push(JSON.parse(String(data))));
  await once(socket, 'open');
  const tell = (message: unknown): void => socket.send(JSON.stringify(message));
  const begin = (): void => {
    tell({ event: 'connected', protocol: 'Call', version: '1.0.0' });
    tell({
      event: 'start',
      streamSid: 'MZ1',
      start: { streamSid: 'MZ1', customParameters: { offers: 'instruction whisper' } },
    });
  };
  const ofEvent = (event: string): Sent[] => sent.filter(message => message.event === event);
  const marks = (): string[] => ofEvent('mark').map(({ mark }) => mark?.name ?? '');
  /** Returns a mark, as the line does when it was reached. */
  const reach = (name: string | undefined): void =>
    tell({ event: 'mark', streamSid: 'MZ1', mark: { name } });
  const say = (frames: readonly Int16Array[], track = 'inbound'): void => {
    for (const frame of frames) {
      const payload = Buffer.from(encodeMulaw(frame)).toString('base64');
      tell({ event: 'media', streamSid: 'MZ1', media: { track, payload } });
    }
  };
  const speak = (ms: number): void => say(framesOf(sine(400, ms)));
  const quiet = (ms: number): void => say(Array.from({ length: ms / 20 }, () => SILENCE));
  /** Waits until he has read everything so far. */
  const read = async (): Promise<void> => {
    const answered = once(socket, 'pong');
    socket.ping();
    await answered;
  };
  return {
    clock,
    program,
    socket,
    sent,
    texts,
    tell,
    begin,
    ofEvent,
    marks,
    reach,
    speak,
    quiet,
    say,
    read,
  };
}

const SPEECH = sine(600, 3000);

/** The same, once he has greeted and listens. */
async function greeted() {
  const call = await callBooker();
  call.begin();
  await until(() => call.marks().length === 1);
  call.reach(call.marks()[0]);
  await call.read();
  return call;
}

describe('Booker', () => {
  it('says what he takes, and greets in pieces of a second with a mark behind them', async () => {
    const { begin, sent, marks } = await callBooker();
    begin();
    await until(() => marks().length === 1);
    expect(sent.map(({ event }) => event)).toEqual(['accepts', 'media', 'media', 'media', 'mark']);
    expect(sent[0]?.accepts).toEqual(['instruction', 'whisper']);
    expect(sent.every(({ streamSid }) => streamSid === 'MZ1')).toBe(true);
    const lengths = sent.map(({ media }) => Buffer.from(media?.payload ?? '', 'base64').length);
    expect(lengths).toEqual([0, 8000, 8000, 8000, 0]);
  });

  it('answers in turn once the caller has spoken and is quiet, and begins again', async () => {
    const { speak, quiet, read, texts, marks, reach } = await greeted();
    for (let turn = 1; turn <= 5; turn += 1) {
      speak(400);
      quiet(880);
      await read();
      expect(texts).toHaveLength(turn);
      quiet(40);
      await until(() => marks().length === turn + 1);
      reach(marks().at(-1));
      await read();
    }
    expect(new Set(texts).size).toBe(5);
    expect(texts[5]).toBe(texts[1]);
  });

  it('stops 60 ms after the caller interrupts, not for a click, and answers afterwards', async () => {
    const { begin, marks, ofEvent, quiet, speak, read, reach, texts } = await callBooker();
    begin();
    await until(() => marks().length === 1);
    quiet(100);
    speak(40);
    quiet(100);
    await read();
    expect(ofEvent('clear')).toEqual([]);
    speak(60);
    await read();
    expect(ofEvent('clear')).toHaveLength(1);
    reach(marks()[0]);
    speak(300);
    quiet(920);
    await until(() => texts.length === 2);
    expect(ofEvent('clear')).toHaveLength(1);
  });

  it('speaks again to whoever says nothing', async () => {
    const { clock, texts } = await greeted();
    clock.advance(8999);
    expect(texts).toHaveLength(1);
    clock.advance(1);
    expect(texts).toHaveLength(2);
  });

  it('says what he is told at once, or behind what he says now', async () => {
    const { tell, texts, marks, reach } = await greeted();
    const instruct = (text: string): void => tell({ event: 'instruction', instruction: { text } });
    instruct('The window table is free.');
    await until(() => marks().length === 2);
    instruct('Until ten.');
    instruct('Thank her.');
    reach(marks()[1]);
    await until(() => marks().length === 3);
    reach(marks()[2]);
    await until(() => marks().length === 4);
    expect(texts.slice(1)).toEqual(['The window table is free.', 'Until ten.', 'Thank her.']);
  });

  it('keeps what is whispered to himself', async () => {
    const { say, quiet, read, texts, ofEvent } = await greeted();
    say(framesOf(sine(400, 1000)), 'whisper');
    quiet(1000);
    await read();
    expect([texts.length, ofEvent('clear').length]).toEqual([1, 0]);
  });

  it('goes on after what he does not understand, and when he has no voice', async () => {
    let tries = 0;
    const { socket, begin, tell, texts, marks } = await callBooker(async () => {
      tries += 1;
      if (tries === 1) throw new Error('no voice');
      return SPEECH;
    });
    socket.send('garbage');
    tell({ event: 'unheard-of' });
    begin();
    await until(() => texts.length === 1);
    tell({ event: 'dtmf', dtmf: { track: 'inbound_track', digit: '1' } });
    tell({ event: 'instruction', instruction: { text: 'Hello.' } });
    await until(() => marks().length === 1);
    expect(texts[1]).toBe('Hello.');
  });

  it('leaves when the call is over, and serves several at once until he is closed', async () => {
    const { program, socket, tell, begin, clock } = await callBooker();
    begin();
    const other = new WebSocket(program.url);
    await once(other, 'open');
    const left = once(socket, 'close');
    tell({ event: 'stop', streamSid: 'MZ1' });
    expect((await left)[0]).toBe(1000);
    await until(() => clock.timers() === 0);
    const cut = once(other, 'close');
    await program.close();
    await cut;
  });

  it('is no web page', async () => {
    const { program } = await callBooker();
    const response = await fetch(program.url.replace('ws:', 'http:'));
    expect(response.status).toBe(426);
  });
});
