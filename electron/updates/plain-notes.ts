/** As much of foreign notes as is looked at, in characters. */
const MOST_READ = 20_000;

/** As much of them as is kept. */
const MOST_KEPT = 6000;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/**
 * Release notes as plain text. Feeds give Markdown, HTML, or a list of notes by version; whatever is
 * no text of them is left out, and nothing of it is ever shown as HTML.
 */
export function plainNotes(foreign: unknown): string {
  const text = Array.isArray(foreign) ? foreign.map(noteOfVersion).join('\n\n') : textOf(foreign);
  const plain = withoutControls(decoded(withoutTags(text.slice(0, MOST_READ))))
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return plain.length > MOST_KEPT ? `${plain.slice(0, MOST_KEPT)}…` : plain;
}

function textOf(foreign: unknown): string {
  return typeof foreign === 'string' ? foreign : '';
}

function noteOfVersion(foreign: unknown): string {
  if (typeof foreign !== 'object' || foreign === null) return '';
  const version = 'version' in foreign ? textOf(foreign.version) : '';
  const note = 'note' in foreign ? textOf(foreign.note) : '';
  return `${version}\n${note}`.trim();
}

function withoutTags(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/\s*<li\b[^<>]*>\s*/gi, '\n- ')
    .replace(/<br\b[^<>]*>\n?|<\/div\s*>/gi, '\n')
    .replace(/<\/(p|h[1-6]|ul|ol|pre|blockquote)\s*>/gi, '\n\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '');
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
    (whole, ten, six, name) => {
      if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole;
      const point = ten === undefined ? Number.parseInt(six, 16) : Number(ten);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
    },
  );
}

/** Leaves out what is not seen but changes what is: controls, and marks that turn the direction of text. */
function withoutControls(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{C}\n\t]/gu, '');
}
