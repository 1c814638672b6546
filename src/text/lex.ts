import { ENTITY_MARKS, HTML_TAGS, LATEX_COMMANDS, SEPARATING_ENTITIES } from './markup.js';

/**
 * Twin of hashcore/assembly/lex.ts in plain TypeScript: what one step of the text is. The documentation of the rules, and the
 * oracle the kernel is held to. Works on UTF-8 bytes; `json` says that the bytes are the inside of a JSON string.
 */
export interface Unit {
  /** A code point, or −1 for something that only separates. */
  readonly point: number;
  /** Position after the unit. */
  readonly next: number;
}

const BACKSLASH = 0x5c;
const AMPERSAND = 0x26;
const LESS_THAN = 0x3c;

const COMMANDS = new Set(LATEX_COMMANDS);
const TAGS = new Set(HTML_TAGS);
const ENTITIES = new Set(SEPARATING_ENTITIES);
const MARKS = new Set(ENTITY_MARKS);

/** Longest tag looked for, in bytes. */
const MAX_TAG = 512;

/** What follows a tag's name and a space: an attribute, or the tag's end. */
const ATTRIBUTE = /^(?:[A-Za-z0-9:-]+=|[/>])/;

const ESCAPES_THAT_SEPARATE = 'ntrbf';

export function step(bytes: Uint8Array, p: number, end: number, json: boolean): Unit {
  const b = bytes[p];
  if (b >= 0x80) return utf8(bytes, p, end);
  if (b === BACKSLASH) return backslashes(bytes, p, end, json);
  if (b === AMPERSAND) return entity(bytes, p + 1, end);
  if (b === LESS_THAN) return tag(bytes, p + 1, end);
  return { point: b, next: p + 1 };
}

function utf8(bytes: Uint8Array, p: number, end: number): Unit {
  const b = bytes[p];
  const malformed = { point: -1, next: p + 1 };
  const length = b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
  if (length === 0 || p + length > end) return malformed;
  let point = b & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    if ((bytes[p + i] & 0xc0) !== 0x80) return malformed;
    point = (point << 6) | (bytes[p + i] & 0x3f);
  }
  const overlong = (length === 3 && point < 0x800) || (length === 4 && point < 0x10000);
  if (overlong || isSurrogate(point) || point > 0x10ffff) return malformed;
  return { point, next: p + length };
}

function backslashes(bytes: Uint8Array, start: number, end: number, json: boolean): Unit {
  const p = skipBackslashes(bytes, start, end);
  if (p >= end) return { point: -1, next: end };
  const letter = String.fromCharCode(bytes[p]);
  if (!/[A-Za-z]/.test(letter)) return { point: -1, next: p };
  // In JSON, three backslashes and uXXXX are a backslash of the text, which separates, and then a code point.
  if (json && p - start > 1 && (p - start) % 2 === 1) return { point: -1, next: p - 1 };
  if (letter === 'u') {
    const point = hex4(bytes, p + 1, end);
    if (point >= 0) return escaped(bytes, point, p + 5, end);
  }
  // In JSON an odd run ends in an escape (a real tab, newline …), an even run is backslashes of the text itself.
  if (!json || (p - start) % 2 === 0) {
    const after = command(bytes, p, end);
    if (after > 0) return { point: -1, next: after };
  }
  return { point: -1, next: ESCAPES_THAT_SEPARATE.includes(letter) ? p + 1 : p };
}

function escaped(bytes: Uint8Array, point: number, p: number, end: number): Unit {
  if (point === AMPERSAND) return entity(bytes, p, end);
  if (point === LESS_THAN) return tag(bytes, p, end);
  if (point >= 0xd800 && point < 0xdc00) {
    const q = skipBackslashes(bytes, p, end);
    const low = q > p && bytes[q] === 0x75 ? hex4(bytes, q + 1, end) : -1;
    if (low >= 0xdc00 && low < 0xe000) return { point: 0x10000 + ((point & 0x3ff) << 10) + (low & 0x3ff), next: q + 5 };
  }
  return { point: isSurrogate(point) ? -1 : point, next: p };
}

