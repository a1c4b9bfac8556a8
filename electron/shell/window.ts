import { readFile } from 'node:fs/promises';
import {
  BrowserWindow,
  app as electron,
  Menu,
  nativeTheme,
  protocol,
  session,
  type WebContents,
} from 'electron/main';
import { pageFiles } from './page-files.ts';
import {
  CONTENT_SECURITY_POLICY,
  isAllowed,
  isGiven,
  mayLoad,
  PAGE_URL,
  SCHEME,
} from './page-rights.ts';

/** Colours of the title bar's own buttons and of the ground, so that nothing flashes white. */
const COLOURS = {
  dark: { ground: '#111418', title: '#181c22', symbols: '#eceff4' },
  light: { ground: '#ffffff', title: '#f6f7f9', symbols: '#16191e' },
} as const;

/** Height of the title bar in CSS pixels, as the page draws it. */
const TITLE_BAR_PX = 40;

/** What comes with every answer of the scheme, also with one that there is no such file. */
const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const;

/**
 * Where connections go that no request shows, those of WebRTC by TCP: to this computer's port 9, at
 * which nobody answers. Source: RFC 863
 */
const NOWHERE = {
  mode: 'fixed_servers',
  proxyRules: 'socks5://127.0.0.1:9',
  proxyBypassRules: '<-loopback>',
} as const;

/** Must run before Electron is ready: gives the app's scheme the rights of a secure origin. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the window's files, and denies what its page does not need. @param folder holds index.html */
export function serveWindowFiles(folder: string): void {
  const files = pageFiles(folder);
  protocol.handle(SCHEME, async request => {
    const { host, pathname } = new URL(request.url);
    const file = host === 'earshot' && request.method === 'GET' ? files.get(pathname) : undefined;
    if (file === undefined) return new Response('Not found', { status: 404, headers: HEADERS });
    const headers = { ...HEADERS, 'content-type': file.type };
    return new Response(await readFile(file.path), { headers });
  });
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(isGiven(permission, details.requestingUrl, mediaTypes));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, origin, { mediaType }) =>
    isAllowed(permission, origin, mediaType === undefined ? [] : [mediaType]),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !mayLoad(url, electron.isPackaged) }),
  );
  void defaultSession.setProxy(NOWHERE);
  defaultSession.on('will-download', event => event.preventDefault());
  electron.on('web-contents-created', (_event, contents) => shutIn(contents));
}

/** Keeps whatever shows a page on the page it was given: no other address, no other window. */
function shutIn(contents: WebContents): void {
  // Connections between pages go past what the session may load: what is left of them goes nowhere.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', event => event.preventDefault());
  contents.on('will-frame-navigate', event => event.preventDefault());
  contents.on('will-redirect', event => event.preventDefault());
  contents.on('will-attach-webview', event => event.preventDefault());
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
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // A middle click would open a link in a window of its own.
      disableBlinkFeatures: 'Auxclick',
      safeDialogs: true,
      devTools: !electron.isPackaged,
      // Elsewhere its dictionaries would be fetched from the network.
      spellcheck: process.platform === 'darwin',
      additionalArguments: [`--earshot-version=${version}`],
    },
  });
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
