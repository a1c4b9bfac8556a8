import { describe, expect, it } from 'vitest';
import type { SegmentPlace, Side } from '../../electron/core/segment.ts';
import { createRedactor, type Redactor } from '../../electron/transcription/redactor.ts';

const CARD = '4111 1111 1111 1111';

let pieces = 0;

/** Says a text to a redactor. @returns what may be kept of it */
function say(
  redactor: Redactor,
  text: string,
  nowMs = 0,
  {
    speaker = 'them',
    id = `piece ${pieces++}`,
    isFinal = true,
    place = null,
  }: {
    speaker?: Side;
    id?: string;
    isFinal?: boolean;
    place?: SegmentPlace | null;
  } = {},
) {
  return redactor.words({ speaker, segmentId: id, text, isFinal, place }, nowMs);
}

/** What is kept of a text that is all that was said. */
function alone(text: string): string {
  return say(createRedactor(), text).text;
}

describe('what nobody asked for is kept as it is:', () => {
  it.each([
    'call me on 415 555 0177',
    'Call me on (415) 555-0177, please.',
    'four one five five five five oh one seven seven',
    'my number is plus four four seven seven double oh nine double oh one two three',
    '+49 170 1234567',
    '415 555 0177, 415 555 0177',
    'order 88120',
    'my order number is 88120 and it came on the 3rd of May 2026',
    'at 10:30 or at 11:45',
    '2026',
    'in twenty twenty six, not in nineteen ninety nine',
    'that is $1,299.50 or 1299 euros',
    'two hundred and fifty dollars',
    'oh, one moment please',
    'I bought a new credit card yesterday for 20 dollars',
    'my car is a model 3',
    'the invoice is 4711 0815',
    'meine Telefonnummer ist null eins sieben null eins zwei drei vier',
    'il y a un problème',
    'the rent is due once a month',
    '',
    '   ',
  ])('%j', text => {
    expect(alone(text)).toBe(text);
  });
});

describe('card numbers are masked', () => {
  it.each([
    [CARD, '•••• •••• •••• ••••'],
    ['4111111111111111', '••••••••••••••••'],
    ['It is 4111-1111-1111-1111, thanks.', 'It is ••••-••••-••••-••••, thanks.'],
    ['4111.1111.1111.1111', '••••.••••.••••.••••'],
    ['5 4 2 4 0 0 0 0 0 0 0 0 0 0 1 5', '• • • • • • • • • • • • • • • •'],
    ['378282246310005', '•••••••••••••••'],
    // Misheard: its check digit is wrong.
    ['4111 1111 1111 1112', '•••• •••• •••• ••••'],
    ['4111 1111 1111 1111 12/27 123', '•••• •••• •••• •••• ••/•• •••'],
    ['order 88120 paid with 4111 1111 1111 1111', 'order 88120 paid with •••• •••• •••• ••••'],
    ['٤١١١ ١١١١ ١١١١ ١١١١', '•••• •••• •••• ••••'],
  ])('%j', (said, kept) => {
    expect(alone(said)).toBe(kept);
  });

  it.each([
    'four one one one one one one one one one one one one one one one',
    'four triple one double one double one, double one double one, double one, one, one',
    'forty one eleven eleven eleven eleven eleven eleven eleven',
    'four one one one uh one one one one dash one one one one and one one one one',
    'vier eins eins eins eins eins eins eins eins eins eins eins eins eins eins eins',
    'einundvierzig elf elf elf elf elf elf elf',
    'cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno',
    'quatre un un un un un un un un un un un un un un un',
    'quattro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno',
    'quatro um um um um um um um um um um um um um um um',
    'vier één één één één één één één één één één één één één één één',
    'four-one-one-one one-one-one-one one-one-one-one one-one-one-one',
  ])('in words: %j', text => {
    const kept = alone(text);
    expect(kept.match(/\S+/g)).toHaveLength(text.split(' ').length);
    expect(kept.replace(/\b(uh|dash|and)\b/g, '')).toMatch(/^[•\s,-]+$/);
  });

  it('at once in the partial that becomes one, and in all that follow', () => {
    const redactor = createRedactor();
    const partial = (text: string) => say(redactor, text, 0, { id: 'a', isFinal: false }).text;
    expect(partial('it is 4111 1111')).toBe('it is 4111 1111');
    expect(partial('it is 4111 1111 1111 1111')).toBe('it is •••• •••• •••• ••••');
    expect(partial('it is 4111 1111 11')).toBe('it is •••• •••• ••');
    expect(say(redactor, 'it is 4111 1111 1111', 0, { id: 'a' }).text).toBe('it is •••• •••• ••••');
  });

  it('before they are whole, while they are drafts', () => {
    const redactor = createRedactor();
    const draft = (text: string) => say(redactor, text, 0, { id: 'a', isFinal: false }).text;
    expect(draft('it is 4111 1111')).toBe('it is 4111 1111');
    expect(draft('it is 4111 1111 1111')).toBe('it is •••• •••• ••••');
    expect(draft('it is 4111 1111 1111 11')).toBe('it is •••• •••• •••• ••');
    const number = 'call 44 20 7946 0958';
    expect(say(redactor, number, 0, { id: 'b', isFinal: false }).text).not.toContain('7946');
    expect(say(redactor, number, 0, { id: 'b' }).text).toBe(number);
  });

  it('when they are spread over pieces with turns of the other side in between', () => {
    const redactor = createRedactor();
    const them = (text: string, at: number) => say(redactor, text, at).text;
    const us = (text: string, at: number) => say(redactor, text, at, { speaker: 'us' }).text;
    expect(them('four one one one', 0)).toBe('four one one one');
    expect(us('go on', 1000)).toBe('go on');
    expect(them('one one one one', 3000)).toBe('one one one one');
    expect(us('yes', 4000)).toBe('yes');
    expect(them('one one one one', 6000)).toBe('•••• •••• •••• ••••');
    expect(them('and one one one one', 9000)).toBe('and •••• •••• •••• ••••');
    expect(them('the order is 88120', 25_000)).toBe('the order is 88120');
  });

  it('but not what is said alone once ten seconds are without digits', () => {
    const redactor = createRedactor();
    say(redactor, 'four one five five', 0);
    say(redactor, 'five five oh one', 1000);
    expect(say(redactor, 'seven seven', 11_000).text).toBe('•••• ••••');
    expect(say(redactor, 'eight eight', 21_001).text).toBe('eight eight');
  });

  it('while a number that was told once is not masked when it is told again', () => {
    const redactor = createRedactor();
    say(redactor, '415 555 0177', 0, { id: 'a' });
    expect(say(redactor, '415 555 0177', 100, { id: 'a' }).text).toBe('415 555 0177');
  });

  it('with the security code said alone right after, by whoever says it', () => {
    const redactor = createRedactor();
    say(redactor, CARD, 0);
    expect(say(redactor, '123', 15_000, { speaker: 'us' }).text).toBe('•••');
    expect(say(redactor, 'order 88120', 16_000).text).toBe('order 88120');
    expect(say(redactor, '123', 60_000).text).toBe('123');
  });

  it('whatever the number, however it is parted and spoken', () => {
    const names = 'zero one two three four five six seven eight nine'.split(' ');
    const random = numbersFrom(1);
    for (let round = 0; round < 300; round += 1) {
      const rest = Array.from({ length: 14 }, () => random(10));
      const number = withCheckDigit([4, ...rest]);
      const size = 1 + random(5);
      const parts =
        random(2) === 0
          ? number.map(digit => names[digit] ?? '')
          : (number.join('').match(new RegExp(`.{1,${size}}`, 'g')) ?? []);
      const kept = alone(`so ${parts.join(' ')} then`);
      expect(kept).toMatch(/^so [• ]+ then$/);
      expect(kept.split(' ')).toHaveLength(parts.length + 2);
    }
  });
});

