/**
 * Where a person reads about a version and fetches it; null when it cannot be told.
 * @param feed the text of `app-update.yml`, as electron-builder writes it: flat, a word a line
 */
export function releasePage(feed: string, version: string): string | null {
  const words = new Map(
    [...feed.matchAll(/^(\w+): *['"]?([^'"\n]*?)['"]? *$/gm)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const host = words.get('host') ?? 'github.com';
  const [owner, repo, url] = [words.get('owner'), words.get('repo'), words.get('url')];
  if (words.get('provider') === 'github') {
    if (![host, owner, repo].every(word => word !== undefined && /^[\w.-]+$/.test(word)))
      return null;
    return `https://${host}/${owner}/${repo}/releases/tag/v${encodeURIComponent(version)}`;
  }
  return url?.startsWith('https://') === true ? url : null;
}
