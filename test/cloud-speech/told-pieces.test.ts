import { describe, expect, it } from 'vitest';
import { createToldPieces, type Unnamed } from '../../electron/cloud-speech/told-pieces.ts';
import type { HeardPiece } from '../../electron/core/transcriber.ts';

const FIRST = {};
const SECOND = {};

function piece(text: string, isFinal = false): Unnamed {
  return { text, isFinal, confidence: null, place: null, wordsAtMs: null };
}

function rig() {
  const told: HeardPiece[] = [];
  const pieces = createToldPieces(heard => told.push(heard));
  return { pieces, told: () => told.map(({ id, text, isFinal }) => [id, text, isFinal]) };
}

describe('told pieces', () => {
  it('end once, whatever is repeated or late', () => {
    const { pieces, told } = rig();
    pieces.tell(FIRST, 'a', piece('Hel'));
    pieces.tell(FIRST, 'a', piece('Hel'));
    expect(pieces.tell(FIRST, 'a', piece('Hello.', true))).toBe(true);
    expect(pieces.tell(FIRST, 'a', piece('Hello.', true))).toBe(false);
    pieces.tell(FIRST, 'a', piece('Hel'));
    expect(told()).toEqual([
      ['1', 'Hel', false],
      ['1', 'Hello.', true],
    ]);
  });

  it('go on under their names on the next connection', () => {
    const { pieces, told } = rig();
    pieces.tell(FIRST, 'a', piece('Hel'));
    pieces.lost(FIRST);
    pieces.tell(SECOND, 'a', piece('', true));
    pieces.tell(SECOND, 'b', piece('Hello.', true));
    pieces.tell(SECOND, 'c', piece('You', true));
    expect(told()).toEqual([
      ['1', 'Hel', false],
      ['1', 'Hello.', true],
      ['2', 'You', true],
    ]);
  });

  it('that hold nothing are told only to take back what was told', () => {
    const { pieces, told } = rig();
    pieces.tell(FIRST, 'a', piece(''));
    pieces.tell(FIRST, 'a', piece('', true));
    pieces.tell(FIRST, 'b', piece('Hm'));
    pieces.tell(FIRST, 'b', piece('', true));
    expect(told()).toEqual([
      ['1', 'Hm', false],
      ['1', '', true],
    ]);
  });

  it('that were only begun stay as they were at the end', () => {
    const { pieces, told } = rig();
    pieces.tell(FIRST, 'a', piece('One'));
    pieces.lost(FIRST);
    pieces.finish();
    pieces.finish();
    expect(told()).toEqual([
      ['1', 'One', false],
      ['1', 'One', true],
    ]);
  });
});
