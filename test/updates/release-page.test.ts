import { expect, it } from 'vitest';
import { releasePage } from '../../electron/updates/release-page.ts';

it('names the page of a release on GitHub', () => {
  const feed =
    "provider: github\nowner: 'acme'\nrepo: earshot\nupdaterCacheDirName: earshot-updater\n";
  expect(releasePage(feed, '1.2.0-beta.1')).toBe(
    'https://github.com/acme/earshot/releases/tag/v1.2.0-beta.1',
  );
});

it('names the address of another server, when it is a safe one', () => {
  expect(releasePage('provider: generic\nurl: https://example.com/earshot\n', '1.0.0')).toBe(
    'https://example.com/earshot',
  );
  for (const url of ['http://example.com', 'javascript:alert(1)', 'file:///etc/passwd']) {
    expect(releasePage(`provider: generic\nurl: ${url}\n`, '1.0.0')).toBeNull();
  }
});

it('names none when the feed does not tell one', () => {
  for (const feed of [
    '',
    'provider: github\nowner: acme\n',
    'provider: github\nowner: a/b\nrepo: c\n',
  ]) {
    expect(releasePage(feed, '1.0.0')).toBeNull();
  }
});
