import { afterEach, describe, expect, it } from 'vitest';
import { testPerson } from '../practice/people.ts';
import { until } from '../support/until.ts';
import { openPracticeHarness, type PracticeHarness } from './practice-harness.ts';
import {
  DANA,
  failure,
  OURS,
  openScriptedLine,
  outbound,
  type ScriptedLine,
  settle,
} from './scripted-line.ts';

const terry = testPerson();

let harness: PracticeHarness | null = null;

afterEach(async () => {
  await harness?.close();
  harness = null;
});

/** A trial account's call that was dialled and answered. */
async function trialCall(): Promise<ScriptedLine & { readonly callId: string }> {
  const scripted = openScriptedLine({}, { isTrial: () => true });
  const callId = await scripted.line.dial(DANA, OURS, { detectMachine: false });
  await scripted.ask('voice', outbound('CA1'), { callId });
  return { ...scripted, callId };
}

/** The query of the latest redirect. */
function redirected({ requestsOf }: ScriptedLine): Record<string, string> {
  const [, document] = requestsOf('redirect').at(-1) ?? [];
  const { url } = document as { readonly url: string };
  return Object.fromEntries(new URL(url).searchParams);
}

const said = ({ facts }: Pick<ScriptedLine, 'facts'>): string[] =>
  facts.flatMap(fact => (fact.event === 'text-said' ? [fact.text] : []));

