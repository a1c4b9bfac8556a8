import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { desktopText, writeDebianPackage } from '../../build/package/debian-package.mjs';
import { writeTarArchive } from '../../build/package/tar-archive.mjs';
import { tempFolder } from '../support/temp-folder.ts';
import { elf } from './elf.ts';

type Member = { readonly mode: string; readonly owner: string; readonly text: string };

const MANIFEST = {
  name: 'earshot',
  version: '1.2.0-beta.3',
  description: 'Calls.',
  author: 'The Earshot authors',
};

/** A folder that looks like an unpacked app. */
async function fakeApp(): Promise<{ app: string; icons: string; out: string }> {
  const folder = tempFolder();
  const app = join(folder, 'app');
  const icons = join(folder, 'icons');
  await mkdir(join(app, 'resources'), { recursive: true });
  await mkdir(icons);
  await writeFile(join(icons, '16x16.png'), 'icon');
  await writeFile(join(app, 'earshot'), 'program');
  await writeFile(join(app, 'chrome-sandbox'), 'sandbox');
  await writeFile(join(app, 'resources', 'app.asar'), 'archive');
  await writeFile(join(app, 'resources', 'x.node'), elf({ versions: ['GLIBC_2.32'] }));
  await symlink('earshot', join(app, 'also-earshot'));
  await chmod(join(app, 'earshot'), 0o700);
  await chmod(join(app, 'chrome-sandbox'), 0o755);
  await chmod(join(app, 'resources', 'app.asar'), 0o600);
  return { app, icons, out: join(folder, 'made') };
}

/** Reads an `ar` archive. */
async function arMembers(path: string): Promise<[name: string, content: Buffer][]> {
  const file = await readFile(path);
  expect(file.toString('latin1', 0, 8)).toBe('!<arch>\n');
  const members: [string, Buffer][] = [];
  for (let at = 8; at < file.length; ) {
    const size = Number(file.toString('latin1', at + 48, at + 58));
    expect(file.toString('latin1', at + 58, at + 60)).toBe('`\n');
    members.push([
      file.toString('latin1', at, at + 16).trim(),
      file.subarray(at + 60, at + 60 + size),
    ]);
    at += 60 + size + (size % 2);
  }
  return members;
}

/** Reads a tar.gz: what is in it, by name, in order. */
async function tarMembers(archive: Buffer): Promise<Map<string, Member>> {
  const members = new Map<string, Member>();
  const reader = extract();
  reader.end(gunzipSync(archive));
  for await (const entry of reader) {
    const content = await text(entry);
    const { name, mode, uid, gid, linkname } = entry.header;
    members.set(name, {
      mode: (mode ?? 0).toString(8),
      owner: `${uid}:${gid}`,
      text: linkname ? `→ ${linkname}` : content,
    });
  }
  return members;
}

async function debianMembers(): Promise<{
  names: string[];
  control: string;
  data: Map<string, Member>;
}> {
  const { app, icons, out } = await fakeApp();
  await writeDebianPackage(out, {
    app,
    icons,
    manifest: MANIFEST,
    licence: 'MIT',
    arch: 'x64',
    level: 1,
    mtime: new Date(0),
  });
  const members = await arMembers(out);
  const find = (name: string) => members.find(([one]) => one === name)?.[1] ?? Buffer.alloc(0);
  const control = (await tarMembers(find('control.tar.gz'))).get('./control')?.text ?? '';
  return {
    names: members.map(([name]) => name),
    control,
    data: await tarMembers(find('data.tar.gz')),
  };
}

/** Made on Linux, and on systems whose files have such permissions. */
const hasPermissions = process.platform !== 'win32';

describe.runIf(hasPermissions)('the Debian package', () => {
  it('is made of the three members that Debian wants, in their order', async () => {
    expect((await debianMembers()).names).toEqual([
      'debian-binary',
      'control.tar.gz',
      'data.tar.gz',
    ]);
  });

  it('says what it is, with a beta before what it becomes, and what it needs', async () => {
    const { control } = await debianMembers();
    expect(control).toContain('Package: earshot\nVersion: 1.2.0~beta.3\nArchitecture: amd64\n');
    expect(control).toMatch(
      /^Depends: libc6 \(>= 2\.32\), libstdc\+\+6, .*libgtk-3-0 \| libgtk-3-0t64.*libasound2 \| libasound2t64/m,
    );
    expect(control).toMatch(/^Installed-Size: 2$/m);
    expect(control).toMatch(/\n$/);
  });

  it('puts the app in its own folder, owned by root, with plain permissions', async () => {
    const { data } = await debianMembers();
    expect(data.get('./opt/Earshot/earshot')).toEqual({
      mode: '755',
      owner: '0:0',
      text: 'program',
    });
    expect(data.get('./opt/Earshot/resources/app.asar')?.mode).toBe('644');
    expect(data.get('./opt/Earshot/also-earshot')?.text).toBe('→ earshot');
    expect(data.get('./usr/bin/earshot')?.text).toBe('→ /opt/Earshot/earshot');
    expect(data.get('./usr/share/icons/hicolor/16x16/apps/earshot.png')?.text).toBe('icon');
    expect(new Set([...data.values()].map(({ owner }) => owner))).toEqual(new Set(['0:0']));
  });

  it('gives the sandbox helper the right to start as root, and nothing else', async () => {
    const { data } = await debianMembers();
    expect(data.get('./opt/Earshot/chrome-sandbox')?.mode).toBe('4755');
    const special = [...data.values()].filter(({ mode }) => mode.length > 3);
    expect(special).toHaveLength(1);
  });

  it('names every folder before what is in it, once', async () => {
    const names = [...(await debianMembers()).data.keys()].map(name => name.replace(/\/$/, ''));
    expect(new Set(names).size).toBe(names.length);
    for (const [i, name] of names.entries()) {
      const parent = name.slice(0, name.lastIndexOf('/'));
      if (parent !== '.') expect(names.indexOf(parent), name).toBeLessThan(i);
    }
    expect(names[0]).not.toContain('earshot');
  });

  it('offers Earshot in the menu and for telephone links', () => {
    const entry = desktopText();
    expect(entry).toMatch(/^\[Desktop Entry\]\nType=Application\nName=Earshot\n/);
    expect(entry).toContain('\nMimeType=x-scheme-handler/tel;\n');
    expect(entry).toContain('\nExec=/opt/Earshot/earshot %U\n');
  });
});

describe.runIf(hasPermissions)('the tar.gz', () => {
  it('unpacks into one folder, without special rights', async () => {
    const { app, out } = await fakeApp();
    const name = 'Earshot-1.2.0-linux-x64';
    await writeTarArchive(out, { app, name, level: 1, mtime: new Date(0) });
    const members = await tarMembers(await readFile(out));
    expect([...members.keys()][0]).toBe(`${name}/`);
    expect([...members.keys()].every(path => path.startsWith(`${name}/`))).toBe(true);
    expect(members.get(`${name}/earshot`)?.mode).toBe('755');
    expect(members.get(`${name}/chrome-sandbox`)?.mode).toBe('755');
  });
});
