import type { HashCore } from '../hashcore/hash-core.js';
import type { Finding } from './finding.js';

/** Original text shown before and after a match, in UTF-16 units. */
const CONTEXT = 200;
/** Most of a document's text that is kept with a match. */
const MOST_TEXT = 20_000;

/** Where a finding stands, in characters: plain data that can go to another thread. */
export interface Location {
  /** Tokens [start, end) of the item's part, run by run, one flat list. */
  readonly itemTokens: readonly number[];
  /** Characters [start, end) of the document's text, for the same runs. */
  readonly spans: readonly number[];
  /** The document's text around the match, and where that starts in the whole. */
  readonly text: string;
  readonly textStart: number;
}

/** Where the findings in the document last scanned stand. `json`: its segments are the inside of JSON strings. */
export function locate(core: HashCore, json: boolean, findings: readonly Finding[]): Location[] {
  const document = new DocumentText(core, json);
  const characters = document.characters(
    findings.flatMap(({ runs }) => runs.flatMap(({ start, end }) => [start, end])),
  );
  return findings.map(({ runs }) => {
    const spans = runs.flatMap(({ start, end }) => [characters.get(start) ?? 0, characters.get(end) ?? 0]);
    const itemTokens = runs.flatMap(({ itemStart, itemEnd }) => [itemStart, itemEnd]);
    // Runs ascend by where they start, but one may end beyond the next one's end.
    const last = spans.reduce((most, at) => Math.max(most, at), 0);
    return { itemTokens, spans, ...cut(document.text, spans[0] ?? 0, last) };
  });
}

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where `text` starts in the document's text. */
  readonly offset: number;
}

/** The original text of the document last scanned: its strings, joined by newlines. */
class DocumentText {
  readonly text: string;
  private readonly core: HashCore;
  private readonly json: boolean;
  private readonly segments: readonly Segment[];

  constructor(core: HashCore, json: boolean) {
    this.core = core;
    this.json = json;
    let offset = 0;
    this.segments = core.segments(json).map(({ start, end }) => {
      const text = this.decode(start, end);
      const segment = { start, end, text, offset };
      offset += text.length + 1;
      return segment;
    });
    this.text = this.segments.length === 1 ? this.segments[0].text : this.segments.map(({ text }) => text).join('\n');
  }

  /** The UTF-16 offset of each byte position, which must lie between tokens. */
  characters(positions: readonly number[]): Map<number, number> {
    const found = new Map<number, number>();
    let index = 0;
    let byte = -1;
    let character = 0;
    for (const position of [...new Set(positions)].sort((a, b) => a - b)) {
      while (index < this.segments.length - 1 && this.segments[index].end < position) {
        index++;
        byte = -1;
      }
      const segment = this.segments[index];
      if (byte < 0) {
        byte = segment.start;
        character = segment.offset;
      }
      // As many characters as bytes: nothing to decode.
      const plain = segment.text.length === segment.end - segment.start;
      character += plain ? position - byte : this.decode(byte, position).length;
      byte = position;
      found.set(position, character);
    }
    return found;
  }

  private decode(start: number, end: number): string {
    const bytes = this.core.bytes(start, end - start);
    const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
    return this.json && raw.includes('\\') ? unescapeJson(raw) : raw;
  }
}

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([^]))/g;
const NAMED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The inside of a JSON string. The core does not insist on valid escapes, so neither does this. */
export function unescapeJson(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw.replace(ESCAPE, (_, hex: string | undefined, letter: string) =>
      hex === undefined ? (NAMED[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
}

/** Text [first, last) with its context, cut where it would be too long, and never inside a surrogate pair. */
function cut(text: string, first: number, last: number): { text: string; textStart: number } {
  let from = Math.max(0, first - CONTEXT);
  let to = Math.min(text.length, last + CONTEXT, from + MOST_TEXT);
  if (splitsPair(text, from)) from--;
  if (splitsPair(text, to)) to++;
  return { text: detached(text.slice(from, to)), textStart: from };
}

function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}

/** A copy: a slice would keep the whole document in memory for as long as the match is. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
