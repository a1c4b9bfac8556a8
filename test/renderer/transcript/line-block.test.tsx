import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LineBlock } from '../../../renderer/transcript/line-block.tsx';
import { transcriptLines } from '../../../renderer/transcript/transcript-lines.ts';
import { NOW, placedSegment } from '../console-states.ts';

const VOICES = { them: 'Dana', us: 'You', agent: 'Maria' };
const MARKS = { watched: new Map(), found: new Map() };

function drawn(...texts: readonly string[]): string {
  const pieces = texts.map((text, index) => placedSegment(`s${index}`, index * 2000, { text }));
  const lines = transcriptLines(pieces, [], { zeroAt: NOW, finalOnly: true });
  return renderToStaticMarkup(
    <LineBlock lines={lines} voices={VOICES} marks={MARKS} now={null} playing={null} />,
  );
}

test('what is said in Arabic or Hebrew runs from right to left, its time and name stay in their columns', () => {
  for (const text of ['أريد استرداد 40 دولارا', 'אני רוצה החזר כספי']) {
    const html = drawn(text);
    // The text alone finds its direction; the grid around it keeps that of the window.
    expect(html.match(/dir="[a-z]+"/g)).toEqual(['dir="auto"']);
    expect(html).toContain('<span class="line-text pick" dir="auto">');
    expect(html.indexOf('Dana')).toBeLessThan(html.indexOf('dir="auto"'));
  }
});

test('two directions stand in lines of their own, each with its name', () => {
  const html = drawn('My address is', 'רחוב הרצל 5');
  expect(html.match(/dir="auto"/g)).toHaveLength(2);
  expect(html.match(/<strong>Dana<\/strong>/g)).toHaveLength(2);
});
