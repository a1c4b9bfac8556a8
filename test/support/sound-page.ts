import type { PageListeners, PageRequest, SoundPage } from '../../electron/core/page-sound.ts';
import type { SoundDevice } from '../../electron/core/sound.ts';

/** The other end of a page's ports, for tests that play the page. */
export type PagePeer = {
  readonly page: SoundPage;
  readonly requests: PageRequest[];
  /** Frames the app gave to play. */
  readonly played: Int16Array[];
  /** Says something as the page. */
  readonly says: () => PageListeners;
  /** The last request to open. */
  readonly opening: () => Extract<PageRequest, { kind: 'open' }>;
  readonly isClosed: () => boolean;
};

/** A page that says nothing by itself. */
export function pagePeer(): PagePeer {
  const requests: PageRequest[] = [];
  const played: Int16Array[] = [];
  let listeners: PageListeners | null = null;
  let closed = false;
  return {
    requests,
    played,
    page: {
      send: request => requests.push(request),
      play: frame => played.push(frame.slice()),
      listen: next => {
        listeners = next;
      },
      close: () => {
        closed = true;
      },
    },
    says: () => {
      if (listeners === null) throw new Error('nobody listens to the page');
      return listeners;
    },
    opening: () => {
      const request = requests.findLast(each => each.kind === 'open');
      if (request?.kind !== 'open') throw new Error('the page was not asked to open anything');
      return request;
    },
    isClosed: () => closed,
  };
}

/** Tells the app as the page that what was asked for last is open. */
export function opens(peer: PagePeer, input: SoundDevice | null, output: SoundDevice | null): void {
  const { turn } = peer.opening();
  const say = peer.says().onReport;
  if (output !== null) say({ kind: 'opened', side: 'output', turn, device: output });
  if (input !== null) say({ kind: 'opened', side: 'input', turn, device: input });
}
