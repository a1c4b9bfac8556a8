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

/** Whether an address is that of the page, at any place on it: the only one that gives commands. */
export function isPage(url: string): boolean {
  return url.split('#', 1)[0] === PAGE_URL;
}

/** Whether an address is of the app's own files. */
function isOwn(url: string): boolean {
  return url.startsWith(`${SCHEME}://earshot/`);
}

/**
 * Whether the window may load something: its own files, and in development also the inspector, which
 * is not there in packages.
 */
export function mayLoad(url: string, isPackaged: boolean): boolean {
  if (isOwn(url)) return true;
  return !isPackaged && url.startsWith('devtools:');
}

/**
 * What the page may do beside showing itself: hear a microphone and choose speakers, for sound through
 * the window. Nothing else, and nobody else.
 * @param mediaTypes what of the media it is about; cameras never are. None where the page looks which
 *   devices there are
 */
export function isAllowed(permission: string, url: string, mediaTypes: readonly string[]): boolean {
  if (!isOwn(url)) return false;
  if (permission === 'speaker-selection') return true;
  return permission === 'media' && mediaTypes.every(type => type === 'audio');
}

/**
 * Whether what the page asks for is given: what it may do, said in so many words. The picture of the
 * screen comes, before Electron 45, as media of no type at all.
 */
export function isGiven(permission: string, url: string, mediaTypes: readonly string[]): boolean {
  return (
    isAllowed(permission, url, mediaTypes) && (permission !== 'media' || mediaTypes.length > 0)
  );
}
