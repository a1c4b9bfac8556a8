import { describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { FAINT, LOUD, openAgentDesk, toneOf } from './agent-desk.ts';
import { startAgentServer } from './agent-server.ts';

/** A desk whose call is served by a program of the test's. */
async function servedByTest() {
  const server = await startAgentServer();
  const desk = openAgentDesk(server.url);
  desk.agents.give('a');
  const peer = await server.peer();
  await until(() => desk.status() === 'serving');
  return { ...desk, server, peer };
}

describe('giving a call', () => {
  it('tells the program whose call it is', async () => {
    const { peer } = await servedByTest();
    expect(peer.ofEvent('start')[0]?.start).toMatchObject({
      callSid: 'CAa',
      customParameters: { from: '+14155550111', to: '+14155550100', direction: 'inbound' },
    });
    expect(peer.streamSid).toMatch(/^MZ\w+$/);
  });

  it('twice connects once, and lets one that is silent serve again', async () => {
    const { agents, server, status, pass } = await servedByTest();
    agents.give('a');
    agents.silence('a');
    agents.give('a');
    await pass(200);
    expect([status(), server.peers.length]).toEqual(['serving', 1]);
  });

  it('shuts the microphone, also one held open by its key, until it is opened anew', async () => {
    const { agents, lane, pass, caller, clock } = await servedByTest();
    lane.emit({ event: 'talk-key-changed', held: true });
    const since = clock.now();
    await pass(300, 0, 1000);
    expect(caller.hears(1000, since)).toBe(0);
    agents.silence('a');
    await pass(300, 0, 1000);
    expect(caller.hears(1000, since)).toBe(0);
    lane.emit({ event: 'talk-key-changed', held: false });
    lane.emit({ event: 'talk-key-changed', held: true });
    await pass(300, 0, 1000);
    expect(caller.hears(1000, since)).toBeGreaterThan(LOUD);
  });

  it('ends a hold', async () => {
    const server = await startAgentServer();
    const { agents, lane, live } = openAgentDesk(server.url);
    lane.emit({ event: 'hold-changed', callId: 'a', on: true });
    agents.give('a');
    expect(live()).toMatchObject({ heldAt: null, muted: true });
  });

  it('is refused without a program, with none that can be, and of what is no direct call', () => {
    const none = openAgentDesk(null);
    expect(() => none.agents.give('a')).toThrow('No voice agent is set up.');
    const wrong = openAgentDesk('ws://[');
    expect(() => wrong.agents.give('a')).toThrow('not one that can be connected to');
    expect(wrong.live()).toMatchObject({ agent: null, muted: false });
    expect(() => none.agents.give('b')).toThrow('Only a direct call');
    none.lane.emit({ event: 'call-ended', callId: 'a', reason: 'hung-up-there' });
    expect(() => none.agents.give('a')).toThrow('Only a direct call');
    for (const act of ['serve', 'silence', 'dismiss'] as const) {
      expect(() => wrong.agents[act]('a')).toThrow('No voice agent serves this call.');
    }
    expect(() => wrong.agents.whisper('a', true)).toThrow('No voice agent');
    expect(() => wrong.agents.instruct('a', 'x')).toThrow('No voice agent');
  });
});

describe('an agent that serves', () => {
  it('hears the caller, and the keys the caller presses', async () => {
    const { agents, peer, pass } = await servedByTest();
    await pass(400, 1000);
    agents.press('a', '12');
    await until(() => peer.ofEvent('dtmf').length === 2);
    expect(peer.ofEvent('dtmf').map(({ dtmf }) => dtmf?.digit)).toEqual(['1', '2']);
    expect(peer.ofEvent('media')).toHaveLength(20);
    expect(peer.heard().some(sample => sample > LOUD)).toBe(true);
  });

  it('gets its marks when they were heard, and all at once when it takes its words back', async () => {
    const { peer, pass, caller } = await servedByTest();
    peer.play(toneOf(500, 1000));
    peer.mark('one');
    peer.play(toneOf(500, 60_000));
    peer.mark('two');
    peer.mark('three');
    await pass(960);
    expect(peer.marks()).toEqual([]);
    await pass(200);
    expect(peer.marks()).toEqual(['one']);
    peer.clear();
    await until(() => peer.marks().length === 3);
    expect(peer.marks()).toEqual(['one', 'two', 'three']);
    expect(caller.clears).toHaveLength(1);
    await pass(3000);
    expect(peer.marks()).toHaveLength(3);
  });

  it('is not heard in a hold, does not hear the caller then, and says nothing stale after it', async () => {
    const { peer, pass, lane, caller, clock } = await servedByTest();
    peer.play(toneOf(700, 5000));
    await pass(500);
    lane.emit({ event: 'hold-changed', callId: 'a', on: true });
    const since = clock.now();
    peer.play(toneOf(700, 1000));
    peer.mark('unheard');
    const before = peer.ofEvent('media').length;
    await pass(600, 1000);
    expect(peer.marks()).toEqual([]);
    await pass(600, 1000);
    expect(peer.marks()).toEqual(['unheard']);
    expect(peer.ofEvent('media')).toHaveLength(before);
    lane.emit({ event: 'hold-changed', callId: 'a', on: false });
    await pass(500);
    expect(caller.hears(700, since)).toBeLessThan(FAINT);
    peer.play(toneOf(700, 1000));
    await pass(500);
    expect(caller.hears(700, since)).toBeGreaterThan(LOUD);
  });
});

describe('an agent that is silenced', () => {
  it('is cut off, hears on, and leaves the caller to the person, who opens the microphone', async () => {
    const { agents, peer, pass, lane, caller, clock, status } = await servedByTest();
    peer.play(toneOf(700, 5000));
    await pass(500, 0, 1000);
    expect(caller.hears(1000)).toBe(0);
    const heardBefore = peer.ofEvent('media').length;
    agents.silence('a');
    const since = clock.now();
    peer.play(toneOf(700, 1000));
    await pass(500, 300, 1000);
    expect(caller.hears(700, since)).toBe(0);
    expect(caller.hears(1000, since)).toBe(0);
    expect(peer.ofEvent('media').length).toBe(heardBefore + 25);
    lane.emit({ event: 'mute-changed', callId: 'a', on: false });
    await pass(300, 0, 1000);
    expect(caller.hears(1000, since)).toBeGreaterThan(LOUD);
    agents.serve('a');
    const servedAt = clock.now();
    expect(status()).toBe('serving');
    await pass(300, 0, 1000);
    expect(caller.hears(1000, servedAt)).toBe(0);
    peer.play(toneOf(700, 1000));
    await pass(300);
    expect(caller.hears(700, servedAt)).toBeGreaterThan(LOUD);
  });

  it('stays so when its program comes only then', async () => {
    const server = await startAgentServer();
    const { agents, status, pass, caller } = openAgentDesk(server.url);
    agents.give('a');
    agents.silence('a');
    const peer = await server.peer();
    peer.play(toneOf(700, 1000));
    await pass(400);
    expect([status(), caller.hears(700)]).toEqual(['silent', 0]);
    agents.serve('a');
    expect(status()).toBe('serving');
  });

  it('is not said to serve before its program is there', async () => {
    const server = await startAgentServer();
    const { agents, status } = openAgentDesk(server.url);
    agents.give('a');
    agents.silence('a');
    agents.serve('a');
    expect(status()).toBe('connecting');
    await until(() => status() === 'serving');
  });
});

describe('an agent that is dismissed', () => {
  it('is cut off and hears no more, and the person speaks in a second act', async () => {
    const { agents, peer, pass, caller, clock, agent, live } = await servedByTest();
    peer.play(toneOf(700, 5000));
    await pass(500);
    agents.dismiss('a');
    const since = clock.now();
    expect([agent(), live()?.muted]).toEqual([null, true]);
    await until(() => peer.closeCode === 1000);
    await pass(300, 0, 1000);
    expect([caller.hears(700, since), caller.hears(1000, since)]).toEqual([0, 0]);
    expect(peer.messages.at(-1)?.event).toBe('stop');
  });

  it('is so too when the call becomes one of several', async () => {
    const { lane, peer, agent } = await servedByTest();
    const room = { shape: 'conference', conferenceSid: 'CF1', legs: [], others: [] } as const;
    lane.emit({ event: 'room-changed', callId: 'a', room });
    expect(agent()).toBeNull();
    await until(() => peer.closeCode === 1000);
  });
});

describe('an agent whose program is gone', () => {
  it('is lost, is told as a problem, and is connected anew when it is to serve', async () => {
    const { agents, peer, server, pass, problems, status, live } = await servedByTest();
    peer.play(toneOf(700, 5000));
    await pass(200);
    peer.socket.terminate();
    await until(() => status() === 'lost');
    expect(live()?.muted).toBe(true);
    expect(problems.get('agent-a')).toMatchObject({
      kind: 'agent-unreachable',
      message: expect.stringContaining('hears nobody'),
    });
    agents.serve('a');
    expect(status()).toBe('connecting');
    await server.peer(1);
    await until(() => status() === 'serving');
    expect(problems.get('agent-a')).toBeNull();
  });

  it('while silent leaves the microphone open to the caller', async () => {
    const { agents, peer, lane, pass, problems, status, live, caller, clock } =
      await servedByTest();
    agents.silence('a');
    lane.emit({ event: 'mute-changed', callId: 'a', on: false });
    peer.socket.terminate();
    await until(() => status() === 'lost');
    const since = clock.now();
    await pass(200, 0, 1000);
    expect(live()?.muted).toBe(false);
    expect(caller.hears(1000, since)).toBeGreaterThan(LOUD);
    expect(problems.get('agent-a')?.message).toContain('as before');
  });

  it('or never was there is lost after five seconds, and may be dismissed', async () => {
    const { agents, status, agent, problems } = openAgentDesk('ws://127.0.0.1:1/');
    agents.give('a');
    await until(() => status() === 'lost');
    agents.dismiss('a');
    expect([agent(), problems.get('agent-a')]).toEqual([null, null]);
  });
});

describe('the end of a call', () => {
  it('closes the connection, and leaves nothing behind', async () => {
    const { lane, peer, facts, clock, pass } = await servedByTest();
    peer.play(toneOf(700, 5000));
    await pass(200);
    lane.emit({ event: 'call-ended', callId: 'a', reason: 'hung-up-there' });
    await until(() => peer.closeCode === 1000);
    expect(peer.messages.at(-1)?.event).toBe('stop');
    const told = facts.length;
    peer.play(toneOf(700, 5000));
    clock.advance(20_000);
    expect(facts).toHaveLength(told);
  });

  it('while the program is being connected ends that, without a problem', async () => {
    const server = await startAgentServer();
    const { agents, lane, pass, problems } = openAgentDesk(server.url);
    agents.give('a');
    lane.emit({ event: 'call-ended', callId: 'a', reason: 'hung-up-there' });
    await pass(6000);
    expect(problems.size).toBe(0);
  });
});
