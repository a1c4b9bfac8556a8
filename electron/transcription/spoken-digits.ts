/** The languages in which spoken numbers are known. */
export type NumberLanguage = keyof typeof TABLES;

/** A word that is a number when it is spoken. */
export type SpokenNumber = {
  readonly digits: string;
  /** A unit may follow and belong to it, as in "forty two". */
  readonly isTens: boolean;
  /** It is as often another word, and a number only among numbers: "oh", "one", the French "un". */
  readonly isWeak: boolean;
};

/** How a language says numbers. */
type NumberWords = {
  readonly numbers: ReadonlyMap<string, SpokenNumber>;
  /** Words that repeat the digit behind them. */
  readonly times: ReadonlyMap<string, number>;
  /** Words that belong to amounts. */
  readonly scales: ReadonlySet<string>;
  /** Words between the digits of one number. */
  readonly fillers: ReadonlySet<string>;
  /** Joins tens and a unit. */
  readonly joiner: string | null;
};

/** Words by their number, several ways to say it apart by spaces; `?` marks those that are weak. */
type Words = {
  /** 0 to 9. */
  readonly units: readonly string[];
  /** 10 to 19. */
  readonly teens: readonly string[];
  /** 20 to 90. */
  readonly tens: readonly string[];
  /** Numbers between them that are one word, from the words of the tens and the unit. */
  readonly joined?: (tens: string, unit: string) => string;
  readonly times?: Readonly<Record<string, number>>;
  readonly scales: string;
  readonly fillers: string;
  readonly joiner?: string;
};

const ENGLISH: Words = {
  units: [
    'zero nought naught oh? o?',
    'one?',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine niner',
  ],
  teens: list('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'),
  tens: [...list('twenty thirty'), 'forty fourty', ...list('fifty sixty seventy eighty ninety')],
  times: { double: 2, triple: 3, treble: 3, quadruple: 4 },
  scales: 'hundred thousand million',
  fillers: 'and then uh um er erm so ok okay yes yeah right dash hyphen space its is',
};

const GERMAN: Words = {
  units: ['null', 'eins ein?', 'zwei zwo', ...list('drei vier funf sechs sieben acht neun')],
  teens: [
    'zehn',
    'elf?',
    ...list('zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn'),
  ],
  tens: ['zwanzig', 'dreissig', ...list('vierzig funfzig sechzig siebzig achtzig neunzig')],
  joined: (tens, unit) => `${unit === 'eins' ? 'ein' : unit}und${tens}`,
  times: { doppel: 2, doppelt: 2, zweimal: 2, dreimal: 3 },
  scales: 'hundert tausend',
  fillers: 'und dann ah ahm ja also ok okay strich leer ist',
};

const SPANISH: Words = {
  units: ['cero', 'uno un?', ...list('dos tres cuatro cinco seis siete ocho nueve')],
  teens: [
    'diez',
    'once?',
    ...list('doce trece catorce quince dieciseis diecisiete dieciocho diecinueve'),
  ],
  tens: list('veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa'),
  joined: (tens, unit) => (tens === 'veinte' ? `veinti${unit}` : `${tens}-y-${unit}`),
  times: { doble: 2, triple: 3 },
  scales: 'cien ciento mil',
  fillers: 'y luego eh pues si vale guion espacio es',
  joiner: 'y',
};

const FRENCH: Words = {
  units: ['zero', 'un? une?', ...list('deux trois quatre cinq six sept huit neuf')],
  teens: [
    ...list('dix onze douze treize quatorze quinze seize'),
    'dix-sept',
    'dix-huit',
    'dix-neuf',
  ],
  tens: [
    ...list('vingt trente quarante cinquante soixante'),
    'septante soixante-dix',
    'huitante octante quatre-vingt quatre-vingts',
    'nonante quatre-vingt-dix',
  ],
  joined: (tens, unit) => `${tens}-${unit}`,
  times: { double: 2, triple: 3 },
  scales: 'cent mille',
  fillers: 'et puis euh oui alors ok tiret espace est',
  joiner: 'et',
};

const ITALIAN: Words = {
  units: [
    'zero',
    'uno un?',
    'due?',
    'tre',
    'quattro',
    'cinque',
    'sei?',
    ...list('sette otto nove'),
  ],
  teens: list(
    'dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
  ),
  tens: list('venti trenta quaranta cinquanta sessanta settanta ottanta novanta'),
  joined: (tens, unit) => `${/^[uo]/.test(unit) ? tens.slice(0, -1) : tens}${unit}`,
  times: { doppio: 2, triplo: 3 },
  scales: 'cento mila mille',
  fillers: 'e poi eh si allora ok trattino spazio',
};

