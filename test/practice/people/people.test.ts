import { describe, expect, it } from 'vitest';
import { SILENCE } from '../../../electron/core/audio/frame.ts';
import { people } from '../../../electron/practice/people/people.ts';
import { Player } from '../../../electron/practice/player.ts';
import { tone } from '../../../electron/practice/tone.ts';
import { createLocalSpeaker } from '../../../electron/speech/speaker.ts';
import { fastClock } from '../fast-clock.ts';
import {
  bestShareOf,
  ends,
  eventually,
  loudness,
  openLine,
  response,
  shareOf,
  streamTo,
} from '../fixture.ts';

const named = (name: string) => {
  const person = people.find(one => one.name === name);
  if (person === undefined) throw new Error(`Nobody is called ${name}`);
  return person;
};

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('the people of the practice line', { retry: 2 }, () => {
  it('have names, sentences and numbers of their own', () => {
    const numbers = people.map(person => person.number);
    expect(new Set(numbers).size).toBe(people.length);
    for (const person of people) {
      expect(person.number).toMatch(/^\+141555501\d\d$/);
      expect(person.name).not.toBe('');
      expect(person.about).toMatch(/^[A-Z].*\.$/);
    }
    expect(people[0]?.name).toBe('Dana Reyes');
  });

  it('say goodbye by themselves within three minutes, though nobody answers', async () => {
    const talkers = people.filter(({ name }) => !/^Test tone|^Vera Voiceless$/.test(name));
    for (const script of talkers.flatMap(one => [one.whenCalled, one.whenCalling])) {
      const player = new Player({
        script,
        voice: { name: 'rms' },
        speak: async text => new Int16Array(text.length * 600),
        onSaid: () => {},
        onPressed: () => {},
      });
      let frames = 0;
      while (player.next(SILENCE) !== undefined && frames < 50 * 180) {
        frames += 1;
        await Promise.resolve();
      }
      expect(frames).toBeLessThan(50 * 180);
    }
  });

  it('speak with voices the synthesiser has', async () => {
    const speaker = createLocalSpeaker(import.meta.filename);
    for (const { voice } of people.slice(0, 10)) {
      expect((await speaker.speak('Yes.', voice)).length).toBeGreaterThan(1000);
    }
  });

  it('tell their calls apart by test tones of 300, 350, … Hz', async () => {
    const line = await openLine(people);
    const sids: string[] = [];
    for (const number of ['+14155550180', '+14155550199']) {
      const { sid } = await line.call(streamTo(line.app), { to: number });
      sids.push(sid);
    }
    await eventually(() => {
      for (const [index, sid] of sids.entries()) {
        const said = line.line.saidBy(sid) ?? new Int16Array();
        expect(said.length).toBeGreaterThan(8000 * 2.4);
        expect(bestShareOf([300, 1250][index] ?? 0, said)).toBeGreaterThan(0.7);
      }
    });
  });
});

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('calling', { retry: 2 }, () => {
  it('Kim Lau reaches a voicemail box that beeps and hangs up', async () => {
    const line = await openLine([named('Kim Lau')], fastClock(30));
    const { sid } = await line.call('<Pause length="600"/>');
    await ends(line, sid, 'completed');
    const said = line.line.saidBy(sid) ?? new Int16Array();
    const beepAt = said.length - 8000 * 30;
    expect(shareOf(1000, said.subarray(beepAt - 3900, beepAt - 100))).toBeGreaterThan(0.9);
    expect(loudness(said.subarray(beepAt + 100))).toBe(0);
  });

  it('Tess Tone gives an echo', async () => {
    const line = await openLine([named('Tess Tone')]);
    const { sid } = await line.call(streamTo(line.app));
    const said = (): Int16Array => line.line.saidBy(sid) ?? new Int16Array();
    await eventually(() => {
      expect(loudness(said())).toBeGreaterThan(300);
      expect(loudness(said().subarray(-16_000))).toBe(0);
    });
    line.app.streams[0]?.play(tone([770], 3000));
    await eventually(() => expect(bestShareOf(770, said())).toBeGreaterThan(0.7));
  });

  it('Dana Reyes talks', async () => {
    const line = await openLine([named('Dana Reyes')]);
    const { sid } = await line.call(streamTo(line.app));
    await eventually(() =>
      expect(loudness(line.line.saidBy(sid) ?? new Int16Array(1))).toBeGreaterThan(300),
    );
  });

  it('us, Dana Reyes waits until we have spoken', async () => {
    const line = await openLine([named('Dana Reyes')]);
    const [number] = await line.client.incomingPhoneNumbers.list();
    const voiceUrl = line.app.on(
      '/voice',
      response('<Play digits="1111111111111111"/><Pause length="600"/>'),
    );
    await line.client.incomingPhoneNumbers(number?.sid ?? '').update({ voiceUrl });
    const { callSid } = await line.line.ringIn();
    const said = () => line.line.saidBy(callSid) ?? new Int16Array(1);
    await eventually(() => expect(loudness(said())).toBeGreaterThan(100));
    expect(loudness(said().subarray(0, 8000 * 3))).toBe(0);
  });
});
