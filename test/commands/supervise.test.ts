import { describe, expect, it } from 'vitest';
import { performSupervision } from '../../electron/commands/supervise.ts';
import { commandSchema } from '../../electron/core/commands.ts';
import type { AccountCall } from '../../electron/core/room.ts';
import { conferenceCall, dialledCall, supervisionRig } from '../supervision/supervision-rig.ts';
import { liveCallFacts } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import { until } from '../support/until.ts';

/** A desk that sees two calls of the account. */
function deskOnAccount() {
  const rig = supervisionRig();
  const conference = conferenceCall(rig);
  const dialled = dialledCall(rig);
  rig.lane.emit({ event: 'account-calls-changed', calls: [conference.call, dialled.call] });
  let reads = 0;
  /** What the next reading of the account shows beside them. */
  let hidden: readonly AccountCall[] = [];
  const targets = {
    ...rig,
    readAccount: async () => {
      reads += 1;
      const calls = [...rig.lane.state().accountCalls, ...hidden];
      rig.lane.emit({ event: 'account-calls-changed', calls });
    },
  };
  const run = (input: object) => {
    const command = commandSchema.parse(input);
    if (!isSupervision(command)) throw new Error('not a command of supervision');
    return performSupervision(command, targets);
  };
  const hide = (...calls: readonly AccountCall[]): void => {
    hidden = calls;
  };
  return { rig, conference, dialled, run, hide, reads: () => reads };
}

type SupervisionCommand = Parameters<typeof performSupervision>[0];

function isSupervision(command: { readonly command: string }): command is SupervisionCommand {
  return /^(listen|whisper|barge|take-over|hand-back|leave|make-conference|end-for-all|pick-up|(add|hold|mute|remove)-person|transfer|hand-to-agent)$/.test(
    command.command,
  );
}

describe('a call of this desk with a third person', () => {
  it('ends once when it was handed over, though the others still talk when this desk closes', async () => {
    const desk = await openDesk();
    const [dana, sam] = desk.state().line.directory;
    await desk.run({ command: 'dial', to: dana?.number });
    const { callId } = await desk.event('stream-started');
    const added = await desk.run({ command: 'add-person', callId, to: sam?.number });
    expect(added).toMatchObject({ ok: true });
    const there = () => {
      const [call] = desk.state().calls;
      const legs = call?.status === 'live' ? (call.room?.legs ?? []) : [];
      return legs.filter(({ status }) => status === 'joined').length;
    };
    await until(() => there() === 2);
    const person = desk.state().line.directory[2]?.number;
    expect(await desk.run({ command: 'transfer', callId, to: person, kind: 'cold' })).toMatchObject(
      { ok: true },
    );
    await desk.event('call-ended', { callId });
    await desk.close();
    const ends = desk.events.filter(({ event }) => event === 'call-ended');
    expect(ends).toMatchObject([{ callId, reason: 'transferred' }]);
  });
});