const PORTUGUESE: Words = {
  units: [
    'zero',
    'um? uma?',
    'dois duas',
    'tres',
    'quatro',
    'cinco',
    'seis meia?',
    ...list('sete oito nove'),
  ],
  teens: [
    'dez',
    'onze',
    'doze?',
    'treze',
    'catorze quatorze',
    'quinze',
    'dezesseis dezasseis',
    'dezessete dezassete',
    'dezoito',
    'dezenove dezanove',
  ],
  tens: list('vinte trinta quarenta cinquenta sessenta setenta oitenta noventa'),
  times: { duplo: 2, triplo: 3 },
  scales: 'cem cento mil',
  fillers: 'e depois eh sim entao ok traco espaco',
  joiner: 'e',
};

const DUTCH: Words = {
  units: ['nul', 'een?', ...list('twee drie vier vijf zes zeven acht negen')],
  teens: [
    'tien?',
    'elf?',
    ...list('twaalf dertien veertien vijftien zestien zeventien achttien negentien'),
  ],
  tens: list('twintig dertig veertig vijftig zestig zeventig tachtig negentig'),
  joined: (tens, unit) => `${unit}en${tens}`,
  times: { dubbel: 2, dubbele: 2, driedubbel: 3 },
  scales: 'honderd duizend',
  fillers: 'en dan eh ja dus ok oke streepje spatie is',
};

const TABLES = {
  en: numberWords(ENGLISH),
  de: numberWords(GERMAN),
  es: numberWords(SPANISH),
  fr: numberWords(FRENCH),
  it: numberWords(ITALIAN),
  pt: numberWords(PORTUGUESE),
  nl: numberWords(DUTCH),
};

const LANGUAGES: readonly NumberLanguage[] = ['en', 'de', 'es', 'fr', 'it', 'pt', 'nl'];

/** How a language says numbers. */
export function numberWordsOf(language: NumberLanguage): NumberWords {
  return TABLES[language];
}

/**
 * In which language plain words say their numbers: that in which most of them are numbers.
 * @param before the language when they do not tell
 */
export function numberLanguageOf(words: readonly string[], before: NumberLanguage): NumberLanguage {
  let best = before;
  let most = countIn(words, before);
  for (const language of LANGUAGES) {
    const count = countIn(words, language);
    if (count > most) {
      best = language;
      most = count;
    }
  }
  return best;
}

/** A word as the tables have it: small, without accents and without signs at its ends. */
export function plainWord(word: string): string {
  // Most words are, and what follows takes time.
  if (/^[a-z]+$/.test(word)) return word;
  return word
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** Weak words only decide between languages that are as likely without them. */
function countIn(words: readonly string[], language: NumberLanguage): number {
  const { numbers } = TABLES[language];
  let strong = 0;
  let weak = 0;
  for (const word of words) {
    const isWeak = numbers.get(word)?.isWeak;
    if (isWeak === false) strong += 1;
    else if (isWeak === true) weak += 1;
  }
  return strong === 0 ? 0 : strong + weak / (words.length + 1);
}

function numberWords(words: Words): NumberWords {
  const numbers = new Map<string, SpokenNumber>();
  const add = (ways: string, digits: string, isTens = false): void => {
    for (const way of list(ways)) {
      numbers.set(way.replace('?', ''), { digits, isTens, isWeak: way.endsWith('?') });
    }
  };
  const inBetween = words.joined ?? ((tens, unit) => `${tens}-${unit}`);
  for (const [tenth, tens] of words.tens.entries()) {
    for (const [unit, ways] of words.units.entries()) {
      if (unit === 0) continue;
      for (const ten of list(tens)) {
        for (const way of list(ways.replaceAll('?', ''))) {
          add(inBetween(ten, way), `${tenth + 2}${unit}`);
        }
      }
    }
  }
  for (const [tenth, tens] of words.tens.entries()) add(tens, `${tenth + 2}0`, true);
  for (const [teen, ways] of words.teens.entries()) add(ways, `1${teen}`);
  for (const [unit, ways] of words.units.entries()) add(ways, `${unit}`);
  return {
    numbers,
    times: new Map(Object.entries(words.times ?? {})),
    scales: new Set(list(words.scales)),
    fillers: new Set(list(words.fillers)),
    joiner: words.joiner ?? null,
  };
}

function list(words: string): string[] {
  return words.split(' ');
}
