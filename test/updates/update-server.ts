import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server of updates on loopback, as a folder of files. */
type UpdateServer = {
  readonly url: string;
  /** What it serves by path; a function answers by itself. */
  readonly files: Map<string, string | ((response: ServerResponse) => void)>;
  /** What it was asked for, in order. */
  readonly requests: IncomingMessage[];
  /** Publishes a version with its feed, as electron-builder does. */
  readonly publish: (version: string, about?: Publication) => void;
};

type Publication = {
  /** The name of the feed. */
  readonly feed?: string;
  /** What the name of the package ends with. */
  readonly kind?: string;
  /** The folder of both. */
  readonly folder?: string;
  /** What the package really holds; left out, what its feed names. */
  readonly served?: string;
  /** More lines of the feed. */
  readonly more?: string;
};

/** The program of a version: it writes its number beside itself and ends. */
export function program(version: string): string {
  return `#!/bin/sh\nprintf %s ${version} > "$(dirname "$0")/started"\n${'# padding\n'.repeat(4000)}`;
}

/** The name of a feed on this system. Source: electron-updater, Provider. */
export function feedName(channel: string): string {
  if (process.platform === 'win32') return `${channel}.yml`;
  if (process.platform === 'darwin') return `${channel}-mac.yml`;
  return `${channel}-linux${process.arch === 'x64' ? '' : `-${process.arch}`}.yml`;
}

/** Starts a server for the test that runs. */
export async function updateServer(): Promise<UpdateServer> {
  const files: UpdateServer['files'] = new Map();
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = files.get(decodeURIComponent(pathname.slice(1)));
    if (typeof file === 'function') file(response);
    else if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-length': Buffer.byteLength(file) }).end(file);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    files,
    requests,
    publish: (version, about = {}) => {
      const {
        feed = feedName('latest'),
        kind = 'AppImage',
        folder = '',
        served,
        more = '',
      } = about;
      const named = program(version);
      const name = `Earshot-${version}.${kind}`;
      files.set(`${folder}${feed}`, feedOf(version, name, named, more));
      files.set(`${folder}${name}`, served ?? named);
    },
  };
}

function feedOf(version: string, name: string, content: string, more: string): string {
  const sha512 = createHash('sha512').update(content).digest('base64');
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${name}`,
    `    sha512: ${sha512}`,
    `    size: ${Buffer.byteLength(content)}`,
    `path: ${name}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-01-01T00:00:00.000Z'",
    more,
  ].join('\n');
}
