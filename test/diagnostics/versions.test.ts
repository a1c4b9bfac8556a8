import { hostname, userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { versionsHere } from '../../electron/diagnostics/versions.ts';

test('Versions and the kind of system are told, and nothing that names the computer or its user', () => {
  const told = versionsHere('1.2.3');
  expect(told).toMatchObject({ earshot: '1.2.3', node: process.versions.node, electron: null });
  expect(told.system).toMatch(/^\d+(\.\d+)*$/);
  expect(JSON.stringify(told)).not.toContain(hostname());
  expect(Object.values(told)).not.toContain(userInfo().username);
});
