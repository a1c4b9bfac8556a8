import { expect, it } from 'vitest';
import { replacesItself } from '../../electron/updates/own-package.ts';

const appImage: Parameters<typeof replacesItself>[0] = {
  platform: 'linux',
  isPackaged: true,
  execPath: '/tmp/.mount_earshot/earshot',
  environment: { APPIMAGE: '/home/a/Earshot.AppImage', APPDIR: '/tmp/.mount_earshot' },
  isWritable: () => true,
};

it('lets the apps of macOS and Windows, and an AppImage, replace themselves', () => {
  expect(replacesItself(appImage)).toBe(true);
  for (const platform of ['darwin', 'win32'] as const) {
    expect(replacesItself({ ...appImage, platform, environment: {} })).toBe(true);
  }
});

it('does not replace what a package manager or a person put there', () => {
  expect(replacesItself({ ...appImage, environment: {}, execPath: '/opt/Earshot/earshot' })).toBe(
    false,
  );
});

it('does not replace what runs from its sources', () => {
  expect(replacesItself({ ...appImage, isPackaged: false })).toBe(false);
});

it('does not replace the AppImage of the terminal it was started from', () => {
  expect(replacesItself({ ...appImage, execPath: '/opt/Earshot/earshot' })).toBe(false);
  expect(replacesItself({ ...appImage, execPath: '/tmp/.mount_earshot-other/earshot' })).toBe(
    false,
  );
});

it('does not replace a file this person may not write, or that is not named whole', () => {
  expect(replacesItself({ ...appImage, isWritable: () => false })).toBe(false);
  const environment = { ...appImage.environment, APPIMAGE: 'Earshot.AppImage' };
  expect(replacesItself({ ...appImage, environment })).toBe(false);
});