describe('digits are masked after it was said what they are', () => {
  it.each([
    ['my card number is 4111', 'my card number is ••••'],
    ['My card is 41 11.', 'My card is •• ••.'],
    ['the security code is one two three', 'the security code is •••• •••• ••••'],
    ['CVV 123', 'CVV •••'],
    ['C V C, 123', 'C V C, •••'],
    ['expiry date 12/27', 'expiry date ••/••'],
    ['account number 8812 0', 'account number •••• •'],
    ['sort code 20-00-00', 'sort code ••-••-••'],
    ['my social security is 078 05 1120', 'my social security is ••• •• ••••'],
    ['the PIN is 1234', 'the PIN is ••••'],
    ['1234 is my PIN', '•••• is my PIN'],
    ['my password is swordfish22', 'my password is swordfish••'],
    ['order 88120, card number 4111', 'order 88120, card number ••••'],
    ['the pin is two hundred', 'the pin is •••• ••••'],
    ['meine Kartennummer ist vier eins', 'meine Kartennummer ist •••• ••••'],
    ['die Prüfnummer ist 123', 'die Prüfnummer ist •••'],
    ['das Ablaufdatum ist zwölf siebenundzwanzig', 'das Ablaufdatum ist •••• ••••'],
    ['el número de tarjeta es cuatro uno', 'el número de tarjeta es •••• ••••'],
    ['el código de seguridad es 123', 'el código de seguridad es •••'],
    ["la date d'expiration, douze vingt-sept", "la date d'expiration, •••• ••••"],
    ['mon numéro de carte est quatre deux', 'mon numéro de carte est •••• ••••'],
    ['il numero della carta è quattro due', 'il numero della carta è •••• ••••'],
    ['o número do cartão é quatro dois', 'o número do cartão é •••• ••••'],
    ['mijn rekeningnummer is acht twee', 'mijn rekeningnummer is •••• ••••'],
  ])('%j', (said, kept) => {
    expect(alone(said)).toBe(kept);
  });

  it('by either side, for 45 s and as long as they go on', () => {
    const redactor = createRedactor();
    say(redactor, 'Can I have your card number?', 0, { speaker: 'us' });
    expect(say(redactor, 'four one', 20_000).text).toBe('•••• ••••');
    expect(say(redactor, '41, right?', 30_000, { speaker: 'us' }).text).toBe('••, right?');
    expect(say(redactor, '12', 44_000).text).toBe('••');
    expect(say(redactor, '13', 52_000).text).toBe('••');
    expect(say(redactor, '14', 70_000).text).toBe('14');
  });

  it('until something else is spoken of', () => {
    const redactor = createRedactor();
    say(redactor, 'my card number is 4111', 0);
    say(redactor, 'go on', 1000, { speaker: 'us' });
    say(redactor, 'well that is all I have', 2000);
    expect(say(redactor, 'and 1111', 3000).text).toBe('and ••••');
    say(redactor, 'thank you, that went through', 4000, { speaker: 'us' });
    say(redactor, 'where does my parcel go', 5000);
    expect(say(redactor, 'order 88120', 6000).text).toBe('order 88120');
  });

  it('also when the person looks for the card first', () => {
    const redactor = createRedactor();
    say(redactor, 'your card number please', 0, { speaker: 'us' });
    say(redactor, 'sure, let me get my bag', 2000);
    say(redactor, 'take all the time you need', 5000, { speaker: 'us' });
    expect(say(redactor, '4111', 12_000).text).toBe('••••');
  });

  it('when the phrase is parted over two pieces', () => {
    const redactor = createRedactor();
    say(redactor, 'so my card', 0);
    expect(say(redactor, 'number is 41', 1000).text).toBe('number is ••');
  });

  it('also in a final that lost the phrase its partial had', () => {
    const redactor = createRedactor();
    say(redactor, 'my card is 41', 0, { id: 'a', isFinal: false });
    expect(say(redactor, 'my cart is 41', 100, { id: 'a' }).text).toBe('my cart is ••');
  });

  it('and stay so when the final comes after the time was over', () => {
    const redactor = createRedactor();
    say(redactor, 'card number?', 0, { speaker: 'us' });
    say(redactor, 'call 41', 44_000, { id: 'a', isFinal: false });
    expect(say(redactor, 'call 41', 56_000, { id: 'a' }).text).toBe('call ••');
  });
});

