import { expect, it } from 'vitest';
import { openDesk } from '../support/desk.ts';
import { until } from '../support/until.ts';

it('goes through all modes on a practice conference', async () => {
  const desk = await openDesk({ env: { EARSHOT_LINE: 'practice' } });
  const say = (x: unknown) => process.stderr.write(`${JSON.stringify(x)}\n`);
  desk.app.steps.on(({ event }) => {
    if (['sound-changed','settings-changed','line-changed'].includes(event.event)) return;
    say({ ...event, at: event.at % 100000, eventId: undefined, dedupeKey: undefined });
  });
  say(await desk.run({ command: 'practice-scene', scene: 'conference' }));
  await until(() => desk.state().accountCalls.some(call => call.shape === 'conference' && call.legs.every(l => l.status === 'joined') && call.legs.length === 2), 15000);
  const call = desk.state().accountCalls[0]!;
  const out = await desk.run({ command: 'listen', callSid: call.sid });
  say(out);
  await until(() => desk.events.some(e => e.event === 'listening-changed' && e.on), 5000);
  for (const command of ['whisper', 'barge', 'take-over', 'hand-back'] as const) {
    say(await desk.run({ command, callSid: call.sid }));
    const count = desk.events.filter(e => e.event === 'mode-confirmed' || e.event === 'mode-refused').length;
    await until(() => desk.events.filter(e => e.event === 'mode-confirmed' || e.event === 'mode-refused').length > count, 8000);
  }
  say(await desk.run({ command: 'leave', callSid: call.sid }));
  await new Promise(r => setTimeout(r, 2000));
  say(await desk.run({ command: 'audit' }));
  expect(1).toBe(1);
}, 60000);
