/**
 * What is said before something that is not to be kept, by language: words as `plainWord` has them.
 * Each is looked for in what either side says, whatever the language of the call.
 */
const PHRASES = {
  en: [
    'card number',
    'number on the card',
    'number on your card',
    'number on my card',
    'card details',
    'my card is',
    'security code',
    'security number',
    'verification code',
    'on the back of the card',
    'on the back of your card',
    'on the back of my card',
    'digits on the back',
    'expiration date',
    'expiry',
    'account number',
    'routing number',
    'sort code',
    'social security',
    'pin',
    'password is',
    'passcode is',
  ],
  // Abbreviations that are said alike in all of them.
  any: ['cvv', 'cvc', 'cvv2', 'cvc2', 'c v v', 'c v c', 'c.v.v', 'c.v.c', 'iban'],
  de: [
    'kartennummer',
    'karten nummer',
    'kreditkartennummer',
    'kreditkarten nummer',
    'nummer der karte',
    'nummer meiner karte',
    'nummer ihrer karte',
    'meine karte ist',
    'sicherheitscode',
    'sicherheitsnummer',
    'prufnummer',
    'prufziffer',
    'kartenprufnummer',
    'ablaufdatum',
    'verfallsdatum',
    'gultig bis',
    'kontonummer',
    'bankleitzahl',
    'sozialversicherungsnummer',
    'rentenversicherungsnummer',
    'geheimzahl',
    'passwort ist',
    'passwort lautet',
    'kennwort ist',
    'kennwort lautet',
  ],
  es: [
    'numero de tarjeta',
    'numero de la tarjeta',
    'numero de mi tarjeta',
    'numero de su tarjeta',
    'mi tarjeta es',
    'codigo de seguridad',
    'codigo de verificacion',
    'fecha de caducidad',
    'fecha de vencimiento',
    'fecha de expiracion',
    'numero de cuenta',
    'seguridad social',
    'contrasena es',
    'clave es',
  ],
  fr: [
    'numero de carte',
    'numero de la carte',
    'numero de ma carte',
    'numero de votre carte',
    'ma carte est',
    'ma carte cest',
    'code de securite',
    'code de verification',
    'cryptogramme',
    'date dexpiration',
    'date de validite',
    'numero de compte',
    'code guichet',
    'code banque',
    'securite sociale',
    'code secret',
    'code confidentiel',
    'mot de passe est',
    'mot de passe cest',
  ],
  it: [
    'numero di carta',
    'numero della carta',
    'numero della mia carta',
    'numero della sua carta',
    'la mia carta e',
    'codice di sicurezza',
    'codice di verifica',
    'data di scadenza',
    'numero di conto',
    'numero del conto',
    'codice fiscale',
    'codice segreto',
    'password e',
  ],
  pt: [
    'numero do cartao',
    'numero de cartao',
    'numero do meu cartao',
    'numero do seu cartao',
    'meu cartao e',
    'codigo de seguranca',
    'codigo de verificacao',
    'data de validade',
    'data de vencimento',
    'numero da conta',
    'numero de conta',
    'seguranca social',
    'senha e',
    'palavra passe e',
  ],
  nl: [
    'kaartnummer',
    'kaart nummer',
    'creditcardnummer',
    'nummer van de kaart',
    'nummer van mijn kaart',
    'mijn kaart is',
    'beveiligingscode',
    'veiligheidscode',
    'verificatiecode',
    'vervaldatum',
    'geldig tot',
    'rekeningnummer',
    'burgerservicenummer',
    'bsn',
    'pincode',
    'wachtwoord is',
  ],
} as const;

/** Words between a number and the phrase that tells what it was: "1234 is my PIN". */
const COPULAS = new Set(['is', 'was', 'ist', 'war', 'es', 'era', 'est', 'cest', 'e', 'foi']);

/** How far behind a number the phrase may begin. */
const MOST_BETWEEN = 3;

type Phrase = readonly string[];

/** The phrases by their first word. */
const BY_FIRST: ReadonlyMap<string, readonly Phrase[]> = byFirstWord();

/** The most words before the last one of a phrase: so many of an earlier piece may begin one. */
export const LONGEST_TRIGGER = 5;

/** A phrase that was found: its first word, and the one after its last. */
type Found = { readonly from: number; readonly to: number };

/** Finds all phrases in plain words. */
export function triggersIn(words: readonly string[]): Found[] {
  const found: Found[] = [];
  for (const [from, word] of words.entries()) {
    for (const phrase of BY_FIRST.get(word) ?? []) {
      const isThere = phrase.every((each, i) => words[from + i] === each);
      if (isThere) found.push({ from, to: from + phrase.length });
    }
  }
  return found;
}

/** Whether a phrase tells what the number before it was. @param end the word after the number */
export function isToldAfter(
  words: readonly string[],
  end: number,
  triggers: readonly Found[],
): boolean {
  return triggers.some(({ from }) => {
    const between = words.slice(end, from);
    const isNear = from > end && between.length <= MOST_BETWEEN;
    return isNear && between.some(word => COPULAS.has(word));
  });
}

function byFirstWord(): Map<string, Phrase[]> {
  const all = new Map<string, Phrase[]>();
  for (const text of Object.values(PHRASES).flat()) {
    const phrase = text.split(' ');
    const first = phrase[0] ?? '';
    all.set(first, [...(all.get(first) ?? []), phrase]);
  }
  return all;
}