describe('a call of a trial account', () => {
  it('has what is spoken into it named anew in every run, for it may outlive one', async () => {
    const names: string[] = [];
    for (let run = 0; run < 2; run += 1) {
      const call = await trialCall();
      await call.line.say(call.callId, 'One moment.', 'nova');
      await call.ask('voice', outbound('CA1'), redirected(call));
      for (const fact of call.facts) if (fact.event === 'segment') names.push(fact.segmentId);
    }
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(2);
  });

  it('is carried by words: what they say and press is told with its turn', async () => {
    harness = await openPracticeHarness({
      people: [
        testPerson({
          script: [
            { do: 'pause', ms: 2000 },
            { do: 'say', text: 'Good day.' },
            { do: 'pause', ms: 60_000 },
          ],
        }),
      ],
      speed: 10,
      ports: { isTrial: () => true },
    });
    const { facts, practice, hasTold } = harness;
    const id = await harness.dial(terry.number);
    await until(hasTold('segment'));
    expect(facts.find(({ event }) => event === 'call-answered')).toMatchObject({
      carrier: 'gather',
    });
    const turn = facts.flatMap(fact => (fact.event === 'gather-started' ? [fact.turn] : []))[0];
    expect(facts.find(({ event }) => event === 'segment')).toMatchObject({
      callId: id,
      speaker: 'them',
      text: 'Good day.',
      isFinal: true,
      turn,
    });
    expect(facts).toContainEqual(
      expect.objectContaining({ event: 'gather-ended', turn, got: 'speech' }),
    );
    await until(() => harness?.told().filter(word => word === 'gather-started').length === 2);
    await harness.practiceMs(1000);
    practice.sendDigits(harness.sidOf(id), '42#');
    await until(hasTold('digits-received'));
    expect(facts.find(({ event }) => event === 'digits-received')).toMatchObject({ digits: '42' });
    expect(hasTold('stream-started')()).toBe(false);
    expect(practice.alerts()).toEqual([]);
  });

  it('hears two texts said in a row whole, one after the other', async () => {
    harness = await openPracticeHarness({
      people: [terry],
      speed: 10,
      ports: { isTrial: () => true },
    });
    const id = await harness.dial(terry.number);
    await until(harness.hasTold('gather-started'));
    await harness.line.say(id, 'One.', 'nova');
    await harness.line.say(id, 'Two.', 'echo');
    const { facts } = harness;
    await until(() => facts.filter(({ event }) => event === 'text-said').length === 2);
    await until(() => facts.at(-1)?.event === 'gather-started');
    expect(said({ facts })).toEqual(['One.', 'Two.']);
    expect(facts.filter(fact => fact.event === 'segment')).toMatchObject([
      { speaker: 'us', text: 'One.' },
      { speaker: 'us', text: 'Two.' },
    ]);
  });

  it('does not lose a text that is said while another is on its way or being spoken', async () => {
    const scripted = await trialCall();
    const { line, ask, callId, requestsOf } = scripted;
    await Promise.all([line.say(callId, 'One.', 'nova'), line.say(callId, 'Two.', 'nova')]);
    expect(requestsOf('redirect')).toHaveLength(1);
    const both = await ask('voice', outbound('CA1'), redirected(scripted));
    expect(both).toMatch(/One\.<\/Say><Say [^>]*>Two\.<\/Say><Redirect/);
    await line.say(callId, 'Three.', 'nova');
    expect(requestsOf('redirect')).toHaveLength(1);
    expect(await ask('voice', outbound('CA1'), { callId, resume: '8' })).toContain('Three.');
    expect(await ask('voice', outbound('CA1'), { callId, resume: '9' })).toContain('<Gather');
    expect(said(scripted)).toEqual(['One.', 'Two.', 'Three.']);
  });

  it('tells an answer and the prompt of the next question apart when one request brings both', async () => {
    const { line, ask, callId, facts, twilio, pass } = await trialCall();
    const first = { input: 'both', timeoutS: 5, voice: 'nova' } as const;
    await line.gather(callId, { ...first, text: 'And your name?' });
    // Twilio does not ask for the question in time, and cannot be told again: the call comes to it by itself.
    twilio.failing.set('redirect', failure('twilio-unreachable'));
    await pass(16_000);
    const heard = { callId, turn: 'turn-1' };
    await ask('gather', outbound('CA1', { SpeechResult: 'Order nine.' }), heard, 'one');
    const keys = facts.flatMap(fact => (fact.event === 'segment' ? [fact.key] : []));
    expect(keys).toEqual(['one', 'one.prompt']);
  });

  it('begins nothing that the text on its way would cut off', async () => {
    const scripted = await trialCall();
    const { line, ask, callId } = scripted;
    await line.say(callId, 'One.', 'nova');
    const heard = { callId, turn: 'turn-1' };
    const answer = await ask('gather', outbound('CA1', { SpeechResult: 'Yes?' }), heard);
    expect(answer).not.toContain('One.');
    expect(await ask('voice', outbound('CA1'), redirected(scripted))).toContain('One.');
  });

  it('says that a text could not be spoken, and does not speak it later', async () => {
    const { line, ask, callId, twilio, requestsOf } = await trialCall();
    twilio.failing.set('redirect', failure('twilio-unreachable'));
    await expect(line.say(callId, 'One.', 'nova')).rejects.toMatchObject({
      problem: { kind: 'twilio-unreachable' },
    });
    twilio.failing.clear();
    expect(await ask('voice', outbound('CA1'), { callId, resume: '5' })).not.toContain('One.');
    await line.say(callId, 'Two.', 'nova');
    expect(requestsOf('redirect')).toHaveLength(2);
  });

  it('is redirected again when Twilio does not come for the text', async () => {
    const scripted = await trialCall();
    await scripted.line.say(scripted.callId, 'One.', 'nova');
    await settle();
    await scripted.pass(15_000);
    expect(scripted.requestsOf('redirect')).toHaveLength(2);
    const answer = await scripted.ask('voice', outbound('CA1'), redirected(scripted));
    expect(answer).toContain('One.');
  });

  it('takes how sure Twilio is, or the usual', async () => {
    const { ask, callId, facts } = await trialCall();
    const hear = (turn: string, Confidence: string) =>
      ask('gather', outbound('CA1', { SpeechResult: 'Yes.', Confidence }), { callId, turn });
    await hear('turn-1', '0.42');
    await hear('turn-2', '');
    await hear('turn-3', 'odd');
    const sure = facts.flatMap(fact => (fact.event === 'segment' ? [fact.confidence] : []));
    expect(sure).toEqual([0.42, 0.9, 0.9]);
  });

  it('leaves out the answer to a turn that is over, and goes on', async () => {
    const { ask, callId, told } = await trialCall();
    const before = told().filter(word => word === 'segment');
    const late = { callId, turn: 'turn-99' };
    const answer = await ask('gather', outbound('CA1', { SpeechResult: 'Late.' }), late);
    expect(answer).toContain('<Gather');
    expect(told().filter(word => word === 'segment')).toEqual(before);
  });

  it('stops listening when it is over', async () => {
    const { line, callId, told } = await trialCall();
    await line.hangUp(callId);
    expect(told().slice(-2)).toEqual(['gather-ended', 'ended hung-up-here']);
  });
});

