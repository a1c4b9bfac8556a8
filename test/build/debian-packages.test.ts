import { describe, expect, it } from 'vitest';
import { installCommand, notInstalled, offeredNames } from '../../build/debian-packages.mjs';

const POLICY = `libgtk-3-0:
  Installed: (none)
  Candidate: (none)
  Version table:
libgtk-3-0t64:
  Installed: (none)
  Candidate: 3.24.49-3
  Version table:
     3.24.49-3 500
libnss3:
  Installed: (none)
  Candidate: 2:3.110-1
  Version table:
`;

describe('the Debian packages', () => {
  it('are missing when they are not there, or only their settings are left', () => {
    const dpkg = 'installed make\nconfig-files xvfb\ndpkg-query: no packages found matching g++\n';
    expect(notInstalled(['make', 'xvfb', 'g++'], dpkg)).toEqual(['xvfb', 'g++']);
  });

  it('count as installed under the newer name with t64 too', () => {
    expect(notInstalled(['libgtk-3-0'], 'installed libgtk-3-0t64\n')).toEqual([]);
  });

  it('are asked for by the name this release offers', () => {
    expect(offeredNames(['libgtk-3-0', 'libnss3'], POLICY)).toEqual(['libgtk-3-0t64', 'libnss3']);
  });

  it('are named in a command that can be typed as it is', () => {
    expect(installCommand(['xvfb', 'make'], true)).toBe('sudo apt-get install -y xvfb make');
    expect(installCommand(['xvfb'], false)).toBe('apt-get install -y xvfb');
  });
});
