import path from 'node:path';
import { HeldoutError } from '../model/errors.js';
import { readLines } from '../read/lines.js';
import { rawChunks } from '../read/raw.js';
import { loadDigester } from '../report/digest.js';
import { counted } from '../report/numbers.js';
import type { OutputFile } from '../report/shared-json.js';

/** No line of ours is longer: a match holds 20,000 characters of its document, and an item's part. */
const MOST_LINE_BYTES = 512 * 1024 * 1024;

/**
 * The lines of items.jsonl, pairs.jsonl or another list, each parsed, as they are read. At the end the file must have been, byte for byte,
 * the one that its report.json was written beside: whoever acts on a line before that must be able to take it back.
 */
export async function* reportLines<T>(
  dir: string,
  output: OutputFile,
  parse: (line: string) => T | undefined,
): AsyncGenerator<T> {
  const file = path.join(dir, output.path);
  const digest = (await loadDigester())();
  let bytes = 0;
  const watched = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of rawChunks(file)) {
      bytes += chunk.length;
      digest.update(chunk);
      yield chunk;
    }
    // Said before a half line is taken for a damaged one.
    if (bytes < output.bytes)
      throw damaged(file, `cut short: ${counted(bytes, 'byte')} of ${counted(output.bytes, 'byte')} are there`);
  };
  for await (const lines of readLines(watched(), MOST_LINE_BYTES))
    for (const { line, bytes: text } of lines) {
      const value = text && parse(Buffer.from(text.buffer, text.byteOffset, text.length).toString('utf8'));
      if (value === undefined) throw damaged(file, `line ${line} is none that heldout writes`);
      yield value;
    }
  if (digest.hex() !== output.xxh64)
    throw damaged(
      file,
      `it is not the file that report.json was written beside (xxh64 ${digest.hex()}, not ${output.xxh64})`,
    );
}

/** Parses a line, and tells whether writing it gives the same line. */
export function withForm<T>(
  parse: (line: string) => T | undefined,
  write: (value: T) => string,
): (line: string) => { readonly value: T; readonly hasForm: boolean } | undefined {
  return (line) => {
    const value = parse(line);
    return value === undefined ? undefined : { value, hasForm: write(value) === `${line}\n` };
  };
}

function damaged(file: string, what: string): HeldoutError {
  return new HeldoutError('unreadable', `${file}: ${what}. Fetch the report again, or scan again.`);
}
