import { describe, expect, it } from 'vitest';
import type { UpdateChannel } from '../../electron/core/updates.ts';
import { installedCopy } from './installed-copy.ts';
import { feedName, program, updateServer } from './update-server.ts';

const never = new AbortController().signal;

describe('looking for an update', () => {
  it('finds none that is as old as this one, or older', async () => {
    const server = await updateServer();
    const { updater } = installedCopy('1.1.0', server.url, { installs: false });
    for (const version of ['1.1.0', '1.0.9', '0.9.0']) {
      server.publish(version);
      expect(await updater.find('stable', never)).toBeNull();
    }
  });

  it('finds versions that are still being tried on their own channel only', async () => {
    const server = await updateServer();
    const { updater } = installedCopy('1.0.0', server.url, { installs: false });
    server.publish('1.0.0');
    server.publish('1.1.0-beta.1', { feed: feedName('beta') });
    expect(await updater.find('stable', never)).toBeNull();
    expect(await updater.find('beta', never)).toMatchObject({ version: '1.1.0-beta.1' });
    server.publish('1.1.0-beta.1');
    expect(await updater.find('stable', never)).toBeNull();
  });

  it('finds finished versions on the beta channel of a server that has no feed for it', async () => {
    const server = await updateServer();
    const { updater } = installedCopy('1.0.0', server.url, { installs: false });
    expect(await updater.find('beta', never)).toBeNull();
    server.publish('1.1.0');
    expect(await updater.find('beta', never)).toMatchObject({ version: '1.1.0' });
    server.publish('1.2.0-beta.1');
    expect(await updater.find('beta', never)).toBeNull();
  });

  it('finds nothing older for one that goes back from beta to stable', async () => {
    const server = await updateServer();
    const { updater } = installedCopy('1.1.0-beta.2', server.url, { installs: false });
    server.publish('1.0.0');
    expect(await updater.find('beta', never)).toBeNull();
    expect(await updater.find('stable', never)).toBeNull();
    server.publish('1.1.0');
    expect(await updater.find('stable', never)).toMatchObject({ version: '1.1.0' });
  });

  it.each([
    ['no YAML', 'files: ['],
    ['empty', ''],
    ['a page', '<html><body>Please log in</body></html>'],
    ['a version that is none', 'version: "../../1"\nfiles: []'],
    ['a version that is longer than any', `version: 1.1.0-${'a'.repeat(200)}\nfiles: []`],
  ])('fails when what the server says is %s', async (_what, feed) => {
    const server = await updateServer();
    server.files.set(feedName('latest'), feed);
    const { updater } = installedCopy('1.0.0', server.url, { installs: false });
    await expect(updater.find('stable', never)).rejects.toThrow();
  });

  it('fails when the server has no feed, or hangs up', async () => {
    const server = await updateServer();
    const { updater } = installedCopy('1.0.0', server.url, { installs: false });
    await expect(updater.find('stable', never)).rejects.toThrow(feedName('latest'));
    server.files.set(feedName('latest'), response => response.destroy());
    await expect(updater.find('stable', never)).rejects.toThrow('socket hang up');
  });

  it('does not tell the server who asks', async () => {
    const server = await updateServer();
    const [first, second] = [0, 1].map(() =>
      installedCopy('1.0.0', server.url, { installs: false }),
    );
    server.publish('1.0.0');
    await first?.updater.find('stable', never);
    await second?.updater.find('stable', never);
    const [one, other] = server.requests.map(({ headers }) => headers);
    expect(one).toEqual(other);
    expect(one).toMatchObject({ 'x-user-staging-id': 'not-told' });
  });

  it('asks anew after an answer that never came', async () => {
    const server = await updateServer();
    const { updater } = installedCopy('1.0.0', server.url, { installs: false });
    const giveUp = new AbortController();
    server.files.set(feedName('latest'), () => giveUp.abort(new Error('NO_ANSWER')));
    await expect(updater.find('stable', giveUp.signal)).rejects.toThrow('NO_ANSWER');
    server.publish('1.1.0');
    expect(await updater.find('stable', never)).toMatchObject({ version: '1.1.0' });
  });
});

