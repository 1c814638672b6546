import type { TextPaths } from '../model/input.js';
import type { TextPlace } from '../read/document-text.js';
import { plainOf } from '../read/fields-seen.js';
import {
  BACKSLASH,
  COLON,
  COMMA,
  LIST_CLOSE,
  LIST_OPEN,
  OBJECT_CLOSE,
  OBJECT_OPEN,
  QUOTE,
} from '../read/json-bytes.js';
import { isProse } from '../read/prose.js';
import { stepsOf } from '../read/strings-in.js';

/** Bytes [start, end) between a JSON string's quotes. */
export interface RawString {
  readonly start: number;
  readonly end: number;
}

/** The core's walker goes no deeper either (hashcore/assembly/walk.ts). */
const MAX_DEPTH = 256;

/**
 * The strings of a record's JSON that are its text, in the order they stand: joined by newlines they are what read/document-text
 * makes of the parsed value. Undefined where the structure is broken.
 */
export function jsonStrings(bytes: Uint8Array, place: TextPlace): RawString[] | undefined {
  const walk = new Walk(bytes, 'allBut' in place ? everywhereBut(place.allBut) : atPaths(place.paths));
  return walk.value() && walk.atEnd() ? walk.found : undefined;
}

/** Whether a string is wanted; `path` is that of the value, of a key that of its object; `key` is what a key says. */
type Wanted = (path: readonly string[], key: string | undefined) => boolean;

function atPaths(paths: TextPaths): Wanted {
  const known = new Set(paths.map(stepsOf));
  return (path, key) => key === undefined && known.has(stepsOf(path));
}

/** As `wholeText` in read/later-fields. */
function everywhereBut(fields: ReadonlySet<string>): Wanted {
  return (path, key) => (key === undefined ? !fields.has(plainOf(path)) : isProse(key));
}

/** Where the JSON value that begins at `from` ends, or −1 where it goes on beyond the bytes. It need not be valid. */
export function jsonValueEnd(bytes: Uint8Array, from: number): number {
  let depth = 0;
  for (let p = from; p < bytes.length; p++) {
    const byte = bytes[p];
    if (byte === QUOTE) {
      p = stringEnd(bytes, p + 1);
      if (p < 0) return -1;
    } else if (byte === OBJECT_OPEN || byte === LIST_OPEN) depth++;
    else if (byte === OBJECT_CLOSE || byte === LIST_CLOSE) depth--;
    if (depth <= 0 && (byte === QUOTE || byte === OBJECT_CLOSE || byte === LIST_CLOSE)) return p + 1;
  }
  return -1;
}

/** The values that stand side by side in a line, each with what is between it and the next; undefined where there are not several. */
export function jsonValues(line: Uint8Array): Uint8Array[] | undefined {
  const values: Uint8Array[] = [];
  for (let from = 0; from < line.length;) {
    let end = jsonValueEnd(line, from);
    if (end < 0) return undefined;
    while (end < line.length && line[end] <= 0x20) end++;
    values.push(line.subarray(from, end));
    from = end;
  }
  return values.length > 1 ? values : undefined;
}

/** The closing quote of the string whose first byte is at p, or −1. */
function stringEnd(bytes: Uint8Array, p: number): number {
  for (; p < bytes.length; p++) {
    if (bytes[p] === QUOTE) return p;
    if (bytes[p] === BACKSLASH) p++;
  }
  return -1;
}

class Walk {
  readonly found: RawString[] = [];
  private readonly bytes: Uint8Array;
  private readonly isWanted: Wanted;
  private readonly path: string[] = [];
  private p = 0;

  constructor(bytes: Uint8Array, isWanted: Wanted) {
    this.bytes = bytes;
    this.isWanted = isWanted;
  }

  atEnd(): boolean {
    return this.next() === undefined;
  }

  value(): boolean {
    const byte = this.next();
    if (byte === undefined || this.path.length > MAX_DEPTH) return false;
    if (byte === QUOTE) {
      const string = this.string();
      if (string && this.isWanted(this.path, undefined)) this.found.push(string);
      return string !== undefined;
    }
    if (byte === OBJECT_OPEN) return this.object();
    if (byte === LIST_OPEN) return this.list();
    return this.scalar();
  }

  private object(): boolean {
    this.p++;
    if (this.take(OBJECT_CLOSE)) return true;
    do {
      const key = this.next() === QUOTE ? this.string() : undefined;
      if (!key || !this.take(COLON)) return false;
      const name = this.decoded(key);
      if (this.isWanted(this.path, name)) this.found.push(key);
      if (!this.valueAt(name)) return false;
    } while (this.take(COMMA));
    return this.take(OBJECT_CLOSE);
  }

  private list(): boolean {
    this.p++;
    if (this.take(LIST_CLOSE)) return true;
    do if (!this.valueAt('*')) return false;
    while (this.take(COMMA));
    return this.take(LIST_CLOSE);
  }

  private valueAt(step: string): boolean {
    this.path.push(step);
    const isWhole = this.value();
    this.path.pop();
    return isWhole;
  }

  private scalar(): boolean {
    const from = this.p;
    while (this.p < this.bytes.length && isOfScalar(this.bytes[this.p])) this.p++;
    return this.p > from;
  }

  private string(): RawString | undefined {
    const start = this.p + 1;
    const end = stringEnd(this.bytes, start);
    if (end < 0) return undefined;
    this.p = end + 1;
    return { start, end };
  }

  private decoded({ start, end }: RawString): string {
    const raw = Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start).toString('utf8');
    if (!raw.includes('\\')) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      return raw;
    }
  }

  private take(byte: number): boolean {
    if (this.next() !== byte) return false;
    this.p++;
    return true;
  }

  /** The next byte that is no space. */
  private next(): number | undefined {
    while (this.p < this.bytes.length && this.bytes[this.p] <= 0x20) this.p++;
    return this.bytes[this.p];
  }
}

/** Numbers, literals, and the NaN that Python writes. */
function isOfScalar(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e
  );
}
