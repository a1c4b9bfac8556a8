import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file of the page. */
export type PageFile = { readonly path: string; readonly type: string };

/** What the page is made of; nothing else is served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * The files of the page by the path of their address, `/assets/index.js`. What is asked for is looked
 * up here and never made into a path, so that no way of writing an address leads elsewhere; links
 * are left out, as they could.
 */
export function pageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  const look = (inside: string, address: string): void => {
    for (const entry of readdirSync(inside, { withFileTypes: true })) {
      const path = join(inside, entry.name);
      const type = CONTENT_TYPES[extname(entry.name)];
      if (entry.isDirectory()) look(path, `${address}${entry.name}/`);
      else if (entry.isFile() && type !== undefined) {
        files.set(`${address}${entry.name}`, { path, type });
      }
    }
  };
  look(folder, '/');
  return files;
}