describe('the commands about calls of others', () => {
  it('name a call by any of its legs, and follow it once', async () => {
    const { rig, conference, run } = deskOnAccount();
    const first = await run({ command: 'listen', callSid: conference.agent });
    await rig.pass(200);
    const second = await run({ command: 'listen', callSid: conference.customer });
    expect(first).toEqual({ ok: true, callId: 'call-1' });
    expect(second).toEqual(first);
    expect(rig.lane.state().calls).toHaveLength(1);
  });

  it('read the account before they say that nobody knows of a call, and otherwise not', async () => {
    const { rig, conference, run, hide, reads } = deskOnAccount();
    const late = conferenceCall(rig);
    hide(late.call);
    await run({ command: 'listen', callSid: conference.agent });
    expect(reads()).toBe(0);
    expect(await run({ command: 'barge', callSid: late.agent })).toMatchObject({ ok: true });
    expect(reads()).toBe(1);
    await expect(run({ command: 'listen', callSid: 'CAnobody' })).rejects.toMatchObject({
      problem: { kind: 'no-such-call' },
    });
    expect(reads()).toBe(2);
    await rig.pass(800);
  });

  it('follow a call before they change anything on it', async () => {
    const { rig, conference, run } = deskOnAccount();
    const { customer: callSid, agent } = conference;
    expect(await run({ command: 'barge', callSid })).toEqual({ ok: true, callId: 'call-1' });
    await rig.pass(800);
    expect(rig.told()).toContain('mode-confirmed barge');
    expect(await run({ command: 'whisper', callSid, leg: agent })).toMatchObject({ ok: true });
    await rig.pass(800);
    expect(await run({ command: 'take-over', callId: 'call-1' })).toMatchObject({ ok: true });
    await rig.pass(800);
    await run({ command: 'hand-back', callId: 'call-1' });
    await rig.pass(800);
    expect(rig.told().filter(name => name.startsWith('mode-confirmed'))).toEqual([
      'mode-confirmed barge',
      'mode-confirmed whisper',
      'mode-confirmed takeover',
      'mode-confirmed listen',
    ]);
    await run({ command: 'leave', callId: 'call-1' });
    await rig.pass(2000);
    expect(rig.model.seats()).toEqual([]);
    expect(rig.lane.state().calls).toMatchObject([{ status: 'ended', reason: 'left' }]);
  });

  it('change the people on a call, each told as done once Twilio confirmed it', async () => {
    const { rig, conference, run } = deskOnAccount();
    const { customer: callSid, agent: leg } = conference;
    const done = async (command: object) => {
      const outcome = run(command);
      await rig.pass(400);
      return outcome;
    };
    rig.lane.emit({
      event: 'line-changed',
      line: { ...rig.lane.state().line, number: '+14155550100' },
    });
    const added = await done({ command: 'add-person', callSid, to: '+14155550188' });
    expect(added).toMatchObject({ ok: true, legSid: expect.stringMatching(/^CA/) });
    await done({ command: 'hold-person', callSid, leg, on: true });
    await done({ command: 'hold-person', callSid, leg, on: false });
    await done({ command: 'mute-person', callSid, leg, on: true });
    await done({ command: 'remove-person', callSid, leg });
    await done({ command: 'end-for-all', callSid });
    const acts = rig.events.flatMap(event => (event.event === 'room-acted' ? [event.act] : []));
    expect(acts).toEqual(['added', 'held', 'unheld', 'muted', 'removed', 'ended-for-all']);
    expect([...rig.model.rooms]).toEqual([]);
  });

  it('make a conference of a call that is none', async () => {
    const { rig, dialled, run } = deskOnAccount();
    const made = run({ command: 'make-conference', callSid: dialled.agent });
    await rig.pass(1000);
    expect(await made).toEqual({ ok: true, callId: 'call-1' });
    expect(rig.room('call-1')).toMatchObject({ shape: 'conference' });
  });

  it('are refused for calls that do not exist, are not followed, or wait in no queue', async () => {
    const { conference, run } = deskOnAccount();
    const { customer: callSid } = conference;
    const refusedWith = (kind: string) => ({ problem: { kind } });
    await expect(run({ command: 'listen', callSid: 'CAnobody' })).rejects.toMatchObject(
      refusedWith('no-such-call'),
    );
    for (const command of ['leave', 'hand-back', 'pick-up', 'hand-to-agent']) {
      await expect(run({ command, callSid })).rejects.toMatchObject(
        refusedWith('wrong-call-state'),
      );
    }
  });

  it('put nobody on hold for a call that does not come', async () => {
    const { rig, dialled, run } = deskOnAccount();
    for (const fact of liveCallFacts('a')) rig.lane.emit(fact);
    const waiting = { queue: 'Support', since: 0 };
    const call = { ...dialled.call, shape: 'queued', status: 'waiting', waiting } as const;
    rig.lane.emit({ event: 'account-calls-changed', calls: [call] });
    const picked = run({ command: 'pick-up', callSid: call.sid });
    picked.catch(() => {});
    expect(rig.lane.state().calls[0]).toMatchObject({ heldAt: expect.any(Number) });
    await rig.pass(200);
    await expect(picked).rejects.toMatchObject({ problem: { kind: 'call-over' } });
    expect(rig.lane.state().calls[0]).toMatchObject({ heldAt: null });
  });
});
