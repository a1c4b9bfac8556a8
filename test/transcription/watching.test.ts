import { describe, expect, it } from 'vitest';
import type { ConsoleEvent, Fact } from '../../electron/core/events.ts';
import type { Segment } from '../../electron/core/segment.ts';
import { settingsSchema } from '../../electron/core/settings.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { createWatching } from '../../electron/transcription/watching.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';
import { segment } from '../support/segments.ts';

/** What a list is like; the rest as it is by default. */
type Told = { readonly phrases: readonly string[] } & Readonly<Record<string, unknown>>;

/** A desk with one live call and lists of words, and what it is told of what is said. */
function desk(...lists: readonly Told[]) {
  const told: Fact[] = [];
  const watchLists = lists.map((list, i) => ({ id: `list-${i + 1}`, title: 'Words', ...list }));
  let state: ConsoleState = {
    ...stateAfter(liveCallFacts('call-1')),
    settings: settingsSchema.parse({ watchLists }),
  };
  const watching = createWatching({ state: () => state, emit: fact => told.push(fact) });
  return {
    told,
    heard: () => told.filter(fact => fact.event === 'watch-word-heard'),
    end: () => {
      state = { ...state, calls: [] };
    },
    say: (text: string, piece: Partial<Segment> = {}) => {
      const event = { event: 'segment', ...segment({ text, ...piece }), at: 5000 } as const;
      watching.follow({ event, after: state });
    },
    follow: (event: ConsoleEvent) => watching.follow({ event, after: state }),
  };
}

/** The words in which phrases were found in a text. */
function foundIn(text: string, language: string | null, ...phrases: readonly string[]): string[] {
  const { say, heard } = desk({ phrases });
  say(text, { language });
  return heard().map(({ words }) => words);
}

describe('a phrase is found', () => {
  it.each([
    ['refund', 'en-US', 'I want a REFUND.', 'REFUND'],
    ['cancel', 'en-US', 'We are cancelling it', 'cancelling'],
    ['cancellation', 'en-GB', 'two cancellations', 'cancellations'],
    ['supervisor', 'en-US', 'get me your supervizor!', 'supervizor'],
    ['lawyer', 'en-US', 'my lawyers will call', 'lawyers'],
    ['complaint', 'en-US', 'a formal complaynd then', 'complaynd'],
    ['speak to a manager', 'en-US', 'let me speak to a manager', 'speak to a manager'],
    ['speak to a manager', 'en-US', 'speaking to the a manager', 'speaking to the a manager'],
    ['cancel subscription', 'en-US', 'cancel my subscription, now', 'cancel my subscription'],
    ["don't call", 'en-US', 'please dont call me', 'dont call'],
    ['follow-up', 'en-US', 'a follow up', 'follow up'],
    ['Kündigung', 'de-DE', 'meine kundigung ist da', 'kundigung'],
    ['kündigen', 'de-DE', 'ich kündige', 'kündige'],
    ['facturacion', 'es-ES', 'una facturación doble', 'facturación'],
    ['réclamation', 'fr-FR', 'des réclamations', 'réclamations'],
    ['пожаловаться', 'ru-RU', 'я пожаловалась', 'пожаловалась'],
    ['استرداد', 'ar-SA', 'أريد استرداد المال', 'استرداد'],
    ['退款', 'zh-CN', '我要退款谢谢', '退款'],
    ['fee', null, 'the fees are high', 'fees'],
  ])('%j in %s: %j', (phrase, language, text, words) => {
    expect(foundIn(text, language, phrase)).toEqual([words]);
  });

  it('in words that are masked in part, without what is masked', () => {
    expect(foundIn('card •••• please', 'en-US', 'card', '4111')).toEqual(['card']);
  });

  it('by the language of the call where the piece tells none', () => {
    expect(foundIn('we cancelled', null, 'cancel')).toEqual(['cancelled']);
  });
});

describe('a phrase is not found', () => {
  it.each([
    ['rate', 'I am late', 'too short to differ'],
    ['refund', 'I refuse', 'too different'],
    ['speak to a manager', 'a manager to speak', 'out of order'],
    ['cancel subscription', 'cancel the whole subscription', 'too far apart'],
    ['fee', 'coffee', 'inside of another word'],
    ['24500', '24501', 'another number'],
  ])('%j in %j: %s', (phrase, text) => {
    expect(foundIn(text, 'en-US', phrase)).toEqual([]);
  });
});

describe('what is found', () => {
  it('is told with its place, and the call asks for attention', () => {
    const { say, told } = desk({ phrases: ['two refunds'], toFront: true });
    const place = { atMs: 60_000, lengthMs: 2000, wordsMs: [0, 300, 700, 1100] };
    say('I want two refunds.', { place });
    expect(told).toEqual([
      {
        event: 'watch-word-heard',
        callId: 'call-1',
        segmentId: 'segment-1',
        listId: 'list-1',
        phrase: 'two refunds',
        words: 'two refunds',
        speaker: 'them',
        atMs: 60_700,
      },
      {
        event: 'attention-raised',
        callId: 'call-1',
        attention: { kind: 'watch-word', since: 5000, label: 'two refunds', toFront: true },
      },
    ]);
  });

  it('stands where its piece begins when no words have places, and nowhere without one', () => {
    const { say, heard } = desk({ phrases: ['refund'] });
    say('a refund', { place: { atMs: 500, lengthMs: 2000, wordsMs: null } });
    say('a refund', { segmentId: 'segment-2' });
    expect(heard().map(({ atMs }) => atMs)).toEqual([500, null]);
  });

  it('is told once for each piece, early, and stays told when it was a mistake', () => {
    const { say, heard } = desk({ phrases: ['refund', 'lawyer'] });
    say('a refund', { isFinal: false });
    say('a refund for my lawyer', { isFinal: false });
    say('a reef and for my lawyer');
    say('a refund and a refund', { segmentId: 'segment-2' });
    expect(heard().map(({ phrase }) => phrase)).toEqual(['refund', 'lawyer', 'refund']);
  });

  it('is told for every list that has it, of those whose speaker it is', () => {
    const { say, heard } = desk(
      { phrases: ['refund'], speaker: 'us' },
      { phrases: ['refund'], speaker: 'them' },
      { phrases: ['refund'] },
    );
    say('a refund');
    expect(heard().map(({ listId }) => listId)).toEqual(['list-2', 'list-3']);
  });

  it('asks for no attention once the call is over', () => {
    const { say, end, told } = desk({ phrases: ['refund'] });
    end();
    say('a refund');
    expect(told).toMatchObject([{ event: 'watch-word-heard' }]);
  });

  it('is nothing without lists, nor in other events', () => {
    const { say, follow, told } = desk();
    say('a refund');
    follow({ event: 'call-answered', callId: 'call-1', at: 0 });
    expect(told).toEqual([]);
  });
});
