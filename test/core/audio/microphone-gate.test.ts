import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../../electron/core/audio/frame.ts';
import { MicrophoneGate } from '../../../electron/core/audio/microphone-gate.ts';

const voice = new Int16Array(FRAME_SAMPLES).fill(8000);

describe('the microphone gate', () => {
  it('is shut at first and lets nothing out', () => {
    expect(new MicrophoneGate().pass(voice)).toBeNull();
  });

  it('fades in over 10 ms when it opens, then lets frames out as they are', () => {
    const gate = new MicrophoneGate();
    gate.open = true;
    const first = gate.pass(voice);
    expect(first?.[0]).toBe(0);
    expect(first?.[40]).toBe(4000);
    expect(first?.[80]).toBe(8000);
    expect(gate.pass(voice)).toBe(voice);
  });

  it('lets not one sample out after it was shut', () => {
    const gate = new MicrophoneGate();
    gate.open = true;
    gate.pass(voice);
    gate.open = false;
    expect(gate.pass(voice)).toBeNull();
  });

  it('does not fade in again when it is opened while open', () => {
    const gate = new MicrophoneGate();
    gate.open = true;
    gate.pass(voice);
    gate.open = true;
    expect(gate.pass(voice)).toBe(voice);
  });
});
