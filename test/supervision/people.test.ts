import { describe, expect, it } from 'vitest';
import type { Mode } from '../../electron/core/room.ts';
import { conferenceCall, supervisionRig } from './supervision-rig.ts';

/** A desk in a mode, its microphone open. */
async function speaking(mode: Mode) {
  const rig = supervisionRig();
  const line = { ...rig.lane.state().line, number: '+14155550100' };
  rig.lane.emit({ event: 'line-changed', line });
  const people = conferenceCall(rig);
  const callId = rig.supervision.listen(people.call);
  await rig.pass(200);
  await rig.supervision.mode(callId, mode);
  await rig.pass(600);
  rig.unmute(callId);
  await rig.pass(100);
  const since = rig.events.length;
  return { rig, callId, ...people, told: () => rig.told().slice(since) };
}

/** What was told, as often as it was, of modes and problems. */
function fuss(told: readonly string[]): string[] {
  return told.filter(name => /^(mode|problem-raised)/.test(name));
}

describe('a call that is ended for all', () => {
  it.each(['whisper', 'barge', 'takeover'] as const)(
    'from a %s ends without a word of modes or problems that nobody asked for',
    async mode => {
      const { rig, callId, told } = await speaking(mode);
      const ended = rig.supervision.endForAll(callId);
      await rig.pass(3000);
      await ended;
      expect(fuss(told())).toEqual([]);
      expect(rig.lane.state().calls).toMatchObject([{ status: 'ended', reason: 'hung-up-here' }]);
      expect(rig.model.legs.size).toBe(0);
      expect(rig.leaks).toEqual([]);
    },
  );

  it('does not say of somebody who still rings that they did not answer', async () => {
    const { rig, callId, told } = await speaking('barge');
    rig.model.answers = false;
    const added = rig.supervision.addPerson(callId, '+14155550188');
    await rig.pass(200);
    await added;
    const ended = rig.supervision.endForAll(callId);
    await rig.pass(3000);
    await ended;
    expect(fuss(told())).toEqual([]);
  });

  it('goes back to only listening, told once, when the one whispered to went and the customer could not be ended', async () => {
    const { rig, callId, customer, told } = await speaking('whisper');
    const line = rig.model.line;
    const remove = line.remove;
    const stays = async () => Promise.reject(new Error('not now'));
    Object.assign(line, {
      remove: (room: string, sid: string) => (sid === customer ? stays() : remove(room, sid)),
    });
    const ended = rig.supervision.endForAll(callId);
    ended.catch(() => {});
    await rig.pass(3000);
    await expect(ended).rejects.toMatchObject({ problem: { kind: 'refused-by-twilio' } });
    expect(told().filter(name => name === 'mode-refused whisper')).toHaveLength(1);
    expect(rig.room(callId)).toMatchObject({ seat: { confirmed: { muted: true } } });
    expect(rig.leaks).toEqual([]);
  });
});

describe('what was said before', () => {
  it('never comes to whoever is taken off hold, however often that is tried', async () => {
    const { rig, callId, agent } = await speaking('barge');
    const held = rig.supervision.holdPerson(callId, agent, true);
    await rig.pass(500);
    await held;
    // Nor is it known any more whether the seat is open.
    Object.assign(rig.weather, {
      standMs: 60_000,
      fault: (request: string) => (request === 'participants' ? 'not-sent' : null),
    });
    for (let tries = 0; tries < 3; tries += 1) {
      const unheld = rig.supervision.holdPerson(callId, agent, false);
      unheld.catch(() => {});
      await rig.pass(3500);
      await expect(unheld).rejects.toMatchObject({
        problem: {
          kind: 'not-confirmed',
          message: expect.stringMatching(/on its way after 3 s\. Nothing was changed for /),
        },
      });
      expect(rig.room(callId)?.legs.find(({ sid }) => sid === agent)?.held).toBe(true);
    }
    Object.assign(rig.weather, { standMs: 0, fault: () => null });
    const unheld = rig.supervision.holdPerson(callId, agent, false);
    await rig.pass(500);
    await unheld;
    expect(rig.room(callId)?.legs.find(({ sid }) => sid === agent)?.held).toBe(false);
    expect(rig.leaks).toEqual([]);
  });

  it('in a whisper is not heard by who is ended last', async () => {
    const { rig, callId } = await speaking('whisper');
    Object.assign(rig.weather, { standMs: 900, delayMs: () => 200 });
    const ended = rig.supervision.endForAll(callId);
    await rig.pass(5000);
    await ended;
    expect(rig.model.legs.size).toBe(0);
    expect(rig.leaks).toEqual([]);
  });

  it('in a whisper is not heard by a customer who could not be ended either', async () => {
    const { rig, callId, customer } = await speaking('whisper');
    const { line } = rig.model;
    const { remove } = line;
    Object.assign(rig.weather, { standMs: 900, delayMs: () => 200 });
    Object.assign(line, {
      remove: (room: string, sid: string) =>
        sid === customer ? Promise.reject(new Error('not now')) : remove(room, sid),
    });
    const ended = rig.supervision.endForAll(callId);
    ended.catch(() => {});
    await rig.pass(5000);
    await expect(ended).rejects.toMatchObject({ problem: { kind: 'refused-by-twilio' } });
    expect(rig.leaks).toEqual([]);
  });
});

describe('whoever is whispered to and put on hold', () => {
  it('ends the whisper once, and says once why', async () => {
    const { rig, callId, agent, told } = await speaking('whisper');
    const held = rig.supervision.holdPerson(callId, agent, true);
    await rig.pass(3000);
    await held;
    expect(fuss(told())).toEqual([
      'mode-refused whisper',
      'problem-raised',
      'mode-requested listen',
      'mode-confirmed listen',
    ]);
    expect(rig.room(callId)).toMatchObject({
      seat: { confirmed: { muted: true, coaching: null } },
    });
    expect(rig.leaks).toEqual([]);
  });
});

describe('somebody who is brought in', () => {
  it('is called by the name that is known of them, or the one in their address', async () => {
    const { rig, callId } = await speaking('barge');
    for (const to of ['+14155550144', 'client:maria', '+14155550199']) {
      const added = rig.supervision.addPerson(callId, to);
      await rig.pass(300);
      await added;
    }
    const whom = rig.events.flatMap(event =>
      event.event === 'room-acted' && event.act === 'added' ? event.whom : [],
    );
    const parties = [
      { number: '+14155550144', name: 'Eva Lind' },
      { number: 'client:maria', name: 'maria' },
      { number: '+14155550199', name: null },
    ];
    expect(whom).toEqual(parties);
    expect(
      rig
        .room(callId)
        ?.legs.slice(2)
        .map(leg => leg.party),
    ).toEqual(parties);
    expect(
      rig
        .room(callId)
        ?.met.slice(2)
        .map(leg => leg.party),
    ).toEqual(parties);
  });

  it('keeps the name when the call is handed to them', async () => {
    const { rig, callId } = await speaking('barge');
    const handed = rig.supervision.transfer(callId, '+14155550144', 'cold');
    await rig.pass(500);
    await handed;
    const acted = rig.events.filter(event => event.event === 'room-acted').at(-1);
    expect(acted).toMatchObject({
      act: 'transferred',
      whom: [{ number: '+14155550144', name: 'Eva Lind' }],
    });
  });
});
