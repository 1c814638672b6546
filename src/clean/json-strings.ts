import type { TextPaths } from '../model/input.js';

/** Bytes [start, end) between a JSON string's quotes. */
export interface RawString {
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST_OPEN = 0x5b;
const LIST_CLOSE = 0x5d;
const OBJECT_OPEN = 0x7b;
const OBJECT_CLOSE = 0x7d;

/** The core's walker goes no deeper either (hashcore/assembly/walk.ts). */
const MAX_DEPTH = 256;

/**
 * The strings at any of the paths in a record's JSON, in the order they stand: joined by newlines they are the document's text,
 * as read/text-paths has it of the parsed value. Undefined where the structure is broken.
 */
export function jsonStrings(bytes: Uint8Array, paths: TextPaths): RawString[] | undefined {
  const walk = new Walk(bytes);
  return walk.value(paths, 0) && walk.atEnd() ? walk.found : undefined;
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
  private p = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  atEnd(): boolean {
    return this.next() === undefined;
  }

  /** `paths`: those that lead to or through this value, `depth` components of them being behind it. */
  value(paths: TextPaths, depth: number): boolean {
    const byte = this.next();
    if (byte === undefined || depth > MAX_DEPTH) return false;
    if (byte === QUOTE) {
      const string = this.string();
      if (string && paths.some((path) => path.length === depth)) this.found.push(string);
      return string !== undefined;
    }
    if (byte === OBJECT_OPEN) return this.object(paths, depth);
    if (byte === LIST_OPEN) return this.list(paths, depth);
    return this.scalar();
  }

  private object(paths: TextPaths, depth: number): boolean {
    this.p++;
    if (this.take(OBJECT_CLOSE)) return true;
    do {
      const key = this.next() === QUOTE ? this.string() : undefined;
      if (!key || !this.take(COLON)) return false;
      const name = paths.length === 0 ? '' : this.decoded(key);
      const inside = paths.filter((path) => path[depth] === name);
      if (!this.value(inside, depth + 1)) return false;
    } while (this.take(COMMA));
    return this.take(OBJECT_CLOSE);
  }

  private list(paths: TextPaths, depth: number): boolean {
    this.p++;
    if (this.take(LIST_CLOSE)) return true;
    const inside = paths.filter((path) => path[depth] === '*');
    do if (!this.value(inside, depth + 1)) return false;
    while (this.take(COMMA));
    return this.take(LIST_CLOSE);
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
