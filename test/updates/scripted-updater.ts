import type { Release, UpdateChannel } from '../../electron/core/updates.ts';
import type { Updater } from '../../electron/updates/updater.ts';

/** What it offers unless the test says otherwise. */
export const NEWER: Release = {
  version: '1.1.0',
  notes: 'Clearer calls.',
  link: 'https://example.com/1',
};

/** An updater that does what the test says, and keeps what it was asked. */
export function script() {
  const asked: string[] = [];
  const downloads: {
    done: () => void;
    fail: (error: Error) => void;
    come: (bytes: number) => void;
  }[] = [];
  let offer: (channel: UpdateChannel, signal: AbortSignal) => Promise<Release | null> = async () =>
    NEWER;
  const updater: Updater = {
    installs: true,
    find: (channel, signal) => {
      asked.push(`find ${channel}`);
      return offer(channel, signal);
    },
    fetch: (onProgress, signal) => {
      asked.push('fetch');
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('cancelled')));
        downloads.push({ done: resolve, fail: reject, come: bytes => onProgress(bytes, 100) });
      });
    },
    installOnQuit: on => asked.push(on ? 'install on quit' : 'no install on quit'),
    install: () => asked.push('install'),
  };
  return {
    updater,
    asked,
    downloads,
    offers: (next: typeof offer) => {
      offer = next;
    },
  };
}
