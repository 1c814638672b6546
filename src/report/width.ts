/** Columns a terminal gives to text. */

/** East Asian wide and fullwidth blocks, by code point. */
const WIDE_RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f], // Hangul Jamo, leading
  [0x2e80, 0x303e], // radicals, CJK punctuation
  [0x3041, 0xa4cf], // kana, CJK, Yi
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3], // Hangul
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18d08], // Tangut, Khitan
  [0x1aff0, 0x1b2ff], // historic kana
  [0x20000, 0x3fffd],
];

const ZERO = /^[\p{Mn}\p{Me}\u200b-\u200d\ufe00-\ufe0f\u1160-\u11ff]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;

/** 0, 1 or 2 columns for one code point. */
export function charWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (ZERO.test(character)) return 0;
  return isWide(code) || EMOJI.test(character) ? 2 : 1;
}

function isWide(code: number): boolean {
  return WIDE_RANGES.some(([first, last]) => code >= first && code <= last);
}

export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += charWidth(character);
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

/** Shortened in the middle, where names differ least: `mmlu_pro…test`. */
export function fit(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const characters = [...text];
  const room = width - 1;
  const head = take(characters, Math.ceil(room / 2));
  const tail = take(characters.slice().reverse(), room - textWidth(head));
  return `${head}…${[...tail].reverse().join('')}`;
}

function take(characters: readonly string[], width: number): string {
  let text = '';
  let used = 0;
  for (const character of characters) {
    used += charWidth(character);
    if (used > width) break;
    text += character;
  }
  return text;
}
