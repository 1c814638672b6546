/**
 * The one door through which text that was read (corpus, benchmark, file names, ids) reaches a terminal or a report.
 * A corpus is hostile input: an escape sequence in it must not move the cursor, recolour, retitle or reorder anything.
 */

/**
 * What may not pass as it is: C0, DEL and C1 controls, line separators, bidi controls, characters without a shape that
 * hide text (zero-width space, soft hyphen, tags), lone surrogates. ZWJ and ZWNJ pass: Persian, Hindi and emoji need them.
 */
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- controls are what this is about
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/** Text for one line of a terminal: white space becomes a space, everything unsafe a visible stand-in. */
export function shown(text: string): string {
  return text.replace(UNSAFE, standIn);
}

/** The same for text that keeps its lines: line feeds and tabs stay. */
export function shownBlock(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(UNSAFE, (one) => (/[\n\t]/.test(one) ? one : standIn(one)));
}

/** For a shell, only where needed. */
export function quoted(path: string): string {
  const safe = shown(path);
  return /^[\w./:@%+=,-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}

/** For HTML, between tags or inside a quoted attribute: nothing in it is markup, and nothing hides or reorders. */
export function htmlText(text: string): string {
  return shown(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function standIn(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x2028 || code === 0x2029 || code === 0x85 || (code >= 0x09 && code <= 0x0d)) return ' ';
  // The control pictures: ␀ … ␟ and ␡.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** JSON on one line, safe to `cat`: the same value when parsed, but with no raw control or bidi character in it. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, asJsonEscape);
}

/** The same, indented, with a final newline. */
export function safeJsonPage(value: unknown): string {
  return (
    JSON.stringify(value, null, 2)
      .split('\n')
      .map((line) => line.replace(UNSAFE, asJsonEscape))
      .join('\n') + '\n'
  );
}

/** Inside JSON text these occur in strings alone, so an escape is always right. */
function asJsonEscape(character: string): string {
  let escaped = '';
  for (let i = 0; i < character.length; i++) escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return escaped;
}

/** JSON for a `<script>` block that is data: no `<` in it, so it can hold neither an end tag nor a comment. */
export function scriptJson(value: unknown): string {
  return safeJson(value).replaceAll('<', '\\u003c');
}
