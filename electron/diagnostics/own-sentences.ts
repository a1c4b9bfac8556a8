import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stands for what the program does not say by itself. */
const NOT_TOLD = '(not told)';

/** A sentence as the program has it; a word alone could stand there by chance. */
const SENTENCE = /^[A-Z]?[A-Za-z0-9’',.;:()/ -]+$/;

/**
 * Tells of a text whether the program itself has it, word for word and in quotes: then it holds nothing
 * about anybody. @param program the text of the whole program
 */
export function ownSentences(program: string): (sentence: string) => string {
  return sentence => {
    if (!SENTENCE.test(sentence) || !sentence.includes(' ')) return NOT_TOLD;
    const isOwn = ['"', "'", '`'].some(quote => program.includes(quote + sentence + quote));
    return isOwn ? sentence : NOT_TOLD;
  };
}

/** The text of the program: of its bundles, which lie in one folder. */
export function programText(folder: string): string {
  return readdirSync(folder)
    .filter(name => name.endsWith('.cjs'))
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
