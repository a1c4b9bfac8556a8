import { expect, test } from 'vitest';
import { matchDevice } from '../../electron/audio/same-device.ts';

const named = (id: string, name: string) => ({ id, name, isDefault: false, isBuiltIn: false });

test.each([
  ['WASAPI: Headset (Jabra Link 380)', 'Window: Headset (Jabra Link 380) (0b0e:24c8)'],
  ['Core Audio: MacBook Pro Microphone', 'Window: MacBook Pro Microphone (Built-in)'],
  ['Window: Headset (Jabra Link 380)', 'MME: Headset (Jabra Link 380)'],
  // The oldest interface of Windows cuts names off after 31 letters.
  ['MME: Speakers (Realtek High Definiti', 'WASAPI: Speakers (Realtek High Definition Audio)'],
])('%s is found again as %s', (chosen, id) => {
  const devices = [named('x: Other', 'Other'), named(id, id.slice(id.indexOf(': ') + 2))];
  expect(matchDevice(devices, chosen)?.id).toBe(id);
});

test('another device of the same host is another device, however alike their names', () => {
  const long = 'Speakers (Realtek High Definition Audio)';
  expect(matchDevice([named(`MME: ${long} (2)`, `${long} (2)`)], `MME: ${long}`)).toBeNull();
});

test('its own id comes first, and what is not there is not replaced by another', () => {
  const devices = [named('Window: Speaker', 'Speaker'), named('ALSA: Speaker', 'Speaker')];
  expect(matchDevice(devices, 'ALSA: Speaker')?.id).toBe('ALSA: Speaker');
  expect(matchDevice(devices, 'ALSA: Speaker 2')).toBeNull();
  expect(matchDevice(devices, null)).toBeNull();
});
