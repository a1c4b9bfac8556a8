import { expect, it } from 'vitest';
import { openUpdater } from '../../electron/updates/open-updater.ts';
import { tempFolder } from '../support/temp-folder.ts';

const onInstall = (): void => {};

// With a feed it is opened inside Electron only: the packaged app's tests look, fetch, quit and restart.
it('opens none for a copy that runs from its sources', () => {
  expect(openUpdater({ isPackaged: false, resourcesPath: tempFolder(), onInstall })).toBeNull();
});

it('opens none for a package that knows no feed', () => {
  expect(openUpdater({ isPackaged: true, resourcesPath: tempFolder(), onInstall })).toBeNull();
});
