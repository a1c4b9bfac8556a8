import { describe, expect, it } from 'vitest';
import { kimLau } from '../../electron/practice/people/kim-lau.ts';
import type { Person } from '../../electron/practice/person.ts';
import { blurt, pause } from '../../electron/practice/script.ts';
import { ends, eventually, type Fixture, openLine, response } from './fixture.ts';
import { testPerson } from './people.ts';

const GREETING =
  'Hello, you have reached the voicemail of Terry Test. Nobody is here to take your call today.';

const machine = testPerson({
  machine: true,
  script: [
    pause(300),
    blurt(GREETING),
    pause(600),
    { do: 'tone', hz: 1000, ms: 500 },
    pause(60_000),
  ],
});
const human = testPerson({ script: [pause(300), blurt('Hello?'), pause(60_000)] });
const noBeep = testPerson({ machine: true, script: [blurt(GREETING), pause(60_000)] });
const endless = testPerson({ machine: true, script: Array(9).fill(blurt(GREETING)) });

const TELL = { statusCallbackEvent: ['answered', 'completed'] };

async function calling(person: Person, options: Record<string, unknown>) {
  const line = await openLine([person]);
  const url = line.app.on('/voice', response('<Pause length="20"/>'));
  const statusCallback = line.app.on('/status', { status: 204 });
  const request = { twiml: undefined, url, statusCallback, ...TELL, ...options };
  const { sid } = await line.call('', request);
  return { ...line, sid };
}

/** The parameters of the first request to a path, once it came. */
async function asked({ app }: Fixture, path: string): Promise<Record<string, string>> {
  await eventually(() => expect(app.requests(path)).not.toEqual([]));
  return app.requests(path)[0]?.params ?? {};
}

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('a call that waits for who answers', { retry: 2 }, () => {
  it.each<[string, string, Person, Record<string, unknown>]>([
    ['machine_start', 'a machine by its long talk', machine, { machineDetection: 'Enable' }],
    [
      'machine_end_beep',
      'a machine by its beep',
      machine,
      { machineDetection: 'DetectMessageEnd' },
    ],
    ['machine_end_silence', 'no beep', noBeep, { machineDetection: 'DetectMessageEnd' }],
    [
      'machine_end_other',
      'no end in time',
      endless,
      { machineDetection: 'DetectMessageEnd', machineDetectionTimeout: 8 },
    ],
    ['human', 'a short hello', human, { machineDetection: 'Enable' }],
    ['human', 'a short hello at once', human, { machineDetection: 'DetectMessageEnd' }],
    ['unknown', 'silence', testPerson(), { machineDetection: 'Enable' }],
  ])('is told %s: %s', async (answeredBy, _, person, options) => {
    const line = await calling(person, options);
    expect(await asked(line, '/voice')).toMatchObject({ AnsweredBy: answeredBy });
    expect((await line.client.calls(line.sid).fetch()).answeredBy).toBe(answeredBy);
    await line.client.calls(line.sid).update({ status: 'completed' });
    await eventually(() => expect(line.app.requests('/status')).toHaveLength(2));
    const [answered, completed] = line.app.requests('/status');
    expect(answered?.params['AnsweredBy']).toBeUndefined();
    expect(completed?.params['AnsweredBy']).toBe(answeredBy);
  });

  it('asks for nothing before it knows', async () => {
    const line = await calling(machine, { machineDetection: 'Enable' });
    await eventually(() => expect(line.line.saidBy(line.sid)?.length).toBeGreaterThan(16_000));
    expect(line.app.requests('/voice')).toEqual([]);
    line.line.farHangUp(line.sid);
    await ends(line, line.sid, 'completed');
    expect(line.app.requests('/voice')).toEqual([]);
  });

  it('does other instructions at once when it gets them meanwhile', async () => {
    const line = await calling(machine, { machineDetection: 'DetectMessageEnd' });
    await eventually(async () => expect(await line.status(line.sid)).toBe('in-progress'));
    await line.client.calls(line.sid).update({ twiml: response('<Hangup/>') });
    await ends(line, line.sid, 'completed');
    expect(line.app.requests('/voice')).toEqual([]);
  });

  it('does not find out when digits are sent', async () => {
    const line = await calling(machine, { machineDetection: 'Enable', sendDigits: '1' });
    expect((await asked(line, '/voice'))['AnsweredBy']).toBeUndefined();
  });
});

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('a call that goes on meanwhile', { retry: 2 }, () => {
  it('is reported to the callback once it is known', async () => {
    const line = await openLine([kimLau]);
    const url = line.app.on('/voice', response('<Pause length="60"/>'));
    const { sid } = await line.call('', {
      twiml: undefined,
      url,
      machineDetection: 'DetectMessageEnd',
      asyncAmd: 'true',
      asyncAmdStatusCallback: line.app.on('/amd', { status: 204 }),
    });
    expect((await asked(line, '/voice'))['AnsweredBy']).toBeUndefined();
    const found = await asked(line, '/amd');
    expect(found).toEqual({
      CallSid: sid,
      AccountSid: line.line.accountSid,
      AnsweredBy: 'machine_end_beep',
      MachineDetectionDuration: expect.stringMatching(/^\d+$/),
    });
    expect(Number(found['MachineDetectionDuration'])).toBeGreaterThan(3000);
    expect((await line.client.calls(sid).fetch()).answeredBy).toBe('machine_end_beep');
  });
});