describe('asking on a call with a stream', () => {
  it('takes the stream away for the question and brings it back', async () => {
    harness = await openPracticeHarness({ people: [terry], speed: 10 });
    const { line, practice, facts, told } = harness;
    const id = await harness.dial(terry.number);
    const sid = await harness.connected(id);
    const turn = await line.gather(id, {
      text: 'Your code?',
      voice: 'nova',
      input: 'digits',
      numDigits: 2,
      timeoutS: 5,
    });
    await until(harness.hasTold('gather-started'));
    await expect(
      line.gather(id, { voice: 'nova', input: 'both', timeoutS: 5 }),
    ).rejects.toMatchObject({
      problem: {
        kind: 'wrong-call-state',
        message: 'Already waiting for an answer on this call.',
      },
    });
    await harness.practiceMs(1000);
    practice.sendDigits(sid, '77');
    await until(() => told().filter(word => word === 'stream-started').length === 2);
    expect(facts.find(({ event }) => event === 'digits-received')).toMatchObject({
      digits: '77',
      turn,
    });
    expect(facts.find(({ event }) => event === 'gather-ended')).toMatchObject({
      turn,
      got: 'digits',
    });
    expect(told()).not.toContain('ended failed');
    expect(harness.hasEnded()).toBe(false);
  });

  it('ends with nothing when nobody answers', async () => {
    harness = await openPracticeHarness({ people: [terry], speed: 20 });
    const id = await harness.dial(terry.number);
    await harness.connected(id);
    await harness.line.gather(id, { voice: 'nova', input: 'both', timeoutS: 2 });
    await until(harness.hasTold('gather-ended'));
    const ended = harness.facts.find(({ event }) => event === 'gather-ended');
    expect(ended).toMatchObject({ got: 'nothing' });
    await until(() => harness?.told().at(-1) === 'stream-started');
  });

  it('waits until the text that is being spoken is over', async () => {
    const scripted = openScriptedLine();
    const { line, ask, requestsOf } = scripted;
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    await ask('voice', outbound('CA1'), { callId });
    await line.say(callId, 'Listen.', 'nova');
    await ask('voice', outbound('CA1'), redirected(scripted));
    const turn = await line.gather(callId, { voice: 'nova', input: 'speech', timeoutS: 5 });
    expect(requestsOf('redirect')).toHaveLength(1);
    const next = await ask('voice', outbound('CA1'), { callId, resume: '4' });
    expect(next).toContain(`turn=${turn}`);
  });

  it('is refused on a call that is not live', async () => {
    const { line } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    const asked = line.gather(callId, { voice: 'nova', input: 'both', timeoutS: 5 });
    await expect(asked).rejects.toMatchObject({ problem: { kind: 'wrong-call-state' } });
    await expect(line.say('call-9', 'Hello.', 'nova')).rejects.toMatchObject({
      problem: { kind: 'no-such-call' },
    });
  });
});
