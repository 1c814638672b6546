/**
 * Nothing in it that any tokenizer would take for a word. (Symbols are left in: some fold to letters, and where the core finds
 * no word the record is looked at again, never the other way round.)
 */
const BLANK = /^[\p{P}\p{Z}\p{Cc}\p{Cf}]*$/u;

export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** What could hold the shortest question that is always found (report/guarantee.ts): eight words, or their like without spaces. */
const PROSE = /(\S+\s+){7}\S/;
const UNSPACED =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}][\p{P}\p{Z}]*){16}/u;
/** Characters looked at: what is prose is so from its beginning. */
const LOOKED_AT = 4096;

export function isProse(text: string): boolean {
  const start = text.slice(0, LOOKED_AT);
  return PROSE.test(start) || UNSPACED.test(start);
}
