/**
 * A whole record that has so many of its shingles in common with a whole item is told, beside the verdict, which it does not
 * touch: less than a comparison of two datasets asks (.8), since a record frames the item ("Question:", a system prompt).
 */
export const NEAR_RECORD = 0.7;
/** … if the item has so many tokens: fewer are a phrase. */
export const LEAST_NEAR_TOKENS = 8;