describe('digits are masked after keys were pressed', () => {
  it('for 20 s', () => {
    const redactor = createRedactor();
    redactor.pressed(1000);
    expect(say(redactor, 'that was 12', 20_000).text).toBe('that was ••');
    expect(say(redactor, 'that was 12', 21_001).text).toBe('that was 12');
  });
});

describe('where masked words stand', () => {
  const place = { atMs: 10_000, lengthMs: 5000, wordsMs: [0, 500, 1000, 1500, 2000, 4000] };
  const text = 'my pin is 12 34 bye';

  it('is told by the places of the words, 150 ms wider', () => {
    const redactor = createRedactor();
    const told = say(redactor, text, 0, { id: 'a', place });
    expect(told).toEqual({
      text: 'my pin is •• •• bye',
      place,
      masked: [{ atMs: 11_350, lengthMs: 2800 }],
    });
  });

  it('is guessed by the letters where there are none', () => {
    const { masked } = say(createRedactor(), text, 0, { place: { ...place, wordsMs: null } });
    expect(masked).toEqual([{ atMs: 12_350, lengthMs: 1800 }]);
  });

  it('is told of final pieces, and once', () => {
    const redactor = createRedactor();
    expect(say(redactor, text, 0, { id: 'a', place, isFinal: false }).masked).toEqual([]);
    expect(say(redactor, text, 1, { id: 'a', place }).masked).toHaveLength(1);
    expect(say(redactor, text, 2, { id: 'a', place }).masked).toEqual([]);
    expect(say(redactor, 'nothing', 3, { place }).masked).toEqual([]);
  });

  it('is not told without a place', () => {
    expect(say(createRedactor(), text, 0).masked).toEqual([]);
  });
});

it('never changes how many words there are, nor what stands between them', () => {
  const signs = [...'19٣·.,-+ \n\t  ée"(/:', 'one', 'oh', 'double', '…', 'pin'];
  const random = numbersFrom(2);
  for (let round = 0; round < 500; round += 1) {
    const said = Array.from({ length: random(30) }, () => signs[random(signs.length)] ?? '');
    const text = `pin ${said.join('')}`;
    const kept = alone(text);
    expect(kept.match(/\s+/g)).toEqual(text.match(/\s+/g));
    expect(kept).not.toMatch(/\p{Nd}/u);
  }
});

/** The same whole numbers every time, each below what is asked for. Source: Park and Miller's generator, 1988. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** A number of a card, whose last digit makes it right. */
function withCheckDigit(digits: readonly number[]): readonly number[] {
  const sum = digits
    .toReversed()
    .map((digit, i) => (i % 2 === 0 ? 2 * digit : digit))
    .reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return [...digits, (10 - (sum % 10)) % 10];
}
