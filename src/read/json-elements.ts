import { joinBytes } from './byte-queue.js';
import { BACKSLASH, COLON, COMMA, LIST_CLOSE, LIST_OPEN, OBJECT_CLOSE, OBJECT_OPEN, QUOTE } from './json-bytes.js';
import { WRAPPER_FIELDS } from './wrapper-fields.js';

/** What makes JSON of the pieces of an object before, between and behind its lists of records. */
const LIST_END = new TextEncoder().encode(']}');
const LIST_BEFORE = new TextEncoder().encode('{"":[]');
const NOTHING = new Uint8Array(0);

/** One record's JSON text. `bytes` is undefined where it is longer than allowed. */
export interface JsonElement {
  readonly record: number;
  readonly offset: number;
  readonly bytes: Uint8Array | undefined;
}

/**
 * Finds the records of a JSON file in chunks of any size, holding one record at a time: the elements of a top-level
 * array; those of an array in a known field of a top-level object (`{"data": [{…}, …]}`, see wrapper-fields.ts; the
 * object's other fields are given apart); otherwise each top-level value. It follows strings and brackets only: whether a
 * record is valid JSON is left to JSON.parse, so one broken record does not lose the others.
 */
export class JsonElements {
  readonly #maxBytes: number;
  /** Bytes of earlier chunks. */
  #before = 0;
  #record = 0;
  /** Inside a list of records; `#wrapped` when an object is around that list. */
  #inList = false;
  #wrapped = false;

  /** The element being read: its nesting, −1 between elements. */
  #depth = -1;
  #inString = false;
  #escaped = false;
  #scalar = false;
  /** Whether a scalar has a byte yet. */
  #began = false;
  #offset = 0;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  /** Its bytes are not kept: too long. */
  #dropped = false;
  /** It is what goes on behind a wrapper's list; and such pieces, made whole, until they are taken. */
  #around = false;
  #pieces: Uint8Array[] = [];

