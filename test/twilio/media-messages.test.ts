import { describe, expect, it } from 'vitest';
import {
  clearMessage,
  markMessage,
  mediaMessage,
  parseMediaMessage,
} from '../../electron/twilio/media-messages.ts';

const parse = (message: unknown) => parseMediaMessage(JSON.stringify(message));

describe('a message of a Media Stream', () => {
  it('is understood as Twilio documents it', () => {
    expect(parse({ event: 'connected', protocol: 'Call', version: '1.0.0' })).toEqual({
      ok: true,
      message: { event: 'connected' },
    });
    expect(
      parse({
        event: 'start',
        sequenceNumber: '1',
        start: {
          accountSid: 'AC1',
          streamSid: 'MZ1',
          callSid: 'CA1',
          tracks: ['inbound'],
          mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
          customParameters: { token: 'secret' },
        },
        streamSid: 'MZ1',
      }),
    ).toEqual({
      ok: true,
      message: { event: 'start', streamSid: 'MZ1', callSid: 'CA1', token: 'secret' },
    });
    expect(
      parse({
        event: 'media',
        sequenceNumber: '3',
        media: { track: 'inbound', chunk: '1', timestamp: '20', payload: '//8=' },
        streamSid: 'MZ1',
      }),
    ).toEqual({
      ok: true,
      message: {
        event: 'media',
        track: 'inbound',
        timestampMs: 20,
        payload: Buffer.from([0xff, 0xff]),
      },
    });
    expect(parse({ event: 'mark', mark: { name: 'm1' } })).toMatchObject({
      message: { event: 'mark', name: 'm1' },
    });
    expect(parse({ event: 'dtmf', dtmf: { track: 'inbound_track', digit: '5' } })).toMatchObject({
      message: { event: 'dtmf', digit: '5' },
    });
    expect(parse({ event: 'stop', stop: {} })).toMatchObject({ message: { event: 'stop' } });
  });

  it('that is broken is told apart by its fault', () => {
    const media = (media: unknown) => parse({ event: 'media', media });
    const faults = [
      [parseMediaMessage('{'), 'not-json'],
      [parseMediaMessage('null'), 'not-json'],
      [parseMediaMessage('"start"'), 'not-json'],
      [parse({ event: 'explode' }), 'unknown-event'],
      [parse({}), 'unknown-event'],
      [parse({ event: 'start' }), 'missing-field'],
      [parse({ event: 'start', start: { callSid: 'CA1' } }), 'missing-field'],
      [parse({ event: 'start', start: { callSid: 'CA1', streamSid: '"}' } }), 'missing-field'],
      [media(null), 'missing-field'],
      [media({ timestamp: '20' }), 'missing-field'],
      [media({ timestamp: 'soon', payload: '//8=' }), 'missing-field'],
      [media({ timestamp: '-20', payload: '//8=' }), 'missing-field'],
      [media({ timestamp: '20', payload: 'rubbish!' }), 'bad-base64'],
      [media({ timestamp: '20', payload: 'abc' }), 'bad-base64'],
      [media({ timestamp: '20', payload: '' }), 'bad-base64'],
      [parse({ event: 'mark', mark: { name: '' } }), 'missing-field'],
      [parse({ event: 'dtmf' }), 'missing-field'],
    ] as const;
    for (const [parsed, fault] of faults) expect(parsed).toEqual({ ok: false, fault });
  });

  it('goes out as Twilio documents it', () => {
    expect(JSON.parse(mediaMessage('MZ1', Uint8Array.of(0xff, 0x00)))).toEqual({
      event: 'media',
      streamSid: 'MZ1',
      media: { payload: '/wA=' },
    });
    expect(JSON.parse(markMessage('MZ1', 'm'))).toEqual({
      event: 'mark',
      streamSid: 'MZ1',
      mark: { name: 'm' },
    });
    expect(JSON.parse(clearMessage('MZ1'))).toEqual({ event: 'clear', streamSid: 'MZ1' });
  });
});
