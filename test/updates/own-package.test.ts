import { expect, it } from 'vitest';
import { isSignedPackage, replacesItself } from '../../electron/updates/own-package.ts';

const appImage: Parameters<typeof replacesItself>[0] = {
  platform: 'linux',
  isPackaged: true,
  isSigned: false,
  execPath: '/tmp/.mount_earshot/earshot',
  environment: { APPIMAGE: '/home/a/Earshot.AppImage', APPDIR: '/tmp/.mount_earshot' },
  isWritable: () => true,
};

it('lets the apps of macOS and Windows, and an AppImage, replace themselves', () => {
  expect(replacesItself(appImage)).toBe(true);
  const other = { ...appImage, environment: {} };
  expect(replacesItself({ ...other, platform: 'win32' })).toBe(true);
  expect(replacesItself({ ...other, platform: 'darwin', isSigned: true })).toBe(true);
});

it('leaves an app of macOS that nobody signed to the person: the system replaces signed ones only', () => {
  expect(replacesItself({ ...appImage, platform: 'darwin', environment: {} })).toBe(false);
});

it('takes a package for signed when its own package.json says so', () => {
  expect(isSignedPackage('{"name":"earshot","signed":true}')).toBe(true);
  for (const other of ['{"signed":false}', '{"signed":"true"}', '{}', 'null', '{', null]) {
    expect(isSignedPackage(other)).toBe(false);
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
