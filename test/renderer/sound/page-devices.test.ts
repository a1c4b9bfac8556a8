import { expect, test } from 'vitest';
import { pageDevices, pickDevice } from '../../../renderer/sound/page-devices.ts';

const output = (deviceId: string, label: string, groupId = deviceId) => ({
  deviceId,
  label,
  groupId,
  kind: 'audiooutput' as const,
});

/** As a computer with Windows lists them. */
const LISTED = [
  output('default', 'Standard - Speakers (Realtek(R) Audio)', 'g1'),
  output('communications', 'Kommunikation - Headset (Jabra Link 380)', 'g2'),
  output('a1', 'Speakers (Realtek(R) Audio)', 'g1'),
  output('b2', 'Headset (Jabra Link 380) (0b0e:24c8)', 'g2'),
  output('c3', 'Headset (Jabra Link 380) (0b0e:24c8)', 'g3'),
  { ...output('m1', 'Microphone Array'), kind: 'audioinput' as const },
];

test('devices are named as the system names them, each once', () => {
  expect(pageDevices(LISTED, 'audiooutput')).toEqual([
    {
      id: 'Window: Speakers (Realtek(R) Audio)',
      name: 'Speakers (Realtek(R) Audio)',
      isDefault: true,
      isBuiltIn: true,
      browserId: 'a1',
    },
    {
      id: 'Window: Headset (Jabra Link 380)',
      name: 'Headset (Jabra Link 380)',
      isDefault: false,
      isBuiltIn: false,
      browserId: 'b2',
    },
    expect.objectContaining({ id: 'Window: Headset (Jabra Link 380) (2)', browserId: 'c3' }),
  ]);
});

test('a default that is no other device is one itself', () => {
  const listed = [output('default', 'Default', 'x'), output('p1', 'plug:default', 'y')];
  expect(
    pageDevices(listed, 'audiooutput').map(({ name, isDefault }) => [name, isDefault]),
  ).toEqual([
    ['Default', true],
    ['plug:default', false],
  ]);
});

test('the default is known by its group where its name is another', () => {
  const listed = [
    output('default', 'Padrão', 'g2'),
    output('a', 'One', 'g1'),
    output('b', 'Two', 'g2'),
  ];
  expect(pageDevices(listed, 'audiooutput').find(({ isDefault }) => isDefault)?.name).toBe('Two');
});

test('the device that was chosen is opened, or else the default', () => {
  const devices = pageDevices(LISTED, 'audiooutput');
  expect(pickDevice(devices, 'Window: Headset (Jabra Link 380)')?.browserId).toBe('b2');
  expect(pickDevice(devices, 'Window: Gone')?.browserId).toBe('a1');
  expect(pickDevice(devices, null)?.browserId).toBe('a1');
  expect(pickDevice([], null)).toBeNull();
});
