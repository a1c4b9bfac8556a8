import { expect, it } from 'vitest';
import { eventLine } from '../../electron/event-line.ts';
import { testPerson } from '../practice/people.ts';
import { until } from '../support/until.ts';
import { openFaultDesk } from './desk-on-practice.ts';

const EVERYTHING_AGAIN = { repeatCallbacks: true, shuffleCallbacks: true, replayWebhooks: true };

/** Values that occur more than once. */
function twice(values: readonly string[]): string[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

it('gives every event an id and a key of its own although everything comes again', async () => {
  const desk = await openFaultDesk({ pretend: EVERYTHING_AGAIN });
  const printed: { eventId: string; dedupeKey: string }[] = [];
  desk.app.steps.on(({ event, after }) => printed.push(JSON.parse(eventLine(event, after))));
  const taken = await desk.takeIn();
  const dialled = await desk.talk();
  desk.practice.sendDigits(dialled, '12');
  desk.practice.loseStreams();
  await until(() => desk.events.some(({ event }) => event === 'stream-stopped'));
  await desk.soundFlows(dialled);
  desk.practice.farHangUp(taken);
  desk.practice.farHangUp(dialled);
  await desk.comes('ended', taken);
  await desk.comes('ended', dialled);
  await desk.passes(2000);
  expect(printed.length).toBeGreaterThan(10);
  expect(twice(printed.map(({ eventId }) => eventId))).toEqual([]);
  expect(twice(printed.map(({ dedupeKey }) => dedupeKey))).toEqual([]);
});

it('gives texts that are spoken one after the other a key each', async () => {
  const desk = await openFaultDesk({
    people: [testPerson({ verified: true })],
    pretend: { trial: true, ...EVERYTHING_AGAIN },
  });
  const { callId } = await desk.run({ command: 'dial', to: '+14155550121' });
  await desk.comes('live', callId);
  await until(() => desk.events.some(({ event }) => event === 'gather-started'));
  const texts = ['One.', 'Two.', 'Three.'];
  await Promise.all(texts.map(text => desk.run({ command: 'say', callId, text })));
  const said = () => desk.events.filter(({ event }) => event === 'text-said');
  await until(() => said().length === 3);
  expect(said()).toMatchObject(texts.map(text => ({ text })));
  expect(twice(desk.events.map(({ dedupeKey }) => dedupeKey))).toEqual([]);
});
