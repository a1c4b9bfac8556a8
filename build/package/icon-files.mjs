// The icon in the containers that Windows and macOS want: pictures of several sizes in one file.

/** A picture in PNG. @typedef {{ size: number, png: Buffer }} Picture */

/** Which kind of ICNS entry holds a PNG of which size (Apple's icon types, as documented by libicns). */
const ICNS_KINDS = /** @type {const} */ ([
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]);

/**
 * A Windows icon: a table of its pictures, then the pictures (Microsoft's "ICO file format").
 * @param {readonly Picture[]} pictures of 256 pixels and less
 */
export function toIco(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [i, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * i;
    // Zero stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/**
 * A macOS icon.
 * @param {readonly Picture[]} pictures of every size that the format has
 */
export function toIcns(pictures) {
  const entries = ICNS_KINDS.map(([kind, wanted]) => {
    const picture = pictures.find(({ size }) => size === wanted);
    if (!picture) throw new Error(`an ICNS file needs a picture of ${wanted} pixels`);
    return chunk(kind, picture.png);
  });
  return chunk('icns', Buffer.concat(entries));
}

/**
 * @param {string} kind four letters
 * @param {Buffer} content
 */
function chunk(kind, content) {
  const header = Buffer.alloc(8);
  header.write(kind, 'latin1');
  header.writeUInt32BE(content.length + header.length, 4);
  return Buffer.concat([header, content]);
}
