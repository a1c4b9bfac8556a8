import { describe, expect, it } from 'vitest';
import type { DeviceReport, DeviceRequest } from '../../electron/audio/device-messages.ts';
import { createSoundCard, type LaunchDeviceProcess } from '../../electron/audio/sound-card.ts';
import { SILENCE } from '../../electron/core/audio/frame.ts';
import type { SoundState } from '../../electron/core/sound.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';

describe('the sound card with a process that misbehaves', () => {
  type Peer = {
    report: (report: DeviceReport) => void;
    exit: () => void;
    requests: DeviceRequest[];
  };

  function cardWith(clock = fakeClock()) {
    const peers: Peer[] = [];
    const states: SoundState[] = [];
    const launch: LaunchDeviceProcess = ({ onReport, onExit }) => {
      const peer: Peer = { report: onReport, exit: onExit, requests: [] };
      peers.push(peer);
      return { send: request => peer.requests.push(request), kill: onExit };
    };
    const card = createSoundCard({
      clock,
      log: quietLog,
      launch,
      nextFrame: () => SILENCE,
      onCaptured: () => {},
      onState: state => states.push(state),
    });
    return { card, clock, peers, states };
  }

  const speaker = { id: 's', name: 'Speaker', isDefault: true };
  const microphone = { id: 'm', name: 'Microphone', isDefault: true };

  it('ends one that does not answer and starts another, more slowly each time', () => {
    const { card, clock, peers } = cardWith();
    clock.advance(6500);
    expect(peers).toHaveLength(2);
    clock.advance(6000);
    expect(peers).toHaveLength(2);
    clock.advance(1500);
    expect(peers).toHaveLength(3);
    card.close();
    expect(clock.timers()).toBe(0);
  });

  it('shows a missing device with a remedy, and looks for one again', () => {
    const { card, clock, peers, states } = cardWith();
    peers[0]?.report({ kind: 'devices', inputs: [], outputs: [] });
    expect(states.at(-1)?.output).toMatchObject({
      status: 'failed',
      problem: { kind: 'sound-missing', remedy: expect.stringContaining('Connect') },
    });
    for (let i = 0; i < 6; i += 1) {
      clock.advance(1000);
      peers[0]?.report({ kind: 'pong' });
    }
    expect(peers[0]?.requests.filter(({ kind }) => kind === 'list').length).toBeGreaterThan(1);
    peers[0]?.report({ kind: 'devices', inputs: [microphone], outputs: [speaker] });
    expect(states.at(-1)?.output).toEqual({ status: 'ready', device: speaker });
    card.close();
  });

  it('opens nothing while there is no device, and says so once', () => {
    const { card, clock, peers, states } = cardWith();
    peers[0]?.report({ kind: 'devices', inputs: [], outputs: [] });
    card.want(true);
    const told = states.length;
    for (let i = 0; i < 20; i += 1) {
      clock.advance(1000);
      peers[0]?.report({ kind: 'pong' });
      peers[0]?.report({ kind: 'devices', inputs: [], outputs: [] });
    }
    expect(states).toHaveLength(told);
    expect(peers[0]?.requests.some(({ kind }) => kind === 'open')).toBe(false);
    peers[0]?.report({ kind: 'devices', inputs: [microphone], outputs: [speaker] });
    expect(peers[0]?.requests.at(-1)?.kind).toBe('open');
    card.close();
  });

  it('shows a busy microphone while the speaker works', () => {
    const { card, peers, states } = cardWith();
    peers[0]?.report({ kind: 'devices', inputs: [microphone], outputs: [speaker] });
    card.want(true);
    peers[0]?.report({ kind: 'opened', side: 'output', device: speaker });
    peers[0]?.report({ kind: 'failed', side: 'input', fault: 'busy', detail: 'in use' });
    expect(states.at(-1)).toMatchObject({
      output: { status: 'open' },
      input: { status: 'failed', problem: { kind: 'sound-busy' } },
    });
    card.close();
  });

  it('leaves a hung card by ending its process, and opens it again', () => {
    const { card, clock, peers, states } = cardWith();
    card.want(true);
    peers[0]?.report({ kind: 'failed', side: 'output', fault: 'hung', detail: 'no sign of life' });
    expect(states.some(({ output }) => output.status === 'failed')).toBe(true);
    clock.advance(300);
    expect(peers).toHaveLength(2);
    peers[1]?.report({ kind: 'devices', inputs: [microphone], outputs: [speaker] });
    expect(peers[1]?.requests.map(({ kind }) => kind)).toContain('open');
    card.close();
  });

  it('opens the device that was chosen, at once when it is already open', () => {
    const { card, peers } = cardWith();
    peers[0]?.report({ kind: 'devices', inputs: [microphone], outputs: [speaker] });
    card.want(true);
    card.choose({ inputId: null, outputId: 'other' });
    expect(peers[0]?.requests.at(-1)).toEqual({ kind: 'open', inputId: null, outputId: 'other' });
    card.close();
  });
});
