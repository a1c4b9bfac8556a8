import { describe, expect, it } from 'vitest';
import { VOICES } from '../../electron/core/settings.ts';
import {
  ask,
  connectStream,
  holdInQueue,
  listenOn,
  nothing,
  rejectCall,
  speak,
  speakMessage,
  transcribed,
} from '../../electron/twilio/twiml.ts';

/** The document without its head. */
const inside = (twiml: string): string => /<Response>(.*)<\/Response>$/s.exec(twiml)?.[1] ?? '';

describe('the documents', () => {
  it('connect a stream for as long as it can be connected, then ask again', () => {
    const stream =
      '<Connect><Stream url="wss://a/voice/stream"><Parameter name="token" value="t"/></Stream></Connect>';
    const again = (seconds: number): string =>
      seconds === 0 ? stream : `<Pause length="${seconds}"/>${stream}`;
    expect(inside(connectStream('wss://a/voice/stream', 't', 'https://a/w'))).toBe(
      `${stream}${stream}${[1, 2, 4, 4, 4, 0, 1, 2, 4, 4, 4].map(again).join('')}` +
        '<Redirect method="POST">https://a/w</Redirect>',
    );
  });

  it('speak with the voices Twilio has for ours', () => {
    const voices = VOICES.map(voice => {
      const twiml = speak([{ text: 'Hello', voice }], 'https://a/w');
      return /voice="([^"]+)"/.exec(twiml)?.[1];
    });
    expect(voices).toEqual([
      'Polly.Joanna',
      'Polly.Matthew',
      'Polly.Amy',
      'Polly.Brian',
      'Polly.Salli',
      'Polly.Kimberly',
    ]);
  });

  it('keep what is said apart from what it is written in', () => {
    const twiml = speakMessage({ text: 'Fish & <chips/>', voice: 'nova' }, 0);
    expect(inside(twiml)).toBe('<Say voice="Polly.Salli">Fish &amp; &lt;chips/&gt;</Say><Hangup/>');
  });

  it('leave out of what is said whatever no document can hold', () => {
    const prompt = { text: 'Yes\u0000\u{1F600}\u0001no\ud800\ufffe', voice: 'nova' } as const;
    const said = 'Yes \u{1F600} no  ';
    expect(inside(speakMessage(prompt, 0))).toContain(`>${said}</Say>`);
    expect(inside(speak([prompt], 'https://a/w'))).toContain(`>${said}</Say>`);
    expect(
      inside(ask({ input: 'both', timeoutS: 5, prompt }, 'https://a/g', 'https://a/n')),
    ).toContain(`>${said}</Say>`);
  });

  it('ask for keys, for words or for both', () => {
    const of = (input: 'digits' | 'speech' | 'both') =>
      inside(ask({ input, timeoutS: 7, numDigits: 4 }, 'https://a/g', 'https://a/n'));
    expect(of('digits')).toBe(
      '<Gather input="dtmf" action="https://a/g" method="POST" timeout="7" numDigits="4"/>' +
        '<Redirect method="POST">https://a/n</Redirect>',
    );
    expect(of('speech')).toContain('input="speech"');
    expect(of('both')).toContain('input="speech dtmf"');
    expect(of('both')).toContain('speechTimeout="auto"');
  });

  it('listen for minutes in one document', () => {
    const twiml = listenOn({ input: 'both', timeoutS: 5 }, 'https://a/g', 'https://a/n');
    expect(twiml.match(/<Gather /g)).toHaveLength(60);
  });

  it('begin to transcribe before all else', () => {
    const document = listenOn(
      { input: 'both', timeoutS: 5 },
      'https://a/g?x=1&y=$&',
      'https://a/n',
    );
    const twiml = transcribed(document, {
      name: 'earshot-1',
      callback: 'https://a/voice/transcription?name=earshot-1#rc=5&rp=all',
      tracks: ['inbound', 'outbound'],
      language: 'de-DE',
      hints: ['Fish & chips', '<Hangup/>', 'O\u2019Neill "$&"'],
      labels: { inbound: 'Customer', outbound: 'Agent' },
    });
    expect(inside(twiml)).toBe(
      '<Start><Transcription name="earshot-1" ' +
        'statusCallbackUrl="https://a/voice/transcription?name=earshot-1#rc=5&amp;rp=all" ' +
        'statusCallbackMethod="POST" track="both_tracks" inboundTrackLabel="Customer" ' +
        'outboundTrackLabel="Agent" languageCode="de-DE" partialResults="true" ' +
        'enableAutomaticPunctuation="true" ' +
        'hints="Fish &amp; chips,&lt;Hangup/>,O\u2019Neill &quot;$&amp;&quot;"/></Start>' +
        inside(document),
    );
  });

  it('stay within what Twilio takes, however many hints there are', () => {
    const hints = Array.from({ length: 800 }, (_, i) => `${i} ${'&"\u00e4'.repeat(30)}`);
    const url = `https://${'long-name-of-a-tunnel'.repeat(3)}.example/voice/gather?callId=call-1`;
    const listening = listenOn({ input: 'both', timeoutS: 5 }, url, url);
    const labels = { inbound: 'Customer', outbound: 'Agent' };
    const tracks = ['inbound', 'outbound'] as const;
    const wish = { name: 'a', callback: url, tracks, language: 'en-US', hints, labels };
    const twiml = transcribed(listening, wish);
    expect(twiml).toContain('hints="0 ');
    expect(Buffer.byteLength(twiml)).toBeLessThan(64 * 1024);
  });

  it('hold, refuse and end', () => {
    expect(inside(holdInQueue('https://a/h', 'https://a/l'))).toBe(
      '<Enqueue waitUrl="https://a/h" waitUrlMethod="POST" action="https://a/l" method="POST">hold-queue</Enqueue>',
    );
    expect(inside(rejectCall('rejected'))).toBe('<Reject reason="rejected"/>');
    expect(nothing()).toContain('<Response/>');
  });
});
