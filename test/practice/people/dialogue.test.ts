import { expect, it } from 'vitest';
import { FRAME_MS, SILENCE } from '../../../electron/core/audio/frame.ts';
import { agents } from '../../../electron/practice/people/agents.ts';
import { customers } from '../../../electron/practice/people/customers.ts';
import type { Person } from '../../../electron/practice/person.ts';
import { Player } from '../../../electron/practice/player.ts';
import type { Script } from '../../../electron/practice/script.ts';
import { tone } from '../../../electron/practice/tone.ts';

/** How long a letter takes to say, in milliseconds. */
const LETTER_MS = 60;

/** Two and a half minutes. */
const FRAMES = 150_000 / FRAME_MS;

function playerOf({ voice }: Person, script: Script, onSaid: (text: string) => void): Player {
  const speak = async (text: string): Promise<Int16Array> => tone([400], text.length * LETTER_MS);
  return new Player({ script, voice, speak, onSaid, onPressed: () => {} });
}

it.each(
  customers.flatMap(customer =>
    agents.map(agent => [customer.name, agent.name, customer, agent] as const),
  ),
)('%s and %s talk in turn, for a minute and a half at least', async (_, __, customer, agent) => {
  const said: string[] = [];
  const one = playerOf(customer, customer.whenCalling, () => said.push('customer'));
  const other = playerOf(agent, agent.whenCalled, () => said.push('agent'));
  let [fromOne, fromOther] = [SILENCE, SILENCE];
  let frames = 0;
  let both = 0;
  for (; frames < FRAMES; frames += 1) {
    const next = one.next(fromOther);
    const answer = other.next(fromOne);
    if (next === undefined || answer === undefined) break;
    [fromOne, fromOther] = [next, answer];
    if (next.some(Boolean) && answer.some(Boolean)) both += 1;
    // A sentence is ready when its samples have been made.
    await Promise.resolve();
  }
  expect(frames * FRAME_MS).toBeGreaterThan(90_000);
  expect(both / frames).toBeLessThan(0.03);
  const turns = said.filter((who, index) => index > 0 && who !== said[index - 1]).length;
  expect(turns / said.length).toBeGreaterThan(0.85);
  expect(said[0]).toBe('agent');
});
