import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { pack } from 'tar-stream';
import { onTestFinished } from 'vitest';

const encoder = new TextEncoder();

/** A .zip archive of texts by path. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([path, content]) => [
    path,
    typeof content === 'string' ? encoder.encode(content) : content,
  ]);
  return zipSync(Object.fromEntries(entries));
}

/** A .tgz archive of texts by path; null is a link to somewhere else. */
export async function tgzOf(files: Readonly<Record<string, string | null>>): Promise<Uint8Array> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) {
    if (content !== null) tar.entry({ name }, content);
    else tar.entry({ name, type: 'symlink', linkname: '/etc/passwd' });
  }
  tar.finalize();
  return gzipSync(await buffer(tar));
}

/** What is written in a catalogue of a file. */
export function archiveOf(url: string, content: Uint8Array) {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { url, sizeBytes: content.length, sha256 };
}

/** A server of files on loopback. */
export async function packServer() {
  const files = new Map<string, Uint8Array>();
  const asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
  const now = { etag: '"one"', ranges: true, stopAfter: Number.POSITIVE_INFINITY };
  const server = createServer(({ url = '', headers }, response) => {
    asked.push({ path: url, headers });
    const file = files.get(url);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const start = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    const isSame = headers['if-range'] === undefined || headers['if-range'] === now.etag;
    const from = now.ranges && isSame ? start : 0;
    response.writeHead(from > 0 ? 206 : 200, {
      etag: now.etag,
      'content-length': file.length - from,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` } : {}),
    });
    const end = from + now.stopAfter;
    response.write(file.subarray(from, end));
    // One that is to stop keeps the rest back until it is asked again.
    if (end >= file.length) response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    now,
    asked,
    /** Serves a file from now on. @returns how a catalogue names it */
    serve: (path: string, content: Uint8Array) => {
      files.set(path, content);
      return archiveOf(`${origin}${path}`, content);
    },
    forget: (path: string) => files.delete(path),
    drop: () => server.closeAllConnections(),
  };
}
