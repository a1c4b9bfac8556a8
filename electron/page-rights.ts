/** The scheme the window's own files come from; not `file:`, which could read any file. */
export const SCHEME = 'app';

/** The address of the page. */
export const PAGE_URL = `${SCHEME}://earshot/index.html`;

/** What the page may load and run: its own files. Written text never becomes code. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Whether an address is the app's own page. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(`${SCHEME}://earshot/`);
}

/**
 * Whether the window may load something: its own files, and in development also the inspector, which
 * is not there in packages.
 */
export function mayLoad(url: string, isPackaged: boolean): boolean {
  if (isOwnPage(url)) return true;
  return !isPackaged && url.startsWith('devtools:');
}

/**
 * What the page may do beside showing itself: hear a microphone and choose speakers, for sound through
 * the window. Nothing else, and nobody else.
 * @param mediaTypes what of the media is asked for; cameras never are
 */
export function isAllowed(permission: string, url: string, mediaTypes: readonly string[]): boolean {
  if (!isOwnPage(url)) return false;
  if (permission === 'speaker-selection') return true;
  return permission === 'media' && !mediaTypes.includes('video');
}
