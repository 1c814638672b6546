import type { Scratch, ScratchFile } from './scratch.js';
import { SortedList } from './words-list.js';

/** What was read again of a record, to be shown. */
export interface ShownRecord {
  /** The record's own id, where it has one. */
  readonly id: string | undefined;
  /** The beginning of its text; empty where nobody asked for it. */
  readonly text: string;
  readonly textIsCut: boolean;
}

/** And to be compared. */
export interface ComparedRecord {
  /** Digest of its words: 53 bits. */
  readonly normalised: number;
  /** Distinct shingles, ascending; empty where nobody asked for them. */
  readonly shingles: Float64Array;
}

/** Of a text, what is kept to be shown, in UTF-16 units. */
export const KEPT_TEXT = 4000;

/** The same of a text that stands in two records to the character: enough to see what it is, for there may be millions. */
export const KEPT_OF_SAME = 300;

/** The beginning of a text; not into a surrogate pair. */
export function beginning(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** {bytes of the id or NO_ID, bytes of the text, shingles, flags, digest f64}, id, text, shingles from the next multiple of eight. */
const HEADER_BYTES = 24;
const NO_ID = 0xffffffff;
/** Read where an id is wanted, which is seldom longer. */
const HEAD_BYTES = 256;

/** Records that were read again, kept on disk: appended in ascending order, read in any. */
export class TextStore {
  private readonly file: ScratchFile;
  /** {record, position low, position high, bytes} */
  private readonly index: SortedList;
  private readonly written = new Room();
  private readonly readHead = new Room();
  private readonly readWhole = new Room();
  private readonly compared = [new Kept(), new Kept()] as const;

  constructor(scratch: Scratch) {
    this.file = scratch.file();
    this.index = new SortedList(scratch, 4);
  }

  append(record: number, { id, text, textIsCut, normalised, shingles }: ShownRecord & ComparedRecord): void {
    const idBytes = Buffer.byteLength(id ?? '');
    const textBytes = Buffer.byteLength(text);
    const shinglesAt = afterText(idBytes, textBytes);
    const bytes = this.written.of(shinglesAt + shingles.byteLength);
    new Uint32Array(bytes.buffer, 0, 4).set([
      id === undefined ? NO_ID : idBytes,
      textBytes,
      shingles.length,
      +textIsCut,
    ]);
    new Float64Array(bytes.buffer, 16, 1)[0] = normalised;
    const texts = Buffer.from(bytes.buffer, HEADER_BYTES, idBytes + textBytes);
    texts.write(id ?? '', 0);
    texts.write(text, idBytes);
    new Float64Array(bytes.buffer, shinglesAt, shingles.length).set(shingles);
    const position = this.file.append(bytes);
    this.index.append(record, position >>> 0, Math.floor(position / 2 ** 32), bytes.length);
  }

  /** A record's own id; undefined, too, for a record that was not appended. */
  id(record: number): string | undefined {
    const found = this.find(record);
    if (!found) return undefined;
    const head = this.readHead.of(Math.min(found.bytes, HEAD_BYTES));
    this.file.read(head, found.position);
    const { idBytes } = headerOf(head);
    if (idBytes === NO_ID) return undefined;
    if (HEADER_BYTES + idBytes > head.length) return this.shown(record)?.id;
    return textIn(head, HEADER_BYTES, idBytes);
  }

  /** Undefined for a record that was not appended: it could not be read again. */
  shown(record: number): ShownRecord | undefined {
    const bytes = this.read(record, this.readWhole);
    if (!bytes) return undefined;
    const { idBytes, textBytes, flags } = headerOf(bytes);
    const idLength = idBytes === NO_ID ? 0 : idBytes;
    return {
      id: idBytes === NO_ID ? undefined : textIn(bytes, HEADER_BYTES, idLength),
      text: textIn(bytes, HEADER_BYTES + idLength, textBytes),
      textIsCut: flags !== 0,
    };
  }

  /** One of a pair, `side` 0 or 1: a view, until another record is read into that side. */
  side(side: 0 | 1, record: number): ComparedRecord | undefined {
    const kept = this.compared[side];
    if (kept.record === record) return kept.value;
    kept.record = record;
    kept.value = undefined;
    const bytes = this.read(record, kept.room);
    if (!bytes) return undefined;
    const { idBytes, textBytes, shingles } = headerOf(bytes);
    const at = afterText(idBytes === NO_ID ? 0 : idBytes, textBytes);
    const [normalised] = new Float64Array(bytes.buffer, 16, 1);
    kept.value = { normalised, shingles: new Float64Array(bytes.buffer, at, shingles) };
    return kept.value;
  }

  private read(record: number, room: Room): Uint8Array | undefined {
    const found = this.find(record);
    if (!found) return undefined;
    const bytes = room.of(found.bytes);
    this.file.read(bytes, found.position);
    return bytes;
  }

  private find(record: number): { position: number; bytes: number } | undefined {
    const entry = this.index.find(record);
    return entry && { position: entry[2] * 2 ** 32 + entry[1], bytes: entry[3] };
  }
}

/** Bytes that are used again and again: they grow with the longest record. */
class Room {
  private bytes = new Uint8Array(4096);

  of(length: number): Uint8Array<ArrayBuffer> {
    if (this.bytes.length < length) this.bytes = new Uint8Array(2 * length);
    return this.bytes.subarray(0, length);
  }
}

class Kept {
  readonly room = new Room();
  record = -1;
  value: ComparedRecord | undefined;
}

function headerOf(bytes: Uint8Array): { idBytes: number; textBytes: number; shingles: number; flags: number } {
  const [idBytes, textBytes, shingles, flags] = new Uint32Array(bytes.buffer, 0, 4);
  return { idBytes, textBytes, shingles, flags };
}

function afterText(idBytes: number, textBytes: number): number {
  return (HEADER_BYTES + idBytes + textBytes + 7) & ~7;
}

function textIn(bytes: Uint8Array, from: number, length: number): string {
  return Buffer.from(bytes.buffer, from, length).toString('utf8');
}
