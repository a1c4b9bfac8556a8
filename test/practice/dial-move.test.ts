import { describe, expect, it } from 'vitest';
import { fastClock } from './fast-clock.ts';
import { bestShareOf, ends, eventually, openLine, response } from './fixture.ts';
import { testPerson } from './people.ts';

const AGENT = '+14155550122';
const ROOM = response(
  '<Dial><Conference beep="false" endConferenceOnExit="true">room</Conference></Dial>',
);

const hums = (number: string, hz: number) =>
  testPerson({
    number,
    script: [{ do: 'repeat', times: 3600, steps: [{ do: 'tone', hz, ms: 1000 }] }],
  });

const PEOPLE = [hums('+14155550121', 600), hums(AGENT, 900)];

/** Two people who talk through a Dial with an action. */
async function twoLegs(speed = 15) {
  const line = await openLine(PEOPLE, fastClock(speed));
  const action = line.app.on('/action', response('<Pause length="600"/>'));
  const { sid } = await line.call(`<Dial action="${action}">${AGENT}</Dial>`);
  const child = await eventually(async () => {
    const [found] = await line.client.calls.list({ parentCallSid: sid });
    expect(found?.status).toBe('in-progress');
    return found?.sid ?? '';
  });
  await eventually(() =>
    expect(bestShareOf(900, line.line.heardBy(sid) ?? new Int16Array())).toBeGreaterThan(0.7),
  );
  return { ...line, parent: sid, child };
}

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('the two calls of a Dial', { retry: 2 }, () => {
  it('become a conference when the child is sent there first', async () => {
    // Slower, so that the second request comes before the Dial has noticed the first.
    const line = await twoLegs(2);
    const { client, parent, child } = line;
    await client.calls(child).update({ twiml: ROOM });
    await client.calls(parent).update({ twiml: ROOM });
    await eventually(async () => {
      const [room] = await client.conferences.list({ status: 'in-progress' });
      const inside = await client.conferences(room?.sid ?? '').participants.list();
      expect(inside.map(({ callSid }) => callSid).sort()).toEqual([parent, child].sort());
    });
    expect(line.app.requests('/action')).toEqual([]);
    const length = line.line.heardBy(child)?.length ?? 0;
    await eventually(() => {
      const heard = (line.line.heardBy(child) ?? new Int16Array()).subarray(length);
      expect(bestShareOf(600, heard)).toBeGreaterThan(0.7);
    });
    line.line.farHangUp(child);
    await ends(line, parent, 'completed');
  });

  it('part when only the child goes: the Dial is over, and the parent goes on', async () => {
    const line = await twoLegs();
    const action = line.app.on('/child', response('<Pause length="600"/>'));
    await line.client.calls(line.child).update({ url: action });
    await eventually(() => expect(line.app.requests('/action')).toHaveLength(1));
    expect(line.app.requests('/action')[0]?.params).toMatchObject({
      DialCallSid: line.child,
      DialCallStatus: 'completed',
      DialBridged: 'true',
    });
    expect(line.app.requests('/child')).toMatchObject([{ params: { CallSid: line.child } }]);
    expect(await line.status(line.parent)).toBe('in-progress');
    expect(await line.status(line.child)).toBe('in-progress');
  });

  it('lose the child when the parent goes first', async () => {
    const line = await twoLegs();
    await line.client.calls(line.parent).update({ twiml: ROOM });
    await ends(line, line.child, 'completed');
    await expect(line.client.calls(line.child).update({ twiml: ROOM })).rejects.toMatchObject({
      code: 21220,
    });
    expect(await line.status(line.parent)).toBe('in-progress');
    expect(line.app.requests('/action')).toEqual([]);
  });
});
