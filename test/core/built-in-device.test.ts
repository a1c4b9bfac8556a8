import { describe, expect, it } from 'vitest';
import { isBuiltIn } from '../../electron/core/built-in-device.ts';

describe('what is part of the computer', () => {
  it.each([
    'MacBook Pro Microphone',
    'MacBook Air Speakers',
    'iMac Microphone',
    'Mac mini Speakers',
    'Built-in Output',
    'Built-in Microphone',
    'Realtek(R) Audio',
    'Speakers (Realtek(R) Audio)',
    'Microphone (Realtek High Definition Audio)',
    'Microphone Array (Intel® Smart Sound Technology for Digital Microphones)',
    'Speakers (High Definition Audio Device)',
    'HDA Intel PCH: ALC257 Analog (hw:0,0)',
    'sof-hda-dsp: - (hw:0,6)',
    'Built-in Audio Analog Stereo',
  ])('"%s" is', name => expect(isBuiltIn(name)).toBe(true));

  it.each([
    'Headset (Jabra Engage 75)',
    'Jabra Evolve2 65: USB Audio (hw:2,0)',
    'Headphones (Realtek(R) Audio)',
    'Headset Microphone (Realtek(R) Audio)',
    'Sam’s AirPods Pro',
    'External Headphones',
    'Plantronics Blackwire 5220',
    'USB PnP Sound Device: Audio (hw:1,0)',
    'WH-1000XM4 Hands-Free AG Audio',
    'HDA Intel PCH: HDMI 0 (hw:0,3)',
    'HDA NVidia: HDMI 0 (hw:1,3)',
    'Logitech Webcam C930e',
    'LG ULTRAFINE (NVIDIA High Definition Audio)',
    'CABLE Output (VB-Audio Virtual Cable)',
    'default',
    'pulse',
    '',
  ])('"%s" is not', name => expect(isBuiltIn(name)).toBe(false));
});