function command(bytes: Uint8Array, p: number, end: number): number {
  const name = nameAt(bytes, p, end);
  if (!COMMANDS.has(name)) return 0;
  const after = p + name.length;
  if (name !== 'begin' && name !== 'end') return after;
  const group = /^\{[A-Za-z]{0,23}\*?\}/.exec(ascii(bytes, after, Math.min(end, after + 26)));
  return after + (group ? group[0].length : 0);
}

function entity(bytes: Uint8Array, start: number, end: number): Unit {
  let p = start;
  while (ascii(bytes, p, Math.min(end, p + 4)) === 'amp;') p += 4;
  const bare = { point: -1, next: p };
  const numeric = /^#(?:[xX]([0-9A-Fa-f]{1,7})|([0-9]{1,7}));/.exec(ascii(bytes, p, Math.min(end, p + 11)));
  if (numeric) {
    const point = numeric[1] === undefined ? Number(numeric[2]) : parseInt(numeric[1], 16);
    return point > 0x10ffff || isSurrogate(point) ? bare : { point, next: p + numeric[0].length };
  }
  const name = nameAt(bytes, p, end);
  if (name === '' || p + name.length >= end || bytes[p + name.length] !== 0x3b) return bare;
  const next = p + name.length + 1;
  if (ENTITIES.has(name)) return { point: -1, next };
  return MARKS.has(name.slice(1)) ? { point: name.charCodeAt(0), next } : bare;
}

function tag(bytes: Uint8Array, p: number, end: number): Unit {
  const bare = { point: -1, next: p };
  let q = skipBackslashes(bytes, p, end);
  q = q < end && bytes[q] === 0x2f ? q + 1 : p;
  const name = nameAt(bytes, q, end);
  if (!TAGS.has(name.toLowerCase())) return bare;
  q += name.length;
  return tagEnd(bytes, q, end) ?? bare;
}

/** Behind the name: `/`, or a space and `name=` first, then anything up to `>`; undefined when this is no tag. */
function tagEnd(bytes: Uint8Array, from: number, end: number): Unit | undefined {
  const limit = Math.min(end, from + MAX_TAG);
  let spaced = false;
  for (let q = from; q < limit; q++) {
    if (bytes[q] === 0x3e) return { point: -1, next: q + 1 };
    if (bytes[q] === LESS_THAN) return undefined;
    const escaped = bytes[q] === BACKSLASH;
    if (escaped) q = skipBackslashes(bytes, q, limit);
    if (escaped && q < end && bytes[q] === 0x75 && hex4(bytes, q + 1, end) === 0x3e) return { point: -1, next: q + 5 };
    const letter = q < limit ? String.fromCharCode(bytes[q]) : '';
    if ((escaped ? /[nrt]/ : /[ \n\r\t]/).test(letter)) {
      if (!spaced && !ATTRIBUTE.test(ascii(bytes, q + 1, limit))) return undefined;
      spaced = true;
    } else if (!spaced && letter !== '/') return undefined;
    else if (escaped) q--;
  }
  return undefined;
}

export function skipBackslashes(bytes: Uint8Array, p: number, end: number): number {
  while (p < end && bytes[p] === BACKSLASH) p++;
  return p;
}

/** The run of ASCII letters and digits at p, empty when it is longer than eight. */
function nameAt(bytes: Uint8Array, p: number, end: number): string {
  const name = /^[A-Za-z0-9]*/.exec(ascii(bytes, p, Math.min(end, p + 9)));
  return name && name[0].length <= 8 ? name[0] : '';
}

function hex4(bytes: Uint8Array, p: number, end: number): number {
  const digits = ascii(bytes, p, p + 4);
  return p + 4 <= end && /^[0-9A-Fa-f]{4}$/.test(digits) ? parseInt(digits, 16) : -1;
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point < 0xe000;
}
