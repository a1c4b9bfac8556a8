import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttentionKind } from '../../electron/core/attention.ts';
import { isPackaged } from '../support/console-window.ts';
import { look } from '../support/look.ts';
import { answerSaveSheet } from '../support/save-sheet.ts';
import { hasVirtualSoundCard } from '../support/virtual-sound-card.ts';
import { CALLERS, dana, lee, SENTENCES, sam } from './callers.ts';
import { hearWord, linesOn, seenWords, toldFinals, watchWords } from './seen-words.ts';
import { openWrittenWindow, type Said, type WrittenWindow } from './written-window.ts';

const GROWING =
  'I was told that somebody in the house next door might have taken the parcel inside for me.';

/** A word is heard from so near to where it is said, in ms. */
const NEAR_MS = 500;

type Shown = { readonly title: string; readonly body: string };

describe.runIf(hasVirtualSoundCard())('what is said on calls', () => {
  let desk: WrittenWindow;
  const sids = new Map<string, string>();
  const told = new Map<string, Said[]>();
  const figures: string[] = [];

  beforeAll(async () => {
    desk = await openWrittenWindow(CALLERS);
    await watchWords(desk.page());
    for (const person of CALLERS) sids.set(person.name, await desk.answered(person));
  });

  afterAll(async () => {
    process.stdout.write(`${figures.join('\n')}\n`);
    await desk.close();
  });

  const sidOf = ({ name }: { readonly name: string }): string => sids.get(name) ?? '';
  const button = (name: string | RegExp) =>
    desk.page().getByRole('button', { name, exact: typeof name === 'string' });
  const looks = async (name: string): Promise<void> => {
    expect(await look(desk.console(), `transcript-${name}`)).toEqual([]);
  };
  const says = async (person: { readonly name: string }, text: string): Promise<Said> => {
    const said = await desk.say(sidOf(person), text);
    told.set(person.name, [...(told.get(person.name) ?? []), said]);
    return said;
  };
  const chosen = async ({ name }: { readonly name: string }): Promise<void> => {
    await desk
      .page()
      .locator('.rows[data-list=calls] .row:not([data-call^=earlier])', { hasText: name })
      .click();
    await desk.page().locator('main.panel h1', { hasText: name }).waitFor();
  };
  const written = async (text: string): Promise<void> => {
    await desk.page().locator('.transcript-log [data-final=true]', { hasText: text }).waitFor();
  };
  const attentionOf = async (person: { readonly name: string }): Promise<AttentionKind[]> =>
    (await desk.call(sidOf(person))).attention.map(({ kind }) => kind);

  it('stands under the right names, in the right call and in order, though three speak at once', async () => {
    for (const [round, onScreen] of CALLERS.entries()) {
      await chosen(onScreen);
      const all = await Promise.all(
        [...SENTENCES].map(([person, texts]) => says(person, texts[round] ?? '')),
      );
      await expect
        .poll(async () => {
          const finals = await toldFinals(desk.page());
          return all.every(({ text }) => finals.has(text));
        })
        .toBe(true);
      const own = all[round];
      if (own === undefined) throw new Error('nothing was said');
      await written(own.text);
      const finals = await toldFinals(desk.page());
      for (const { text, endedAt } of all) {
        figures.push(`told ${ms((finals.get(text) ?? Infinity) - endedAt)} after: ${text}`);
      }
      const pieces = (await seenWords(desk.page())).find(one => one.at(-1)?.text === own.text);
      const final = pieces?.find(({ isFinal }) => isFinal);
      const lastWord = own.text.split(' ').at(-1)?.replace(/\W/g, '').toLowerCase() ?? '';
      const draft = pieces?.find(({ text }) => text.toLowerCase().includes(lastWord));
      figures.push(
        `ON SCREEN last word ${ms((draft?.at ?? Infinity) - own.endedAt)}, final ${ms((final?.at ?? Infinity) - own.endedAt)} after: ${own.text}`,
      );
    }
    for (const [person, texts] of SENTENCES) {
      await chosen(person);
      await written(texts.at(-1) ?? '');
      const lines = await linesOn(desk.page());
      expect(lines.map(({ text }) => text).join(' ')).toBe(texts.join(' '));
      expect(new Set(lines.map(({ name }) => name))).toEqual(new Set([person.name.split(' ')[0]]));
    }
  });

  it('grows as it is said, and no word moves that stays', async () => {
    await chosen(dana);
    await says(dana, GROWING);
    const end = GROWING.slice(-30);
    await written(end);
    const grown = await seenWords(desk.page());
    const pieces = grown.find(states => states.at(-1)?.text.endsWith(end)) ?? [];
    expect(pieces.filter(({ isFinal }) => !isFinal).length).toBeGreaterThan(5);
    let compared = 0;
    for (const [i, piece] of pieces.entries()) {
      for (const [at, { word, box }] of piece.words.entries()) {
        const next = pieces[i + 1]?.words[at];
        if (next?.word !== word) break;
        expect(`${word} ${next.box}`).toBe(`${word} ${box}`);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(10);
    figures.push(`${pieces.length} states of a piece, ${compared} words compared`);
    await looks('live');
    await desk.change({ theme: 'dark' });
    await looks('live-dark');
    await desk.change({ theme: 'light' });
  });

  it('is heard again from a word that is clicked, then live again', async () => {
    const [, lamp] = told.get(dana.name) ?? [];
    if (lamp === undefined) throw new Error('nothing was said');
    const heardAt = await hearWord(desk.page(), 'neighbour', 'My');
    figures.push(`clicked word: heard from ${heardAt} ms, said at ${Math.round(lamp.beganMs)} ms`);
    expect(Math.abs(heardAt - lamp.beganMs)).toBeLessThan(NEAR_MS);
    expect((await desk.state()).replay).toMatchObject({ source: 'live', playing: true });
    await button('Jump to live').click();
    await expect.poll(async () => (await desk.state()).replay).toBe(null);
  });

  it.skipIf(isPackaged)(
    'raises a notification of the desktop when somebody says a watch word',
    async () => {
      await desk.change({
        watchLists: [
          {
            id: 'money',
            title: 'Money',
            phrases: ['refund'],
            speaker: 'anybody',
            notify: true,
            toFront: true,
          },
        ],
      });
      const { app } = desk.console();
      await app.evaluate(({ Notification, BrowserWindow }) => {
        const shown: Electron.Notification[] = [];
        Object.assign(globalThis, { shownNotices: shown });
        Notification.isSupported = () => true;
        const { show } = Notification.prototype;
        Notification.prototype.show = function (this: Electron.Notification) {
          shown.push(this);
          show.call(this);
        };
        BrowserWindow.getAllWindows()[0]?.hide();
      });
      const said = await says(sam, 'In that case I would like my money refunded at once.');
      const notices = () =>
        app.evaluate(() => {
          const { shownNotices } = globalThis as unknown as { shownNotices: Shown[] };
          return shownNotices.map(({ title, body }) => ({ title, body, at: Date.now() }));
        });
      await expect.poll(async () => (await notices()).length).toBe(1);
      const [notice] = await notices();
      figures.push(
        `notification ${ms((notice?.at ?? Infinity) - said.endedAt)} after the sentence`,
      );
      expect(notice).toMatchObject({ title: 'Sam Ortiz', body: 'Said “refund”' });
      await app.evaluate(() => {
        const { shownNotices } = globalThis as unknown as {
          shownNotices: { emit: (name: string) => void }[];
        };
        shownNotices[0]?.emit('click');
      });
      const chip = desk.page().locator('.call-attention [data-attention=watch-word]');
      await chip.waitFor();
      expect(await desk.page().locator('main.panel h1').textContent()).toBe('Sam Ortiz');
      expect(await desk.page().locator('.line mark.watched').textContent()).toBe('refunded');

      await chosen(dana);
      await desk.change({ deadAirSeconds: 2, longHoldSeconds: 2 });
      await expect.poll(() => attentionOf(dana)).not.toEqual([]);
      await expect.poll(() => attentionOf(lee)).not.toEqual([]);
      await chosen(sam);
      await looks('attention');
      await desk.change({ deadAirSeconds: null, longHoldSeconds: null });
      await chip.getByRole('button', { name: /^Dismiss/ }).click();
      await chip.waitFor({ state: 'detached' });
      expect(await attentionOf(sam)).not.toContain('watch-word');
    },
  );

  it('never shows the number of a card', async () => {
    await chosen(lee);
    await says(lee, 'My card number is 4111 1111 1111 1111.');
    await written('My card number is');
    const shown = (await seenWords(desk.page())).flat().map(({ text }) => text);
    expect(shown.filter(text => text.includes('4111'))).toEqual([]);
    expect(shown).toContain('My card number is •••• •••• •••• ••••.');
  });

  it.skipIf(isPackaged)('never saves the number of a card', async () => {
    const path = join(desk.elsewhere, 'lee.txt');
    await answerSaveSheet(desk.console(), path);
    await button('Copy or save the transcript').click();
    await desk.page().getByRole('menuitem', { name: 'Save as text…' }).click();
    await desk.page().getByText('Saved as lee.txt.').waitFor();
    const saved = await readFile(path, 'utf8');
    expect(saved).toContain('My card number is •••• •••• •••• ••••');
    expect(saved).not.toContain('1111');
  });

  it('is looked through for a word that somebody types', async () => {
    await desk.page().keyboard.press('Control+f');
    await desk.page().getByRole('textbox', { name: 'Find in this transcript' }).fill('line');
    await looks('find');
    await desk.page().keyboard.press('Escape');
  });

  it('is written by nobody while that is wished, and again afterwards', async () => {
    const chooses = async (writer: string): Promise<void> => {
      await button(/^Written down by/).click();
      await desk.page().getByRole('menuitemradio', { name: writer }).click();
    };
    const status = async () => (await desk.call(sidOf(lee))).transcription.status;
    await chooses('Off for this call');
    await expect.poll(status).toBe('off');
    await says(lee, 'Nobody writes this down.');
    await chooses('Twilio');
    await expect.poll(status).toBe('on');
    await says(lee, 'This is written down again.');
    await written('This is written down again.');

    desk.practice.pretend({ transcriptionError: 32650 });
    await desk.page().locator('.writing-problem[data-status=failed]').waitFor();
    await looks('failed');
    desk.practice.pretend({ transcriptionError: null });
    await expect.poll(status).toBe('on');
    await desk.page().locator('.writing-problem').waitFor({ state: 'detached' });
    await says(lee, 'It came back without any help.');
    await written('It came back without any help.');
    const texts = (await linesOn(desk.page())).map(({ text }) => text).join(' ');
    expect(texts).not.toContain('Nobody writes');
  });

  it('is found after a restart and heard from where it was said', async () => {
    for (const person of CALLERS) {
      await chosen(person);
      await button('Hang up').click();
      await desk.page().getByText('You hung up.').waitFor();
    }
    await chosen(dana);
    await desk.page().locator('.talk:visible').waitFor();
    await looks('ended');
    await desk.restart(async () => {
      for (const file of await readdir(desk.dataPath, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue;
        const bytes = await readFile(join(file.parentPath, file.name));
        expect(`${file.name} ${bytes.includes('4111 1111') || bytes.includes('41111111')}`).toBe(
          `${file.name} false`,
        );
      }
    });
    const page = desk.page();
    await page.keyboard.press('Control+Shift+f');
    await page
      .getByRole('searchbox', { name: 'Search calls and what was said' })
      .fill('who signed');
    const passage = page.locator('.passage', { hasText: 'who signed for it.' });
    await passage.waitFor();
    await looks('found');
    await passage.click();
    await page.locator('.transcript-log mark', { hasText: 'signed' }).waitFor();
    const [, , signed] = told.get(dana.name) ?? [];
    const heardAt = await hearWord(page, 'signed for', 'Please');
    figures.push(
      `recorded word: heard from ${heardAt} ms, said at ${Math.round(signed?.beganMs ?? 0)} ms`,
    );
    expect(Math.abs(heardAt - (signed?.beganMs ?? 0))).toBeLessThan(NEAR_MS);
    expect((await desk.state()).replay).toMatchObject({ source: 'kept', playing: true });
    await looks('heard-again');
  });
});

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
