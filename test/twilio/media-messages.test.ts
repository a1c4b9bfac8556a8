import { describe, expect, it } from 'vitest';
import {
  clearMessage,
  markMessage,
  mediaMessage,
  parseMediaMessage,
  parseSound,
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

describe('sound as Twilio spells it', () => {
  const spelled = (timestamp: string, payload: string, track = 'inbound'): string =>
    `{"event":"media","sequenceNumber":"3","media":{"track":"${track}","chunk":"1",` +
    `"timestamp":"${timestamp}","payload":"${payload}"},"streamSid":"MZ0aF"}`;
  const sound = (text: string) => parseSound(Buffer.from(text));

  it('is understood without JSON', () => {
    const bytes = Buffer.from(Array.from({ length: 160 }, (_, i) => (i * 37) % 256));
    const parsed = sound(spelled('86399980', bytes.toString('base64')));
    expect(parsed).toEqual({ track: 'inbound', timestampMs: 86_399_980, payload: bytes });
    const heard = sound(spelled('20', '/w==', 'outbound'));
    expect(heard).toEqual({ track: 'outbound', timestampMs: 20, payload: Buffer.from([0xff]) });
    for (const payload of ['/w==', '//8=', '////']) {
      expect(sound(spelled('0', payload))?.payload).toEqual(Buffer.from(payload, 'base64'));
    }
  });

  it('is left to JSON when it is spelled otherwise, or is something else', () => {
    const others = [
      '{"event":"stop","stop":{}}',
      '{"event":"media","media":{"timestamp":"20","payload":"//8="}}',
      spelled('20', '//8=', 'inbound_track'),
      spelled('20', '//8=').replace(':', ': '),
      spelled('20', '//8=').replace('"20"', '20'),
      `${spelled('20', '//8=')} `,
      `${spelled('20', '//8=')}}`,
    ];
    for (const text of others) expect(sound(text), text).toBeNull();
  });

  it('is refused when it is broken', () => {
    const broken = [
      ...['', '=', '====', 'abc', 'rubbish!', '//8', '//8=//8=', '_-8=', '/ 8=', '/\\n8='].map(
        payload => spelled('20', payload),
      ),
      ...['', '-20', 'soon', '2.5', '1e3', '1234567890123456'].map(at => spelled(at, '//8=')),
    ];
    for (const text of broken) expect(sound(text), text).toBeNull();
  });

  it('is never taken for what JSON would not take it for, whatever byte is wrong or missing', () => {
    const wrongs = ['', '"', '\\', '{', '}', ':', '0', 'x', '=', '-', '\n', 'é', '\0'];
    for (const text of [spelled('20', '//8='), spelled('20', '//8=', 'outbound')]) {
      for (let at = 0; at < text.length; at += 1) {
        expect(sound(text.slice(0, at))).toBeNull();
        for (const wrong of wrongs) {
          const changed = text.slice(0, at) + wrong + text.slice(at + 1);
          const parsed = sound(changed);
          if (parsed === null) continue;
          const message = { event: 'media', ...parsed };
          expect(parseMediaMessage(changed)).toEqual({ ok: true, message });
        }
      }
    }
  });
});
