import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll } from 'vitest';
import { DEFAULT_SETTINGS } from '../../dist/index.js';
import type { Match, ScanResult } from '../../dist/index.js';
import { scan } from '../../dist/pipeline.js';
import type { Grain } from '../../dist/pipeline.js';

/** Ordinary words: each a noun, verb or adjective of some language, none a number. */
export const WORDS = (
  'harbour lantern orchard mountain kettle whisper gravel thunder meadow copper bridge feather velvet engine garden ' +
  'monastery pigeon saddle cinnamon harvest blanket compass glacier pepper ribbon sailor tunnel window yellow anchor ' +
  'basket candle drummer elbow falcon ginger hammer island jacket kitchen ladder marble needle ocean pocket quarrel ' +
  'rabbit silver tailor umbrella village walnut acrobat barley cottage dolphin emperor fiddle goblet horizon ivory ' +
  'juniper kingdom lizard melody nettle oyster parrot quartz rocket sparrow timber uncle violin wagon château élève ' +
  'naïve señora über straße młyn žába ağaç дорога окно яблоко звезда корабль книга θάλασσα βιβλίο ήλιος بحر كتاب مدينة ' +
  'नदी पुस्तक पर्वत ספר ים לחם'
).split(' ');

/** A text of ordinary words, no two the same, set with all sorts of punctuation. */
export function proseOf(least: number, most: number): fc.Arbitrary<string> {
  const between = fc.constantFrom(' ', ' ', ' ', ' ', ', ', '; ', ' — ', '\n', '. ', ' (', ') ', '\t', ' “', '” ');
  return fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: least, maxLength: most }),
      fc.array(between, { minLength: most, maxLength: most }),
    )
    .map(([words, gaps]) => words.map((word, i) => (i === 0 ? word : `${gaps[i]}${word}`)).join(''));
}

/** Text that stands around: prose, other scripts, numbers, broken markup, half escapes, any characters at all. */
export const surroundings: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 10 }).map((text) => text.toWellFormed()),
      fc.constantFrom(...hostile()),
      fc.constantFrom(...WORDS),
      fc.lorem({ maxCount: 12 }),
    ),
    { maxLength: 40 },
  )
  // A tag that is opened and never closed may reach as far as the next ">": what is inside it is no text.
  .map((pieces) => pieces.join(' ').replaceAll('=', '≈'));

function hostile(): string[] {
  return [
    ...[
      '<',
      '<b',
      '<p>',
      '</div',
      '&',
      '&amp;amp;',
      '&#',
      '&#x41',
      '\\',
      '\\\\n',
      '\\u00',
      '\\u00e9',
      '\\"',
      '"',
      '{"text":"',
    ],
    ...[
      '\u200b',
      '\u00ad',
      '\ufeff',
      '\u0000',
      '𝔘',
      '🏳️‍🌈',
      '東京',
      'ไทย',
      '한국어',
      '-\n',
      '\r\n',
      '\\begin{',
      '$x^2$',
      '```',
      'a'.repeat(300),
    ],
  ];
}

export interface Doc {
  readonly id: string;
  readonly text: string;
}

export interface Question {
  readonly id: string;
  readonly question: string;
}

/** The containers a corpus can come in, each a file name and its bytes for some documents. */
export const CONTAINERS: readonly {
  name: string;
  bytes: (documents: readonly Doc[], cut: number) => string | Uint8Array;
}[] = [
  { name: 'docs.jsonl', bytes: (documents) => jsonl(documents) },
  { name: 'crlf.jsonl', bytes: (documents) => `\ufeff${jsonl(documents).replaceAll('\n', '\r\n')}` },
  { name: 'ascii.jsonl', bytes: (documents) => inAscii(jsonl(documents)) },
  { name: 'array.json', bytes: (documents) => JSON.stringify(documents, null, 1) },
  {
    name: 'chat.jsonl',
    bytes: (documents) => jsonl(documents.map(({ id, text }) => ({ id, messages: [{ role: 'user', content: text }] }))),
  },
  {
    name: 'docs.csv',
    bytes: (documents) => ['id,text', ...documents.map(({ id, text }) => `${id},${quoted(text)}`)].join('\r\n'),
  },
  { name: 'docs.jsonl.gz', bytes: (documents, cut) => inPieces(jsonl(documents), cut, (piece) => gzipSync(piece)) },
  { name: 'docs.jsonl.zst', bytes: (documents, cut) => inPieces(jsonl(documents), cut, storedZstd) },
  {
    name: 'docs.parquet',
    bytes: (documents) => {
      const column = (name: keyof Doc): { name: string; data: string[]; type: 'STRING' } => ({
        name,
        data: documents.map((one) => one[name]),
        type: 'STRING',
      });
      return new Uint8Array(parquetWriteBuffer({ columnData: [column('id'), column('text')] }));
    },
  },
];

export function jsonl(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

function inAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Several members or frames, cut anywhere. */
function inPieces(text: string, cut: number, pack: (piece: Uint8Array) => Uint8Array): Uint8Array {
  const bytes = Buffer.from(text);
  const at = Math.floor(cut * bytes.length);
  return Buffer.concat([pack(bytes.subarray(0, at)), pack(bytes.subarray(at))]);
}

/** A zstd frame whose blocks are stored as they are. */
function storedZstd(bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(9);
  header.writeUInt32LE(0xfd2fb528);
  header.writeUInt8(0xa0, 4);
  header.writeUInt32LE(bytes.length, 5);
  const parts: Uint8Array[] = [header];
  for (let at = 0; at === 0 || at < bytes.length; at += 60_000) {
    const block = bytes.subarray(at, at + 60_000);
    const head = Buffer.alloc(3);
    head.writeUIntLE((block.length << 3) | (at + block.length >= bytes.length ? 1 : 0), 0, 3);
    parts.push(head, block);
  }
  return Buffer.concat(parts);
}

/** A folder that goes away after the file's tests; its files are written anew for each run. */
export class Folder {
  private readonly dir = mkdtempSync(path.join(tmpdir(), 'heldout-property-'));

  constructor() {
    afterAll(() => {
      rmSync(this.dir, { recursive: true, force: true });
    });
  }

  write(name: string, content: string | Uint8Array): string {
    const file = path.join(this.dir, name);
    writeFileSync(file, content);
    return file;
  }

  scan(
    benchmarks: readonly string[],
    against: readonly string[],
    options: { workers?: number; grain?: Grain } = {},
  ): Promise<ScanResult> {
    const { workers = 1, grain = { rangeBytes: 1 << 24, chunkBytes: 1 << 20 } } = options;
    return scan({ benchmarks, against, settings: DEFAULT_SETTINGS, workers }, grain);
  }

  /** Scans documents, as JSONL, for questions. */
  scanFor(questions: readonly Question[], documents: readonly Doc[]): Promise<ScanResult> {
    return this.scan([this.write('bench.jsonl', jsonl(questions))], [this.write('corpus.jsonl', jsonl(documents))]);
  }
}

/** Everything a match says but where on disk the document stood; sorted, so that order does not matter. */
export function contents(matches: readonly Match[]): string[] {
  return matches.map(({ document, ...rest }) => JSON.stringify({ ...rest, document: document.id })).sort();
}

export const grains: fc.Arbitrary<Grain> = fc.record({
  rangeBytes: fc.oneof(fc.integer({ min: 40, max: 2000 }), fc.constant(1 << 24)),
  chunkBytes: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.constant(1 << 20)),
});
