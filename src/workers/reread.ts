import { HeldoutError } from '../model/errors.js';
import type { InputFile } from '../model/input.js';
import { breathe } from '../neardup/breathe.js';
import type { RecordPlace } from '../neardup/record-table.js';
import { openPlain, readBytes } from '../read/bytes.js';
import { recordId } from '../read/documents.js';
import { documentText } from '../read/document-text.js';
import { parseJsonLine } from '../read/json-line.js';
import { readLines } from '../read/lines.js';
import { placeOf } from '../read/raw.js';
import type { Reading } from '../read/reading.js';
import { readRecords } from '../read/records.js';

/** Read at a time: where one line in so many bytes is wanted, a disk gives as many for the price of one. */
const WINDOW_BYTES = 64 * 1024;

export interface RereadOptions {
  readonly maxRecordBytes: number;
  readonly idField: string;
}

/** A record wanted again, by its number. */
export interface Wanted extends RecordPlace {
  readonly number: number;
}

/**
 * Reads some records of a file again, in their order. Lines of a plain file are read where they stand; anything else takes
 * a pass over the file, in which only what is wanted is parsed.
 */
export async function rereadFile(
  input: InputFile,
  reading: Reading,
  wanted: Iterator<Wanted, undefined>,
  options: RereadOptions,
  take: (number: number, text: string, id: string | undefined) => void,
): Promise<void> {
  const queue = new Queue(wanted);
  const found = (value: unknown): void => {
    const { number, record } = queue.take();
    const text = documentText(value, record, reading, () => undefined);
    if (text === undefined) throw changed(input, record);
    take(number, text, recordId(value, options.idField));
  };
  try {
    if (queue.first === undefined) return;
    if (input.container !== 'jsonl') await fromRecords(input, options, reading.elsewhere, queue, found);
    else if (input.compression === 'none' && queue.first.bytes > 0) await fromPlain(input, queue, found);
    else await fromLines(input, options, queue, found);
  } catch (error) {
    // Damage that the first pass has told of, behind all that is wanted.
    if (!(error instanceof HeldoutError) || queue.first !== undefined) throw error;
  }
  if (queue.first !== undefined) throw changed(input, queue.first.record);
}

/** What is still wanted. */
class Queue {
  first: Wanted | undefined;
  private readonly wanted: Iterator<Wanted, undefined>;

  constructor(wanted: Iterator<Wanted, undefined>) {
    this.wanted = wanted;
    this.first = wanted.next().value;
  }

  take(): Wanted {
    const taken = this.first;
    if (taken === undefined) throw new Error('nothing is wanted any more');
    this.first = this.wanted.next().value;
    return taken;
  }
}

async function fromRecords(
  input: InputFile,
  options: RereadOptions,
  around: boolean,
  queue: Queue,
  found: (value: unknown) => void,
): Promise<void> {
  for await (const batch of readRecords(input, { ...options, limit: 0, around }, () => undefined)) {
    for (const { record, value } of batch) if (queue.first?.record === record) found(value);
    if (queue.first === undefined) return;
  }
}

async function fromPlain(input: InputFile, queue: Queue, found: (value: unknown) => void): Promise<void> {
  const file = openPlain(placeOf(input));
  let window = new Uint8Array(WINDOW_BYTES);
  let [from, filled] = [0, 0];
  try {
    while (queue.first !== undefined) {
      const { bytes, offset, record } = queue.first;
      if (offset < from || offset + bytes > from + filled) {
        if (bytes > window.length) window = new Uint8Array(bytes);
        from = offset;
        filled = file.readInto(window, offset);
        await breathe();
      }
      takeLine(window.subarray(offset - from, offset - from + bytes), record, input, queue, found);
    }
  } finally {
    file.close();
  }
}

async function fromLines(
  input: InputFile,
  options: RereadOptions,
  queue: Queue,
  found: (value: unknown) => void,
): Promise<void> {
  for await (const lines of readLines(readBytes(input), options.maxRecordBytes)) {
    for (const { line, bytes } of lines)
      if (bytes && queue.first?.record === line) takeLine(bytes, line, input, queue, found);
    if (queue.first === undefined) return;
  }
}

/** All that is wanted of one line. */
function takeLine(
  line: Uint8Array,
  record: number,
  input: InputFile,
  queue: Queue,
  found: (value: unknown) => void,
): void {
  let end = line.length;
  while (end > 0 && (line[end - 1] === 10 || line[end - 1] === 13)) end--;
  const values = parseJsonLine(line.subarray(0, end), record, 0, () => undefined);
  while (queue.first?.record === record) {
    const { inLine } = queue.first;
    if (inLine >= values.length) throw changed(input, record);
    found(values[inLine].value);
  }
}

function changed(input: InputFile, record: number): HeldoutError {
  return new HeldoutError(
    'unreadable',
    `${input.path} record ${record}: it is not what it was a moment ago. A comparison reads its input twice: let nothing write to it meanwhile.`,
  );
}
