import { describe, expect, it } from 'vitest';
import { AgentMessages, parseProgramMessage } from '../../electron/agent/agent-messages.ts';

const CALL = {
  accountSid: 'AC1',
  callSid: 'CA1',
  streamSid: 'MZ1',
  parameters: { from: '+14155550111' },
};

/** What was written, read again. */
const read = (message: string): unknown => JSON.parse(message);

describe('what a program is sent', () => {
  it('begins as Twilio begins, with connected and start', () => {
    expect(new AgentMessages(CALL).opening().map(read)).toEqual([
      { event: 'connected', protocol: 'Call', version: '1.0.0' },
      {
        event: 'start',
        sequenceNumber: '1',
        streamSid: 'MZ1',
        start: {
          accountSid: 'AC1',
          streamSid: 'MZ1',
          callSid: 'CA1',
          tracks: ['inbound'],
          mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
          customParameters: { from: '+14155550111' },
        },
      },
    ]);
  });

  it('leaves out an account that is not known', () => {
    const messages = new AgentMessages({ ...CALL, accountSid: null });
    expect(messages.opening().join()).not.toContain('accountSid');
    expect(read(messages.stop())).toMatchObject({ stop: { callSid: 'CA1' } });
  });

  it('counts all messages in one row, and sound by its track, in words of digits', () => {
    const messages = new AgentMessages(CALL);
    messages.opening();
    const sound = Uint8Array.of(1, 2, 3).subarray(1);
    expect(read(messages.media('inbound', 19.6, sound))).toEqual({
      event: 'media',
      sequenceNumber: '2',
      streamSid: 'MZ1',
      media: { track: 'inbound', chunk: '1', timestamp: '20', payload: 'AgM=' },
    });
    expect(read(messages.media('whisper', 20, sound))).toMatchObject({ media: { chunk: '1' } });
    expect(read(messages.media('inbound', 40, sound))).toMatchObject({
      sequenceNumber: '4',
      media: { chunk: '2' },
    });
    expect(read(messages.dtmf('#'))).toEqual({
      event: 'dtmf',
      sequenceNumber: '5',
      streamSid: 'MZ1',
      dtmf: { track: 'inbound_track', digit: '#' },
    });
    expect(read(messages.mark('a'))).toMatchObject({ sequenceNumber: '6', mark: { name: 'a' } });
    expect(read(messages.instruction('Be brief.'))).toEqual({
      event: 'instruction',
      sequenceNumber: '7',
      streamSid: 'MZ1',
      instruction: { text: 'Be brief.' },
    });
    expect(read(messages.stop())).toMatchObject({
      event: 'stop',
      sequenceNumber: '8',
      stop: { accountSid: 'AC1', callSid: 'CA1' },
    });
  });
});

describe('what a program sends', () => {
  it('is read, whatever else stands in it', () => {
    const media = { event: 'media', streamSid: 'MZ1', media: { payload: 'AgM=', track: 'x' } };
    expect(parseProgramMessage(JSON.stringify(media))).toEqual({
      event: 'media',
      mulaw: Buffer.from([2, 3]),
    });
    expect(parseProgramMessage('{"event":"mark","mark":{"name":"a"}}')).toEqual({
      event: 'mark',
      name: 'a',
    });
    expect(parseProgramMessage('{"event":"clear"}')).toEqual({ event: 'clear' });
  });

  it('may accept more than is known here', () => {
    const accepts = { event: 'accepts', accepts: ['video', 'whisper', 'instruction'] };
    expect(parseProgramMessage(JSON.stringify(accepts))).toEqual({
      event: 'accepts',
      accepts: ['instruction', 'whisper'],
    });
  });

  it.each([
    'no JSON',
    'null',
    '[]',
    '{}',
    '{"event":"start"}',
    '{"event":"media"}',
    '{"event":"media","media":{"payload":""}}',
    '{"event":"media","media":{"payload":"no base64!"}}',
    '{"event":"media","media":{"payload":7}}',
    '{"event":"mark","mark":{"name":""}}',
    '{"event":"mark"}',
    '{"event":"accepts","accepts":"whisper"}',
  ])('is nothing when it is %s', text => {
    expect(parseProgramMessage(text)).toBeNull();
  });
});
