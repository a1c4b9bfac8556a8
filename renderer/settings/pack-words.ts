import type { Pack } from '../../electron/core/transcription.ts';

const MEGABYTE = 1_000_000;

/** A size as it is read: `65 MB`, `1.2 GB`. */
export function sizeWords(bytes: number, locale?: string): string {
  const isBig = bytes >= 1000 * MEGABYTE;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: isBig ? 1 : 0 });
  const size = isBig ? bytes / (1000 * MEGABYTE) : Math.max(1, Math.round(bytes / MEGABYTE));
  return `${number.format(size)} ${isBig ? 'GB' : 'MB'}`;
}

/** How much of a pack is here, 0 to 100; it is whole only once it was checked. */
export function packPercent({ doneBytes, sizeBytes, status }: Pack): number {
  if (status === 'ready') return 100;
  return sizeBytes === 0 ? 0 : Math.min(99, Math.floor((doneBytes / sizeBytes) * 100));
}

/** How a pack is coming: `37 %, 24 of 65 MB`. */
export function packProgress(pack: Pack, locale?: string): string {
  switch (pack.status) {
    case 'absent':
      return '';
    case 'ready':
      return '✓ ready';
    case 'checking':
      return 'Checking what came…';
    case 'failed':
      return '▲ not fetched';
    case 'downloading':
    case 'paused': {
      const done = `${packPercent(pack)} %, ${sizeWords(pack.doneBytes, locale)} of ${sizeWords(pack.sizeBytes, locale)}`;
      return pack.status === 'paused' ? `Paused at ${done}` : done;
    }
  }
}
