/** An element of an XML document. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly elements: readonly XmlElement[];
  /** Texts and elements in their order. */
  readonly content: readonly (string | XmlElement)[];
  /** All text in it and in the elements below. */
  readonly text: string;
};

/** Says where a document is not well-formed. */
export class XmlError extends Error {
  /** @param offset of the offending character */
  constructor(message: string, offset: number) {
    super(`${message} (at character ${offset})`);
  }
}

const NAME = /[A-Za-z_:][\w:.-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const SKIPPED = /<!--(?:(?!--)[\s\S])*-->|<\?[\s\S]*?\?>/y;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;
const TEXT = /[^<]+/y;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Deepest nesting accepted. */
const MAX_DEPTH = 20;

/** Reads a well-formed XML document strictly; document types are refused. Throws `XmlError`. */
export function parseXml(source: string): XmlElement {
  const reader = new XmlReader(source.replace(/^\uFEFF/, ''));
  return reader.document();
}

class XmlReader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  document(): XmlElement {
    this.#skipBetween();
    const root = this.#element(0);
    this.#skipBetween();
    if (this.#at < this.#source.length) this.#fail('Text after the root element');
    return root;
  }

  #element(depth: number): XmlElement {
    if (depth > MAX_DEPTH) this.#fail('Too deeply nested');
    if (!this.#take('<')) this.#fail('An element was expected');
    const name = this.#match(NAME)?.[0] ?? this.#fail('An element needs a name');
    const attributes = this.#attributes();
    this.#match(/\s*/y);
    if (this.#take('/>')) return { name, attributes, elements: [], content: [], text: '' };
    if (!this.#take('>')) this.#fail(`The tag of ${name} is not closed`);
    return { name, attributes, ...this.#content(name, depth) };
  }

  #attributes(): Record<string, string> {
    const attributes: Record<string, string> = {};
    for (;;) {
      const found = this.#match(ATTRIBUTE);
      if (found === undefined) return attributes;
      const name = found[1] ?? '';
      if (Object.hasOwn(attributes, name)) this.#fail(`The attribute ${name} is given twice`);
      attributes[name] = this.#unescape(found[2] ?? found[3] ?? '');
    }
  }

  #content(name: string, depth: number): Pick<XmlElement, 'elements' | 'content' | 'text'> {
    const content: (string | XmlElement)[] = [];
    for (;;) {
      if (this.#at >= this.#source.length) this.#fail(`${name} is not closed`);
      if (this.#match(SKIPPED)) continue;
      const cdata = this.#match(CDATA);
      if (cdata !== undefined) {
        content.push(cdata[1] ?? '');
      } else if (this.#take('</')) {
        if (this.#match(NAME)?.[0] !== name) this.#fail(`${name} is closed by another name`);
        this.#match(/\s*/y);
        if (!this.#take('>')) this.#fail(`The closing tag of ${name} is not closed`);
        const elements = content.filter(part => typeof part !== 'string');
        const texts = content.map(part => (typeof part === 'string' ? part : part.text));
        return { elements, content, text: texts.join('') };
      } else if (this.#source[this.#at] === '<') {
        content.push(this.#element(depth + 1));
      } else {
        content.push(this.#unescape(this.#match(TEXT)?.[0] ?? ''));
      }
    }
  }

  #skipBetween(): void {
    while (this.#match(/\s+/y) || this.#match(SKIPPED)) {}
  }

  #unescape(text: string): string {
    return text.replace(/&([^;&\s]*);?/g, (whole, name: string) => {
      const code = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(name);
      const point = code && Number.parseInt(code[1] ?? code[2] ?? '', code[1] ? 16 : 10);
      if (point && point <= 0x10ffff && whole.endsWith(';')) return String.fromCodePoint(point);
      const character = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
      if (character === undefined || !whole.endsWith(';')) this.#fail('A stray ampersand');
      return character ?? '';
    });
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }

  #take(token: string): boolean {
    if (!this.#source.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #fail(message: string): never {
    throw new XmlError(message, this.#at);
  }
}
