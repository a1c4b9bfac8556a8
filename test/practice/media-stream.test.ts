import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { decodeMulaw, encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import type { Script } from '../../electron/practice/script.ts';
import { tone } from '../../electron/practice/tone.ts';
import {
  bestShareOf,
  ends,
  eventually,
  type Fixture,
  openLine,
  response,
  shareOf,
  streamTo,
} from './fixture.ts';
import { testPerson } from './people.ts';
import type { StreamPeer } from './stream-peer.ts';

async function streaming(script?: Script, after = '') {
  const fixture = await openLine([testPerson(script === undefined ? {} : { script })]);
  const twiml = streamTo(fixture.app, '/stream', '<Parameter name="token" value="a &amp; b"/>');
  const { sid } = await fixture.call(twiml + after);
  const peer = await eventually(() => {
    expect(fixture.app.streams[0]?.ofEvent('media').length).toBeGreaterThan(0);
    return fixture.app.streams[0] as StreamPeer;
  });
  return { ...fixture, fixture, sid, peer };
}

const codes = ({ line }: Fixture): number[] => line.alerts().map(alert => alert.code);

describe('a stream', () => {
  it('begins with connected and start, in Twilio’s form and signed', async () => {
    const { line, app, sid, peer } = await streaming();
    const { streamSid } = peer;
    expect(peer.messages.slice(0, 2)).toEqual([
      { event: 'connected', protocol: 'Call', version: '1.0.0' },
      {
        event: 'start',
        sequenceNumber: '1',
        start: {
          accountSid: line.accountSid,
          streamSid,
          callSid: sid,
          tracks: ['inbound'],
          mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
          customParameters: { token: 'a & b' },
        },
        streamSid,
      },
    ]);
    const signature = String(peer.headers['x-twilio-signature']);
    const url = `${app.streamUrl}/stream`;
    expect(twilio.validateRequest(line.authToken, signature, url, {})).toBe(true);
  });

  it('carries 20 ms in every message, silence too, numbered without a gap', async () => {
    const { peer } = await streaming();
    await eventually(() => expect(peer.ofEvent('media').length).toBeGreaterThan(100));
    for (const [index, message] of peer.ofEvent('media').slice(0, 100).entries()) {
      expect(message).toEqual({
        event: 'media',
        sequenceNumber: String(index + 2),
        streamSid: peer.streamSid,
        media: {
          track: 'inbound',
          chunk: String(index + 1),
          timestamp: String(index * 20),
          payload: Buffer.alloc(160, 0xff).toString('base64'),
        },
      });
    }
  });

  it('carries what the far person says, as saidBy tells before µ-law', async () => {
    const { line, sid, peer } = await streaming([
      { do: 'repeat', times: 50, steps: [{ do: 'chirp', fromHz: 300, toHz: 3000, ms: 1000 }] },
    ]);
    await eventually(() => expect(peer.heard().length).toBeGreaterThan(8000));
    const said = line.saidBy(sid) ?? new Int16Array();
    const heard = peer.heard().subarray(0, said.length);
    expect(heard).toEqual(decodeMulaw(encodeMulaw(said.subarray(0, heard.length))));
  });

  it('plays what the app sends to the far person, whatever its size, without a gap', async () => {
    const { line, sid, peer } = await streaming();
    const sound = tone([440], 1000);
    for (let at = 0; at < sound.length; at += 333) peer.play(sound.subarray(at, at + 333));
    peer.mark('done');
    await eventually(() => expect(peer.marks()).toEqual(['done']));
    const heard = line.heardBy(sid) ?? new Int16Array();
    const start = heard.findIndex(sample => sample !== 0);
    const played = heard.subarray(start, start + 7900);
    expect(shareOf(440, played)).toBeGreaterThan(0.99);
  });

  it('returns marks when the sound before them was played, in order', async () => {
    const { line, sid, peer } = await streaming();
    peer.play(tone([440], 200));
    peer.mark('first');
    peer.play(tone([440], 400));
    peer.mark('second');
    await eventually(() => expect(peer.marks()).toEqual(['first', 'second']));
    const heard = line.heardBy(sid) ?? new Int16Array();
    const start = heard.findIndex(sample => sample !== 0);
    expect(heard.length - start).toBeGreaterThanOrEqual(4799);
  });

  it('drops waiting sound and returns its marks when cleared', async () => {
    const { line, sid, peer } = await streaming();
    peer.play(tone([440], 60_000));
    peer.mark('a');
    peer.mark('b');
    peer.clear();
    await eventually(() => expect(peer.marks()).toEqual(['a', 'b']));
    peer.play(tone([1000], 1000));
    peer.mark('c');
    await eventually(() => expect(peer.marks()).toEqual(['a', 'b', 'c']));
    const heard = line.heardBy(sid) ?? new Int16Array();
    expect(bestShareOf(1000, heard)).toBeGreaterThan(0.7);
    expect(heard.length).toBeLessThan(8000 * 60);
  });

  it('tells the keys the far person presses', async () => {
    const { line, sid, peer } = await streaming();
    line.sendDigits(sid, '1w#');
    await eventually(() => expect(peer.ofEvent('dtmf')).toHaveLength(2));
    expect(peer.ofEvent('dtmf')[0]).toMatchObject({
      streamSid: peer.streamSid,
      dtmf: { track: 'inbound_track', digit: '1' },
    });
    expect(peer.ofEvent('dtmf')[1]?.dtmf?.digit).toBe('#');
  });

  it('stops when the far person hangs up', async () => {
    const { fixture, line, sid, peer } = await streaming();
    line.farHangUp(sid);
    await eventually(() => expect(peer.closeCode).toBe(1000));
    expect(peer.messages.at(-1)).toMatchObject({
      event: 'stop',
      streamSid: peer.streamSid,
      stop: { accountSid: line.accountSid, callSid: sid },
    });
    const numbers = peer.messages.slice(1).map(message => Number(message.sequenceNumber));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    await ends(fixture, sid, 'completed');
    expect(codes(fixture)).toEqual([]);
  });

  it('stops when the call is redirected, and the new instructions run', async () => {
    const { app, client, sid, peer } = await streaming();
    await client.calls(sid).update({ twiml: response(streamTo(app, '/second')) });
    await eventually(() => expect(app.streams[1]?.ofEvent('media').length).toBeGreaterThan(2));
    expect(peer.messages.at(-1)?.event).toBe('stop');
    expect(app.streams[1]?.ofEvent('media')[0]?.media?.chunk).toBe('1');
  });

  it('gives way to the next verb when the app closes it', async () => {
    const { fixture, app, sid, peer } = await streaming(undefined, '<Redirect>/next</Redirect>');
    app.on('/next', response('<Hangup/>'));
    peer.socket.close();
    await ends(fixture, sid, 'failed');
    expect(codes(fixture)).toEqual([11100]);
  });

  it('counts malformed messages and goes on', async () => {
    const { fixture, peer } = await streaming();
    const { streamSid } = peer;
    for (const message of [
      'hello',
      { event: 'media', streamSid, media: {} },
      { event: 'media', streamSid, media: { payload: '***' } },
      { event: 'mark', streamSid, mark: {} },
      { event: 'dance', streamSid },
      { event: 'clear', streamSid: 'MZ0' },
    ]) {
      peer.send(message);
    }
    peer.socket.send(Buffer.from('binary'));
    peer.mark('alive');
    await eventually(() => expect(peer.marks()).toEqual(['alive']));
    expect(codes(fixture)).toEqual(new Array(7).fill(31950));
  });

  it('reports a socket that breaks', async () => {
    const { fixture, sid, peer } = await streaming(undefined, '<Hangup/>');
    peer.socket.terminate();
    await ends(fixture, sid, 'completed');
    expect(codes(fixture)).toEqual([31921]);
  });
});
