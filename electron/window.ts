import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { BrowserWindow, Menu, nativeTheme, protocol, session } from 'electron/main';

/** The scheme the window's own files come from; not `file:`, which could read any file. */
const SCHEME = 'app';

/** The address of the page. */
const PAGE_URL = `${SCHEME}://earshot/index.html`;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Colours of the title bar's own buttons and of the ground, so that nothing flashes white. */
const COLOURS = {
  dark: { ground: '#111418', title: '#181c22', symbols: '#eceff4' },
  light: { ground: '#ffffff', title: '#f6f7f9', symbols: '#16191e' },
} as const;

/** Height of the title bar in CSS pixels, as the page draws it. */
const TITLE_BAR_PX = 40;

/** Whether an address is the app's own page. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(`${SCHEME}://earshot/`);
}

/** Must run before Electron is ready: gives the app's scheme the rights of a secure origin. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * What the page may do beside showing itself: hear a microphone and choose speakers, for sound through
 * the window. Nothing else, and nobody else.
 * @param mediaTypes what of the media is asked for; cameras never are
 */
function isAllowed(permission: string, url: string, mediaTypes: readonly string[]): boolean {
  if (!isOwnPage(url)) return false;
  if (permission === 'speaker-selection') return true;
  return permission === 'media' && !mediaTypes.includes('video');
}

/** Serves the window's files, and denies what its page does not need. @param folder holds index.html */
export function serveWindowFiles(folder: string): void {
  protocol.handle(SCHEME, async request => {
    const { host, pathname } = new URL(request.url);
    const path = normalize(join(folder, decodeURIComponent(pathname)));
    const type = CONTENT_TYPES[extname(path)];
    if (host !== 'earshot' || !path.startsWith(folder) || type === undefined) {
      return new Response('Not found', { status: 404 });
    }
    try {
      const headers = {
        'content-type': type,
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
      };
      return new Response(await readFile(path), { headers });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(isAllowed(permission, details.requestingUrl, mediaTypes));
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin, { mediaType }) =>
    isAllowed(permission, origin, mediaType === undefined ? [] : [mediaType]),
  );
}

/**
 * The menu: on macOS what every app has; elsewhere none, for the default one reloads the page and
 * closes the window by keys that are a slip away from those of a call.
 */
export function setMenu(): void {
  const roles = ['appMenu', 'editMenu', 'windowMenu'] as const;
  const menu = Menu.buildFromTemplate(roles.map(role => ({ role })));
  Menu.setApplicationMenu(process.platform === 'darwin' ? menu : null);
}

/** Opens the window, sandboxed; it shows itself once drawn. @param preloadPath the bridge to the main process */
export function openWindow(preloadPath: string, version: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 760,
    minHeight: 520,
    show: false,
    title: 'Earshot',
    backgroundColor: colours().ground,
    titleBarStyle: process.platform === 'darwin' ? 'hiddenInset' : 'hidden',
    ...(process.platform === 'darwin' ? {} : { titleBarOverlay: overlay() }),
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: true,
      additionalArguments: [`--earshot-version=${version}`],
    },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', event => event.preventDefault());
  window.webContents.on('will-attach-webview', event => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Loads the page. Resolves once it is there. */
export function loadPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(PAGE_URL);
}

/** Follows the colours chosen in the settings, in the window's frame too. */
export function followTheme(window: BrowserWindow, theme: 'system' | 'light' | 'dark'): void {
  nativeTheme.themeSource = theme;
  window.setBackgroundColor(colours().ground);
  if (process.platform !== 'darwin') window.setTitleBarOverlay(overlay());
}

function colours() {
  return nativeTheme.shouldUseDarkColors ? COLOURS.dark : COLOURS.light;
}

function overlay() {
  const { title, symbols } = colours();
  return { color: title, symbolColor: symbols, height: TITLE_BAR_PX - 1 };
}
