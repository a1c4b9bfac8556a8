import { describe, expect, it } from 'vitest';
import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { amplitudeAt, joinFrames } from '../support/tones.ts';
import { until } from '../support/until.ts';
import { LOUD, openAgentDesk } from './agent-desk.ts';
import { type AgentServer, startAgentServer } from './agent-server.ts';

/** A desk whose call is served by a program that takes these things. */
async function served(...accepts: string[]) {
  const server = await startAgentServer();
  const desk = openAgentDesk(server.url);
  desk.agents.give('a');
  const peer = await server.peer();
  await until(() => desk.status() === 'serving');
  peer.send({ event: 'accepts', accepts });
  peer.mark('read');
  await until(() => peer.marks().length === 1);
  return { ...desk, server, peer };
}

/** How loud a tone is in what a program got on one track. */
function onTrack(peer: AgentServer['peers'][number], track: string, hz: number): number {
  const frames = peer
    .ofEvent('media')
    .filter(({ media }) => media?.track === track)
    .map(({ media }) => decodeMulaw(Buffer.from(media?.payload ?? '', 'base64')));
  return amplitudeAt(joinFrames(frames), hz);
}

describe('a text for a voice agent', () => {
  it('reaches its program and is told as a fact, and nothing of it the caller', async () => {
    const { agents, peer, facts, caller, pass } = await served('instruction');
    agents.instruct('a', 'Offer her the window table.');
    await until(() => peer.ofEvent('instruction').length === 1);
    expect(peer.messages.at(-1)).toMatchObject({
      event: 'instruction',
      instruction: { text: 'Offer her the window table.' },
    });
    expect(facts).toContain('agent-told');
    await pass(500);
    expect(caller.heard).toEqual([]);
  });

  it('is refused when the program takes none, which goes on serving', async () => {
    const { agents, peer, facts, status } = await served('whisper');
    expect(() => agents.instruct('a', 'x')).toThrow('takes no words');
    expect(facts).not.toContain('agent-told');
    expect([status(), peer.ofEvent('instruction')]).toEqual(['serving', []]);
  });
});

describe('a voice for a voice agent', () => {
  it('reaches its program beside the caller, in a second act, and never the caller', async () => {
    const { agents, peer, lane, pass, caller, agent } = await served('whisper');
    agents.whisper('a', true);
    expect(agent()).toMatchObject({ status: 'serving', whispered: true });
    await pass(200, 300, 1000);
    expect(peer.ofEvent('media').some(({ media }) => media?.track === 'whisper')).toBe(false);
    lane.emit({ event: 'mute-changed', callId: 'a', on: false });
    await pass(1000, 300, 1000);
    expect(lane.state().reach).toBe('a');
    expect(onTrack(peer, 'whisper', 1000)).toBeGreaterThan(LOUD);
    expect(onTrack(peer, 'inbound', 1000)).toBeLessThan(50);
    expect(onTrack(peer, 'inbound', 300)).toBeGreaterThan(LOUD);
    agents.whisper('a', false);
    await pass(300, 300, 1000);
    expect(caller.heard).toEqual([]);
    expect(lane.state().reach).toBeNull();
  });

  it('brings the microphone along from another call', async () => {
    const { agents, lane } = await served('whisper');
    lane.emit({ event: 'microphone-moved', callId: null });
    agents.whisper('a', true);
    expect(lane.state().microphone).toBe('a');
  });

  it('is refused when the program does not take it, and while the person speaks in its place', async () => {
    const { agents, live } = await served('instruction');
    expect(() => agents.whisper('a', true)).toThrow('hears nobody but the caller');
    expect(live()?.agent?.whispered).toBe(false);
    const other = await served('whisper');
    other.agents.silence('a');
    expect(() => other.agents.whisper('a', true)).toThrow('in the agent’s place');
  });

  it.each(['an open microphone', 'a held key'])(
    'does not fall through to the caller when the program is lost, with %s',
    async how => {
      const { agents, peer, lane, pass, caller, status } = await served('whisper');
      agents.whisper('a', true);
      lane.emit(
        how === 'a held key'
          ? { event: 'talk-key-changed', held: true }
          : { event: 'mute-changed', callId: 'a', on: false },
      );
      await pass(300, 0, 1000);
      expect(onTrack(peer, 'whisper', 1000)).toBeGreaterThan(LOUD);
      peer.socket.terminate();
      await pass(20, 0, 1000);
      await until(() => status() === 'lost');
      await pass(500, 0, 1000);
      expect(caller.heard).toEqual([]);
    },
  );

  it.each(['silence', 'dismiss', 'serve'] as const)(
    'does not fall through to the caller with a held key when the agent is told to %s',
    async act => {
      const { agents, lane, pass, caller } = await served('whisper');
      agents.whisper('a', true);
      lane.emit({ event: 'talk-key-changed', held: true });
      await pass(300, 0, 1000);
      agents[act]('a');
      await pass(500, 0, 1000);
      expect(caller.heard).toEqual([]);
      expect(lane.state().reach).toBeNull();
    },
  );
});
