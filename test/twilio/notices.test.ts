import { afterEach, describe, expect, it } from 'vitest';
import { ivyAway } from '../../electron/practice/people/unreachable.ts';
import { testPerson } from '../practice/people.ts';
import { until } from '../support/until.ts';
import { openPracticeHarness, type PracticeHarness } from './practice-harness.ts';
import { DANA, failure, OURS, openScriptedLine, outbound } from './scripted-line.ts';

const terry = testPerson();
const notice = { text: 'Hello.', voice: 'onyx', hangUpAfterS: 2, detectMachine: false } as const;

let harness: PracticeHarness | null = null;

afterEach(async () => {
  await harness?.close();
  harness = null;
});

const loudest = (samples: Int16Array | null): number =>
  (samples ?? new Int16Array()).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);

describe('a call that only speaks a message', () => {
  it('speaks it, waits and hangs up', async () => {
    harness = await openPracticeHarness({ people: [terry], speed: 10 });
    const { line, practice, told, facts } = harness;
    const id = await line.notify({ number: terry.number, name: null }, practice.number, notice);
    await until(harness.hasEnded);
    expect(told()).toEqual([
      'call-requested',
      'call-named',
      'call-ringing',
      'call-answered',
      'text-said',
      'segment',
      'ended hung-up-here',
    ]);
    expect(facts[0]).toMatchObject({ kind: 'notify' });
    expect(facts[3]).toMatchObject({ carrier: 'gather' });
    expect(facts[4]).toMatchObject({ text: 'Hello.', by: 'twiml' });
    expect(loudest(practice.heardBy(harness.sidOf(id)))).toBeGreaterThan(1000);
  });

  it('is not made when its message is longer than a request for a call may carry', async () => {
    const { line, facts, requestsOf } = openScriptedLine({}, { origin: () => null });
    const notify = (text: string) => line.notify(DANA, OURS, { ...notice, text });
    for (const text of ['a'.repeat(4000), '&'.repeat(800)]) {
      await expect(notify(text)).rejects.toMatchObject({ problem: { kind: 'not-available' } });
    }
    expect(facts).toEqual([]);
    await notify('a'.repeat(3800));
    expect(requestsOf('dial')).toHaveLength(1);
    const reached = openScriptedLine();
    await reached.line.notify(DANA, OURS, { ...notice, text: 'a'.repeat(4096) });
    expect(reached.requestsOf('dial')).toHaveLength(1);
  });

  it('needs no public address: the call carries its message, and Twilio is asked how it goes', async () => {
    harness = await openPracticeHarness({
      people: [terry],
      speed: 10,
      pointNumber: false,
      ports: { origin: () => null },
    });
    const { line, practice, told } = harness;
    await line.notify({ number: terry.number, name: null }, practice.number, notice);
    await until(harness.hasEnded);
    expect(told().filter(word => word !== 'call-ringing')).toEqual([
      'call-requested',
      'call-named',
      'call-answered',
      'text-said',
      'segment',
      'ended hung-up-here',
    ]);
  });

  it('is told when nobody takes it', async () => {
    harness = await openPracticeHarness({ people: [ivyAway], settings: { dialSeconds: 5 } });
    const { line, practice } = harness;
    await line.notify({ number: ivyAway.number, name: null }, practice.number, notice);
    await until(harness.hasEnded);
    expect(harness.told().at(-1)).toBe('ended no-answer');
  });

  it('has its document served once', async () => {
    const { line, ask } = openScriptedLine();
    const callId = await line.notify(DANA, OURS, notice);
    const first = await ask('voice', outbound('CA1'), { callId });
    expect(first).toContain(
      '<Say voice="Polly.Brian">Hello.</Say><Pause length="2"/><Hangup/></Response>',
    );
    const later = await ask('voice', outbound('CA1'), { callId });
    expect(later).toContain('<Response/>');
  });

  it('speaks after a machine’s greeting and ends as voicemail', async () => {
    const { line, ask, requestsOf, told } = openScriptedLine();
    const callId = await line.notify(DANA, OURS, { ...notice, detectMachine: true });
    expect(requestsOf('dial')[0]).toMatchObject([{ machineDetection: 'message-end' }]);
    const asked = outbound('CA1', { AnsweredBy: 'machine_end_beep' });
    expect(await ask('voice', asked, { callId })).toContain('Hello.');
    await ask('status', outbound('CA1', { CallStatus: 'completed' }), { callId });
    expect(told().slice(2)).toEqual([
      'answerer-detected',
      'call-ringing',
      'call-answered',
      'text-said',
      'segment',
      'ended voicemail',
    ]);
  });

  it('without a public address is asked about every two seconds, and less often when that fails', async () => {
    const { line, twilio, pass, requestsOf, told } = openScriptedLine({}, { origin: () => null });
    await line.notify(DANA, OURS, notice);
    expect(requestsOf('dial')).toMatchObject([[{ twiml: expect.stringContaining('Hello.') }]]);
    twilio.calls.set('CA1', 'ringing');
    await pass(10_000);
    expect(requestsOf('fetch')).toHaveLength(5);
    twilio.failing.set('fetch', failure('twilio-unreachable'));
    await pass(60_000);
    expect(requestsOf('fetch').length).toBeLessThan(11);
    twilio.failing.clear();
    twilio.calls.set('CA1', 'completed');
    await pass(60_000);
    expect(told().slice(3)).toEqual([
      'call-answered',
      'text-said',
      'segment',
      'ended hung-up-here',
    ]);
  });
});
