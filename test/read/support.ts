import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** What the fixtures lines.jsonl.* hold, decompressed. */
export const LINES = Buffer.from(
  Array.from(
    { length: 6000 },
    (_, i) => `${JSON.stringify({ id: i, text: `record ${i} of the fixture, ${(i * i) % 97} and ${(i * 7) % 13}` })}\n`,
  ).join(''),
);
export const SECOND = Buffer.from('{"id":"second"}\n');

export function fixture(name: string): Buffer {
  return readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), 'fixtures', name));
}

/** A folder that goes away after the file's tests. */
export function scratch(): {
  readonly dir: string;
  readonly write: (name: string, content: string | Uint8Array) => string;
} {
  const dir = mkdtempSync(path.join(tmpdir(), 'heldout-read-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return {
    dir,
    write(name, content) {
      const file = path.join(dir, name);
      writeFileSync(file, content);
      return file;
    },
  };
}

export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield new Uint8Array(bytes.subarray(at, at + size));
}

/** Everything a source gives, and what it says when it fails. */
export async function drained(source: AsyncIterable<Uint8Array>): Promise<{ bytes: Buffer; error: unknown }> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of source) pieces.push(piece);
  } catch (error) {
    return { bytes: Buffer.concat(pieces), error };
  }
  return { bytes: Buffer.concat(pieces), error: undefined };
}

/** The error a promise fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}
