/**
 * From this share of strange characters on, something is not text. Measured on starts of files: programs, compiled Python,
 * images, compressed and random data .4 to .75, catalogues of messages .22 to .29; text in another encoding than UTF-8: Cyrillic,
 * Chinese, Japanese .7 to .85, UTF-16 .5; French or German in Latin-1 .02 to .05, which is still worth scanning.
 */
const MOST_STRANGE = 0.2;
/** With fewer, a short cell with an accent or two would be no text. */
const LEAST_STRANGE = 8;

/** Whether decoded bytes are mostly no text: characters that stand for bytes that are not UTF-8, and control characters. */
export function isNotText(text: string): boolean {
  let strange = 0;
  for (let i = 0; i < text.length; i++) if (isStrange(text.charCodeAt(i))) strange++;
  return strange >= LEAST_STRANGE && strange > MOST_STRANGE * text.length;
}

/** Not tab, line feed, vertical tab, form feed, return; backspace and escape colour the output of terminals. */
function isStrange(unit: number): boolean {
  if (unit >= 0x20) return unit === 0xfffd || unit === 0x7f;
  return unit < 8 || (unit > 13 && unit !== 0x1b);
}