  /** In a top-level object: the last key at its first level, and how far a wrapper's `"key": [ {` has come. */
  #key: number[] = [];
  #keyEnded = false;
  #sawColon = false;
  #awaitingRecord = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The records that end in this chunk. */
  push(chunk: Uint8Array): JsonElement[] {
    const found: JsonElement[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      // Most bytes are inside strings: they are run through without a call each.
      if (this.#inString && !this.#escaped && !(this.#depth === 1 && !this.#keyEnded)) {
        while (at < chunk.length && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) at += 1;
        if (at === chunk.length) break;
      }
      if (this.#depth < 0) {
        if (this.#between(chunk[at], this.#before + at)) from = at;
        else {
          from = at + 1;
          continue;
        }
      }
      const step = this.#inside(chunk[at]);
      if (step === 'on') continue;
      if (step === 'list') {
        // What was read of the object is not a record; this brace opens the list's first one.
        this.#hold(chunk.subarray(from, at));
        this.#keepPiece(LIST_END);
        this.#inList = true;
        this.#wrapped = true;
        this.#open(this.#before + at);
        this.#depth = 1;
        from = at;
        continue;
      }
      this.#hold(chunk.subarray(from, step === 'ended' ? at + 1 : at));
      this.#close(found);
      // A number or literal ends before the byte that shows it; that byte is looked at again.
      if (step === 'ended-before') at -= 1;
    }
    if (this.#depth >= 0) this.#hold(chunk.subarray(from));
    this.#before += chunk.length;
    return found;
  }

  /** The last record, and whether the file stopped inside a list or a record. */
  end(): { readonly found: JsonElement[]; readonly cutShort: boolean } {
    const found: JsonElement[] = [];
    const cutShort = this.#inList || this.#wrapped || (this.#depth >= 0 && !this.#scalar);
    if (this.#depth >= 0 && !this.#around) this.#close(found);
    return { found, cutShort };
  }

  /** Between records; true where one starts. */
  #between(byte: number, offset: number): boolean {
    if (byte <= 0x20 || byte === COMMA) return false;
    // A byte-order mark.
    if (offset < 3 && byte >= 0xbb && !this.#inList) return false;
    if (byte === LIST_CLOSE && this.#inList) {
      this.#inList = false;
      if (this.#wrapped) this.#backToWrapper();
      return false;
    }
    if (byte === LIST_OPEN && !this.#inList && !this.#wrapped) {
      this.#inList = true;
      return false;
    }
    this.#open(offset);
    this.#scalar = byte !== QUOTE && byte !== OBJECT_OPEN && byte !== LIST_OPEN;
    return true;
  }

  #open(offset: number): void {
    this.#depth = 0;
    this.#offset = offset;
    this.#scalar = false;
    this.#began = false;
    this.#dropped = false;
    this.#around = false;
    this.#forgetKey();
    this.#awaitingRecord = false;
  }

  /** After a wrapper's list: its object goes on. */
  #backToWrapper(): void {
    this.#open(0);
    this.#depth = 1;
    this.#around = true;
    this.#hold(LIST_BEFORE);
  }

  #keepPiece(end: Uint8Array): void {
    if (!this.#dropped) this.#pieces.push(joinBytes([...this.#held, end]));
    this.#release();
  }

  /** JSON objects of what stands around lists of records, so far as it was read; each is given once. */
  takeAround(): readonly Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #inside(byte: number): 'on' | 'ended' | 'ended-before' | 'list' {
    if (this.#inString) return this.#insideString(byte);
    if (this.#awaitingRecord && byte > 0x20) {
      this.#awaitingRecord = false;
      if (byte === OBJECT_OPEN) return 'list';
    }
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        if (this.#watchesKeys() && !this.#sawColon) this.#forgetKey();
        return 'on';
      case OBJECT_OPEN:
      case LIST_OPEN:
        if (this.#scalar && this.#began) return 'ended-before';
        this.#awaitingRecord = byte === LIST_OPEN && this.#watchesKeys() && this.#sawColon && this.#isWrapperKey();
        this.#depth += 1;
        return 'on';
      case OBJECT_CLOSE:
      case LIST_CLOSE:
        if (this.#scalar) return this.#began ? 'ended-before' : this.#begin();
        this.#depth -= 1;
        return this.#depth <= 0 ? 'ended' : 'on';
      case COLON:
        if (this.#watchesKeys()) this.#sawColon = true;
        return 'on';
      case COMMA:
        if (this.#scalar) return 'ended-before';
        if (this.#watchesKeys()) this.#forgetKey();
        return 'on';
      default:
        this.#began = true;
        return this.#scalar && byte <= 0x20 ? 'ended-before' : 'on';
    }
  }

  /** A bracket that closes nothing is a (broken) record of its own; it must not end before itself, for ever. */
  #begin(): 'on' {
    this.#began = true;
    return 'on';
  }

  #insideString(byte: number): 'on' | 'ended' {
    if (!this.#escaped && byte === QUOTE) {
      this.#inString = false;
      this.#keyEnded = true;
      return this.#depth === 0 && !this.#scalar ? 'ended' : 'on';
    }
    this.#escaped = !this.#escaped && byte === BACKSLASH;
    // Escapes are kept as written: no known field has any.
    if (this.#depth === 1 && !this.#keyEnded && this.#key.length < 32) this.#key.push(byte);
    return 'on';
  }

  /** Only a top-level object can be a wrapper. */
  #watchesKeys(): boolean {
    return this.#depth === 1 && (!this.#inList || this.#around);
  }

  #isWrapperKey(): boolean {
    return WRAPPER_FIELDS.has(String.fromCharCode(...this.#key));
  }

  #forgetKey(): void {
    this.#key = [];
    this.#keyEnded = false;
    this.#sawColon = false;
  }

  #hold(piece: Uint8Array): void {
    if (this.#dropped || piece.length === 0) return;
    this.#held.push(piece);
    this.#heldBytes += piece.length;
    if (this.#heldBytes <= this.#maxBytes) return;
    this.#release();
    this.#dropped = true;
  }

  #close(found: JsonElement[]): void {
    if (this.#around) {
      this.#wrapped = false;
      this.#keepPiece(NOTHING);
    } else {
      this.#record += 1;
      const bytes = this.#dropped ? undefined : joinBytes(this.#held);
      found.push({ record: this.#record, offset: this.#offset, bytes });
    }
    this.#release();
    this.#depth = -1;
    this.#inString = false;
    this.#escaped = false;
    this.#scalar = false;
  }

  #release(): void {
    this.#held = [];
    this.#heldBytes = 0;
  }
}
