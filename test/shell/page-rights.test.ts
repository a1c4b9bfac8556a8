import { describe, expect, it } from 'vitest';
import {
  CONTENT_SECURITY_POLICY,
  isAllowed,
  isGiven,
  isPage,
  mayLoad,
  PAGE_URL,
} from '../../electron/shell/page-rights.ts';

describe('the page', () => {
  it('is known by its whole address, at any place on it', () => {
    expect(isPage(PAGE_URL)).toBe(true);
    expect(isPage(`${PAGE_URL}#calls`)).toBe(true);
    for (const url of [
      'app://earshot/',
      'app://earshot/assets/',
      'app://earshot/missing.html',
      'app://earshot/index.html/',
      'app://earshot/index.html?x',
      'app://earshot/other#app://earshot/index.html',
      'app://earshot.example/index.html',
      'app://earshot',
      'app://other/index.html',
      'App://earshot/index.html',
      'https://earshot/index.html',
      'https://example.com/#app://earshot/',
      'about:blank',
      'file:///app://earshot/',
      '',
    ]) {
      expect(isPage(url), url).toBe(false);
    }
  });

  it('loads its own files, and nothing from anywhere else', () => {
    expect(mayLoad('app://earshot/assets/index.js', true)).toBe(true);
    for (const url of [
      'app://earshot.example/index.html',
      'app://earshot',
      'app://other/index.html',
      'https://example.com/#app://earshot/',
      'http://127.0.0.1:3334/',
      'data:text/html,<p>',
      'data:image/png;base64,AA==',
      'https://example.com/',
      'ws://127.0.0.1/',
      'wss://example.com/',
      'file:///etc/passwd',
      'blob:app://earshot/1',
      'ftp://example.com/',
      'chrome://gpu',
      'chrome-extension://a/b',
      'view-source:app://earshot/index.html',
    ]) {
      expect(mayLoad(url, false), url).toBe(false);
    }
  });

  it('is inspected in development only', () => {
    expect(mayLoad('devtools://devtools/bundled/inspector.html', false)).toBe(true);
    expect(mayLoad('devtools://devtools/bundled/inspector.html', true)).toBe(false);
  });

  it('may hear a microphone and choose speakers, and nothing else', () => {
    expect(isAllowed('media', PAGE_URL, ['audio'])).toBe(true);
    expect(isAllowed('speaker-selection', PAGE_URL, [])).toBe(true);
    expect(isAllowed('media', PAGE_URL, ['audio', 'video'])).toBe(false);
    expect(isAllowed('media', PAGE_URL, ['unknown'])).toBe(false);
    expect(isAllowed('media', 'https://example.com/', ['audio'])).toBe(false);
    for (const permission of [
      'notifications',
      'geolocation',
      'clipboard-read',
      'display-capture',
      'fullscreen',
      'openExternal',
      'hid',
      'serial',
      'usb',
      'midi',
      'fileSystem',
      'storage-access',
    ]) {
      expect(isAllowed(permission, PAGE_URL, []), permission).toBe(false);
    }
  });

  it('looks which devices there are, but is given only sound that it asks for by name', () => {
    expect(isAllowed('media', PAGE_URL, [])).toBe(true);
    // The screen, before Electron 45.
    expect(isGiven('media', PAGE_URL, [])).toBe(false);
    expect(isGiven('media', PAGE_URL, ['video'])).toBe(false);
    expect(isGiven('media', PAGE_URL, ['audio', 'video'])).toBe(false);
    expect(isGiven('media', PAGE_URL, ['audio', 'screen'])).toBe(false);
    expect(isGiven('media', PAGE_URL, ['audio'])).toBe(true);
    expect(isGiven('speaker-selection', PAGE_URL, [])).toBe(true);
    expect(isGiven('media', 'https://example.com/', ['audio'])).toBe(false);
    expect(isGiven('notifications', PAGE_URL, [])).toBe(false);
  });

  it('has a policy without a word that lets text become code or loads from elsewhere', () => {
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      "worker-src 'none'",
      "frame-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]) {
      expect(CONTENT_SECURITY_POLICY.split('; ')).toContain(directive);
    }
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:|blob:|data:|wasm/);
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'/);
  });
});
