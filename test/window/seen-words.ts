import type { Page } from 'playwright-core';
import type { EarshotApi } from '../../electron/ipc/contract.ts';

/** A piece of the transcript as it stood in the window. */
type SeenPiece = {
  readonly text: string;
  readonly isFinal: boolean;
  /** When it stood there first, in ms since the epoch. */
  readonly at: number;
  /** Where its first words stand, in pixels from the left upper corner of all lines. */
  readonly words: readonly { readonly word: string; readonly box: string }[];
};

/** Words of each piece whose places are looked at. */
const WORDS_PLACED = 4;

declare global {
  interface Window {
    readonly earshot: EarshotApi;
    seenPieces?: Map<string, SeenPiece[]>;
    toldFinals?: Map<string, number>;
  }
}

/** Notes from now on everything that stands in the transcript on screen, by piece. */
export async function watchWords(page: Page): Promise<void> {
  await page.evaluate(wordsPlaced => {
    const seen = new Map<string, SeenPiece[]>();
    window.seenPieces = seen;
    const boxOf = (node: Text, from: number, to: number, origin: DOMRect): string => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      const { x, y, width, height } = range.getBoundingClientRect();
      return [x - origin.x, y - origin.y, width, height].map(value => value.toFixed(1)).join(' ');
    };
    const look = (): void => {
      const origin = document.querySelector('.transcript-log > div')?.getBoundingClientRect();
      for (const piece of document.querySelectorAll<HTMLElement>('[data-piece]')) {
        const text = piece.textContent ?? '';
        const id = piece.dataset['piece'] ?? '';
        const pieces = seen.get(id) ?? [];
        const isFinal = piece.dataset['final'] === 'true';
        const last = pieces.at(-1);
        if (last?.text === text && last.isFinal === isFinal) continue;
        const node = piece.firstChild;
        const words: { word: string; box: string }[] = [];
        let from = 0;
        for (const word of text.split(' ').slice(0, wordsPlaced)) {
          if (!(node instanceof Text) || origin === undefined || from + word.length > node.length) {
            break;
          }
          words.push({ word, box: boxOf(node, from, from + word.length, origin) });
          from += word.length + 1;
        }
        pieces.push({ text, isFinal, at: Date.now(), words });
        seen.set(id, pieces);
      }
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['data-final'],
    });
    look();
    const told = new Map<string, number>();
    window.toldFinals = told;
    window.earshot.onState(({ segments }) => {
      for (const { text, isFinal } of segments) {
        if (isFinal && !told.has(text)) told.set(text, Date.now());
      }
    });
  }, WORDS_PLACED);
}

/** When the window was told each final text of any call, in ms since the epoch. */
export async function toldFinals(page: Page): Promise<ReadonlyMap<string, number>> {
  return new Map(await page.evaluate(() => [...(window.toldFinals ?? [])]));
}

/** What stood in the transcript since then: each piece as it grew. */
export function seenWords(page: Page): Promise<readonly (readonly SeenPiece[])[]> {
  return page.evaluate(() => [...(window.seenPieces?.values() ?? [])]);
}

type Line = { readonly name: string; readonly text: string };

/** The lines of the transcript on screen, as they stand there. */
export function linesOn(page: Page): Promise<Line[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.transcript-log .line')].map(line => ({
      name: line.querySelector('strong')?.textContent ?? '',
      text: line.querySelector('.line-text')?.textContent ?? '',
    })),
  );
}

/** Clicks a word of a piece. @returns where the sound is heard from, in ms of the call */
export async function hearWord(page: Page, pieceWith: string, word: string): Promise<number> {
  const place = await page.evaluate(
    ([part, wanted]) => {
      const piece = [...document.querySelectorAll('[data-piece]')].find(one =>
        one.textContent?.includes(part ?? ''),
      );
      piece?.scrollIntoView({ block: 'center' });
      const walker = document.createTreeWalker(piece ?? document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const from = node.textContent?.indexOf(wanted ?? '') ?? -1;
        if (from < 0) continue;
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, from + (wanted?.length ?? 0));
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
      return null;
    },
    [pieceWith, word],
  );
  if (place === null) throw new Error('no such word is on screen');
  const heard = page.evaluate(
    () =>
      new Promise<number>(resolve => {
        const stop = window.earshot.onSignals(({ replay }) => {
          if (replay === null) return;
          stop();
          resolve(replay.atMs);
        });
      }),
  );
  await page.mouse.click(place.x, place.y);
  return heard;
}