describe('looking for an update on GitHub', () => {
  it('finds the finished version only on the stable channel', async () => {
    const { find, tags } = await gitHub();
    tags(['v1.2.0-beta.1', 'v1.1.0', 'v1.0.0']);
    expect(await find('stable')).toMatchObject({ version: '1.1.0', notes: 'Notes of v1.1.0.' });
    tags(['v1.2.0-beta.1', 'v1.0.0']);
    expect(await find('stable')).toBeNull();
  });

  it('finds those that are still being tried on the beta channel, and a newer finished one', async () => {
    const { find, tags } = await gitHub();
    tags(['v1.2.0-beta.1', 'v1.1.0', 'v1.0.0']);
    expect(await find('beta')).toMatchObject({
      version: '1.2.0-beta.1',
      notes: 'Notes of v1.2.0-beta.1.',
    });
    tags(['v1.2.0', 'v1.2.0-beta.1', 'v1.1.0', 'v1.0.0']);
    expect(await find('beta')).toMatchObject({ version: '1.2.0' });
    tags(['v1.0.0', 'v1.0.0-beta.1']);
    expect(await find('beta')).toBeNull();
  });

  it('is not misled by a tag that is not released yet', async () => {
    const { find, tags } = await gitHub();
    tags(['v1.2.0-beta.1', 'v1.1.0', 'v1.0.0'], ['v1.2.0-beta.1']);
    expect(await find('beta')).toMatchObject({ version: '1.1.0' });
    tags(['v1.2.0-beta.1', 'v1.0.0'], ['v1.2.0-beta.1']);
    expect(await find('beta')).toBeNull();
    tags(['v1.1.0-beta.1'], ['v1.1.0-beta.1']);
    expect(await find('beta')).toBeNull();
    await expect(find('stable')).rejects.toThrow();
  });

  it.runIf(process.platform === 'linux')('brings the package of the release it found', async () => {
    const { updater, find, tags, quit, file } = await gitHub(true);
    tags(['v1.2.0-beta.1', 'v1.0.0']);
    await find('beta');
    updater.installOnQuit(true);
    await updater.fetch(() => {}, never);
    await quit();
    expect(file()).toBe(program('1.2.0-beta.1'));
  });
});

/** A server that has releases as GitHub has, and version 1.0.0 that looks there. */
async function gitHub(installs = false) {
  const server = await updateServer();
  const host = new URL(server.url).host;
  const feed = `provider: github\nprotocol: http\nhost: ${host}\nowner: acme\nrepo: earshot\n`;
  const { updater, file, quit } = installedCopy('1.0.0', server.url, { installs, feed });
  const releases = 'acme/earshot/releases';
  return {
    updater,
    file,
    quit,
    find: (channel: UpdateChannel) => updater.find(channel, never),
    /** Publishes versions, the newest one first; drafts have a tag and nothing else yet. */
    tags: (all: readonly string[], drafts: readonly string[] = []): void => {
      server.files.clear();
      const released = all.filter(tag => !drafts.includes(tag));
      for (const tag of released) {
        server.publish(tag.slice(1), { folder: `${releases}/download/${tag}/` });
      }
      server.files.set(`${releases}.atom`, atomOf(server.url, all));
      const latest = released.find(tag => !tag.includes('-'));
      if (latest === undefined) return;
      const answer = JSON.stringify({ tag_name: latest });
      server.files.set('api/v3/repos/acme/earshot/releases/latest', answer);
    },
  };
}

/** The list of releases that a browser subscribes to. Source: GitHub, `releases.atom`. */
function atomOf(url: string, tags: readonly string[]): string {
  const entries = tags.map(
    tag =>
      `<entry><title>${tag}</title><link rel="alternate" href="${url}acme/earshot/releases/tag/${tag}"/>` +
      `<content type="html">&lt;p&gt;Notes of ${tag}.&lt;/p&gt;</content></entry>`,
  );
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">${entries.join('')}</feed>`;
}
