import { describe, expect, it } from 'vitest';
import type { Clock } from '../../electron/core/clock.ts';
import { stripForTrial } from '../../electron/practice/trial.ts';
import { parseTwiml } from '../../electron/practice/twiml.ts';
import { fastClock } from './fast-clock.ts';
import { ends, eventually, openLine, response, streamTo } from './fixture.ts';
import { testPerson } from './people.ts';

const verified = testPerson({ verified: true });
const stranger = testPerson({ number: '+14155550122' });

/** A fast clock on which ten minutes are over in three seconds. */
function hastyClock(): Clock {
  const clock = fastClock(15);
  const after: Clock['after'] = (ms, run) => clock.after(ms === 600_000 ? 3000 : ms, run);
  return { ...clock, after };
}

function sentences(verbs: string): string[] {
  return stripForTrial(parseTwiml(response(verbs))).map(verb =>
    verb.verb === 'Say' ? verb.text : verb.verb,
  );
}

describe('the verbs of a trial account', () => {
  it.each([
    ['Stream', '<Connect><Stream url="wss://desk.example/s"/></Connect>'],
    ['Stream', '<Start><Stream url="wss://desk.example/s"/></Start>'],
    ['ConversationRelay', '<Connect><ConversationRelay url="wss://desk.example"/></Connect>'],
    ['Record', '<Record/>'],
    ['Recording', '<Start><Recording/></Start>'],
    ['Siprec', '<Start><Siprec/></Start>'],
    ['Refer', '<Refer><Sip>sip:a@desk.example</Sip></Refer>'],
    ['Pay', '<Pay/>'],
    ['Dial', '<Dial>+14155550122</Dial>'],
    ['Dial', '<Dial><Number>+14155550122</Number></Dial>'],
    ['Dial', '<Dial><Client>desk</Client></Dial>'],
    ['Dial', '<Dial><Sip>sip:a@desk.example</Sip></Dial>'],
  ])('lack %s: %s', (name, twiml) => {
    expect(sentences(twiml)).toEqual([`The ${name} verb is not available on trial accounts.`]);
  });

  it('are otherwise the usual ones', () => {
    expect(sentences('<Say>Hi</Say><Play>a.wav</Play><Gather/><Enqueue>q</Enqueue>')).toEqual([
      'Hi',
      'Play',
      'Gather',
      'Enqueue',
    ]);
  });
});

describe('a trial account', () => {
  it('calls verified numbers only', async () => {
    const { call, line } = await openLine([verified, stranger]);
    line.pretend({ trial: true });
    expect((await call('<Hangup/>')).status).toBe('queued');
    await expect(call('<Hangup/>', { to: stranger.number })).rejects.toMatchObject({
      status: 400,
      code: 21219,
    });
    line.pretend({ trial: false });
    expect((await call('<Hangup/>', { to: stranger.number })).status).toBe('queued');
  });

  it('has five calls at once', async () => {
    const line = await openLine([verified]);
    line.line.pretend({ trial: true });
    const calls = [];
    for (let count = 0; count < 5; count += 1) {
      calls.push(await line.call('<Pause length="600"/>'));
    }
    await expect(line.call('<Hangup/>')).rejects.toMatchObject({ code: 10004 });
    line.line.farHangUp(calls[0]?.sid ?? '');
    expect((await line.call('<Hangup/>')).status).toBe('queued');
  });

  it.each(['given with the call', 'fetched'])(
    'hears which verb it lacks in TwiML %s',
    async how => {
      const line = await openLine([verified]);
      line.line.pretend({ trial: true });
      const twiml = streamTo(line.app);
      const url = line.app.on('/voice', response(twiml));
      const { sid } = await line.call(twiml, how === 'fetched' ? { twiml: undefined, url } : {});
      await ends(line, sid, 'completed');
      expect(line.app.streams).toEqual([]);
      expect(line.line.heardBy(sid)?.some(sample => Math.abs(sample) > 1000)).toBe(true);
    },
  );

  it('is cut off after ten minutes, either way', async () => {
    const line = await openLine([verified], hastyClock());
    line.line.pretend({ trial: true });
    const [number] = await line.client.incomingPhoneNumbers.list();
    await line.client.incomingPhoneNumbers(number?.sid ?? '').update({
      voiceUrl: line.app.on('/voice', response('<Say>Hi</Say><Pause length="3000"/>')),
    });
    const { sid } = await line.call('<Pause length="3000"/>');
    const { callSid } = await line.line.ringIn();
    await ends(line, sid, 'completed');
    await ends(line, callSid, 'completed');
    await eventually(() =>
      expect(line.line.alerts().map(({ code }) => code)).toEqual([13805, 13805]),
    );
  });
});
