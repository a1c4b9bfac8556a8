import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toIcns, toIco } from '../../build/package/icon-files.mjs';

const FOLDER = join(import.meta.dirname, '../../build/package/icon');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** The width that a PNG tells of itself. */
const widthOf = (png: Buffer) => png.readUInt32BE(16);

/** The pictures in a Windows icon. */
function picturesIn(ico: Buffer): Buffer[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, i) => {
    const at = ico.readUInt32LE(6 + 16 * i + 12);
    return ico.subarray(at, at + ico.readUInt32LE(6 + 16 * i + 8));
  });
}

/** The entries of a macOS icon. */
function entriesIn(icns: Buffer): [kind: string, png: Buffer][] {
  const entries: [string, Buffer][] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const end = at + icns.readUInt32BE(at + 4);
    entries.push([icns.toString('latin1', at, at + 4), icns.subarray(at + 8, end)]);
  }
  return entries;
}

describe("the app's icon", () => {
  it('for Windows holds each size in which it is shown, up to 256', () => {
    const pictures = picturesIn(readFileSync(join(FOLDER, 'icon.ico')));
    expect(pictures.map(widthOf)).toEqual([16, 24, 32, 48, 64, 128, 256]);
    for (const png of pictures) expect(png.subarray(0, 4)).toEqual(PNG);
  });

  it('for macOS holds each kind with the size it stands for', () => {
    const icns = readFileSync(join(FOLDER, 'icon.icns'));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    expect(entriesIn(icns).map(([kind, png]) => [kind, widthOf(png)])).toEqual([
      ['ic11', 32],
      ['ic12', 64],
      ['ic07', 128],
      ['ic13', 256],
      ['ic08', 256],
      ['ic14', 512],
      ['ic09', 512],
      ['ic10', 1024],
    ]);
  });

  it('for Linux is a picture of each size of the icon themes', () => {
    for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
      expect(widthOf(readFileSync(join(FOLDER, 'sizes', `${size}x${size}.png`)))).toBe(size);
    }
  });

  it('is written so that what went in comes out', () => {
    const pictures = [16, 32, 64, 128, 256, 512, 1024].map(size => ({
      size,
      png: Buffer.from(`picture of ${size}`),
    }));
    const [first] = picturesIn(toIco(pictures.slice(0, 2)));
    expect(first?.toString()).toBe('picture of 16');
    expect(entriesIn(toIcns(pictures))[0]?.[1].toString()).toBe('picture of 32');
    expect(() => toIcns(pictures.slice(0, 3))).toThrow('a picture of 128 pixels');
  });
});
