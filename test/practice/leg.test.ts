import { describe, expect, it } from 'vitest';
import { tone } from '../../electron/practice/tone.ts';
import { bestShareOf, eventually, openLine, response, streamTo } from './fixture.ts';
import { testPerson } from './people.ts';

describe('what the far person is made to say', () => {
  it('is heard instead of their script, which goes on afterwards', async () => {
    const script = [{ do: 'tone', hz: 700, ms: 20_000 }] as const;
    const line = await openLine([testPerson({ script })]);
    const { sid } = await line.call(streamTo(line.app));
    const peer = await eventually(() => {
      expect(line.app.streams[0]?.heard().length).toBeGreaterThan(8000);
      return line.app.streams[0];
    });
    await line.line.play(sid, tone([1200], 2000));
    const after = peer?.heard().length ?? 0;
    expect(bestShareOf(1200, peer?.heard() ?? new Int16Array())).toBeGreaterThan(0.7);
    await eventually(() => expect(peer?.heard().length).toBeGreaterThan(after + 8000));
    expect(bestShareOf(700, (peer?.heard() ?? new Int16Array()).subarray(after))).toBeGreaterThan(
      0.9,
    );
    await expect(line.line.play('CA0', tone([1200], 20))).rejects.toThrow('no such call');
  });

  it('is over when the call is', async () => {
    const line = await openLine();
    const { sid } = await line.call('<Pause length="600"/>');
    const said = line.line.play(sid, tone([1200], 60_000));
    await eventually(() => expect(line.line.heardBy(sid)?.length).toBeGreaterThan(800));
    line.line.farHangUp(sid);
    await said;
  });

  it('is understood by Gather, which tells it in parts too', async () => {
    const line = await openLine();
    const action = line.app.on('/heard', response('<Hangup/>'));
    const { sid } = await line.call(
      `<Gather input="speech" action="${action}" partialResultCallback="${line.app.url}/partial" hints="x"/>`,
    );
    await eventually(() => expect(line.line.heardBy(sid)?.length).toBeGreaterThan(800));
    await line.line.say(sid, 'I would like to know about my parcel.');
    await eventually(() => expect(line.app.requests('/heard')).toHaveLength(1));
    expect(line.app.requests('/heard')[0]?.params).toMatchObject({
      SpeechResult: 'I would like to know about my parcel.',
      Confidence: expect.any(String),
    });
    expect(line.app.requests('/partial')[0]?.params).toMatchObject({
      StableSpeechResult: 'I would like to know about my parcel.',
      SequenceNumber: '0',
    });
  });
});
