/**
 * Nothing in it that any tokenizer would take for a word. (Symbols are left in: some fold to letters, and where the core finds
 * no word the record is looked at again, never the other way round.)
 */
const BLANK = /^[\p{P}\p{Z}\p{Cc}\p{Cf}]*$/u;

export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** What weighs so much could hold the shortest question that is always found (report/guarantee.ts): eight words. */
export const PROSE = 16;
const WORD = 2;
/** Strings of three words are pieces of a text that is cut into many; ids, labels and addresses are shorter. */
export const PIECE = 6;

export function isProse(text: string): boolean {
  return proseWeight(text) >= PROSE;
}

/** Words, or code points of scripts that put no spaces between words, of which one weighs half as much; no more than PROSE is counted. */
export function proseWeight(text: string): number {
  let words = 0;
  let unspaced = 0;
  let inWord = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isSpace(unit)) {
      inWord = false;
      continue;
    }
    if (!inWord) words += WORD;
    inWord = true;
    if (isUnspaced(unit)) unspaced++;
    if (words >= PROSE || unspaced >= PROSE) return PROSE;
  }
  return Math.max(words, unspaced);
}

/** As a regular expression's \s. */
function isSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 9 && unit <= 13);
  if (unit < 0x2000) return unit === 0xa0 || unit === 0x1680;
  if (unit <= 0x205f) return unit <= 0x200a || unit === 0x2028 || unit === 0x2029 || unit === 0x202f || unit === 0x205f;
  return unit === 0x3000 || unit === 0xfeff;
}

/** Thai and Lao, Myanmar, Khmer, kana, Han; of the characters beyond 0xffff, the first units of rare Han. */
function isUnspaced(unit: number): boolean {
  if (unit < 0x0e01) return false;
  if (unit < 0x0f00) return true;
  if (unit < 0x3041) return (unit >= 0x1000 && unit < 0x10a0) || (unit >= 0x1780 && unit < 0x1800) || unit === 0x3005;
  if (unit < 0xa000) return unit < 0x3100 || unit >= 0x3400;
  return (unit >= 0xd840 && unit < 0xd888) || (unit >= 0xf900 && unit < 0xfb00) || (unit >= 0xff66 && unit < 0xff9e);
}
