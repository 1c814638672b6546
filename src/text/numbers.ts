/** English number words and the numerals they stand for: "sixteen" aligns with "16". */
export const NUMBER_WORDS: readonly (readonly [word: string, numeral: string])[] = [
  ...'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, String(value)] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety hundred'
    .split(' ')
    .map((word, i) => [word, String(20 + 10 * i)] as const),
];

/** The numerals that a changed template changes: 0 to 9999. */
export const MOST_NUMERAL = 9999;
