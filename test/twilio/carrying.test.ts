import { describe, expect, it } from 'vitest';
import type { MediaStream } from '../../electron/twilio/media-stream.ts';
import { DANA, failure, OURS, openScriptedLine, outbound } from './scripted-line.ts';

/** A stream of a call, of which nothing is heard. */
function streamOf(callId: string, streamSid = 'MZ1', close = (): void => {}): MediaStream {
  const nothing = (): void => {};
  const silent = { send: () => true, ready: () => true, mark: nothing, clear: nothing };
  return { streamSid, callSid: 'CA1', callId, purpose: 'talk', ...silent, close };
}

const plain = { detectMachine: false };

/** What a document does, verb by verb. */
function verbsOf(twiml: string | null): string[] {
  return [...(twiml ?? '').matchAll(/<(Connect|Redirect|Pause length="\d+")/g)].map(
    ([, verb]) => verb ?? '',
  );
}

function tokenOf(twiml: string | null): string {
  return /name="token" value="([^"]+)"/.exec(twiml ?? '')?.[1] ?? '';
}

describe('a call whose stream is lost or does not start', () => {
  it('is sent to others after growing pauses before anything here is asked again', async () => {
    const { line, ask } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    const document = await ask('voice', outbound('CA1'), { callId });
    expect(verbsOf(document)).toEqual([
      ...['Connect', 'Connect'],
      ...['Pause length="1"', 'Connect', 'Pause length="2"', 'Connect'],
      ...['Pause length="4"', 'Connect', 'Pause length="4"', 'Connect'],
      ...['Pause length="4"', 'Connect', 'Connect'],
      ...['Pause length="1"', 'Connect', 'Pause length="2"', 'Connect'],
      ...['Pause length="4"', 'Connect', 'Pause length="4"', 'Connect'],
      ...['Pause length="4"', 'Connect', 'Redirect'],
    ]);
    const tokens = document?.match(/name="token" value="[^"]+"/g) ?? [];
    expect(new Set(tokens).size).toBe(1);
  });

  it('lets every one of them in while the call goes on', async () => {
    const { line, ask, told } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    const token = tokenOf(await ask('voice', outbound('CA1'), { callId }));
    for (const streamSid of ['MZ1', 'MZ2']) {
      expect(line.callOf(token, 'CA1')).toBe(callId);
      line.streamStarted(streamOf(callId, streamSid));
      line.streamEnded(streamOf(callId, streamSid));
    }
    expect(told().slice(-4)).toEqual([
      'stream-started',
      'stream-stopped',
      'stream-started',
      'stream-stopped',
    ]);
  });

  it('gets a new document once this one may not last for another loss', async () => {
    const { line, ask, requestsOf } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    await ask('voice', outbound('CA1'), { callId });
    for (const streamSid of ['MZ1', 'MZ2']) {
      line.streamStarted(streamOf(callId, streamSid));
      line.streamEnded(streamOf(callId, streamSid));
    }
    expect(requestsOf('redirect')).toEqual([]);
    line.streamStarted(streamOf(callId, 'MZ3'));
    const [[, { url }]] = requestsOf('redirect') as [[string, { url: string }]];
    const say = new URL(url).searchParams.get('say') ?? '';
    expect(verbsOf(await ask('voice', outbound('CA1'), { callId, say }))).toHaveLength(24);
    line.streamStarted(streamOf(callId, 'MZ4'));
    expect(requestsOf('redirect')).toHaveLength(1);
  });

  it('has one stream although the end of the other got lost on the way', async () => {
    const { line, ask, facts } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    await ask('voice', outbound('CA1'), { callId });
    let closed = false;
    line.streamStarted(streamOf(callId, 'MZ1', () => (closed = true)));
    line.streamStarted(streamOf(callId, 'MZ2'));
    line.streamEnded(streamOf(callId, 'MZ1'));
    expect(closed).toBe(true);
    expect(facts.slice(-3)).toEqual([
      { event: 'stream-started', callId, streamSid: 'MZ1' },
      { event: 'stream-stopped', callId, streamSid: 'MZ1' },
      { event: 'stream-started', callId, streamSid: 'MZ2' },
    ]);
  });

  it('gets no other once it is to be ended', async () => {
    const { line, ask, twilio } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, plain);
    const token = tokenOf(await ask('voice', outbound('CA1'), { callId }));
    twilio.failing.set('end', failure('twilio-unreachable'));
    await expect(line.hangUp(callId)).rejects.toThrow();
    expect(line.callOf(token, 'CA1')).toBeNull();
  });
});
