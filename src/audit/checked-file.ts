import { createHash } from 'node:crypto';
import path from 'node:path';
import { HeldoutError } from '../model/errors.js';
import type { FileResult } from '../model/result.js';
import { rawChunks } from '../read/raw.js';
import type { Digester } from '../report/digest.js';
import { hasStandIn } from '../report/name-or-text.js';

/** Whether a file is still the one that a report speaks of. */
export interface Checked {
  /** `compared`: an input of a comparison. */
  readonly kind: 'benchmark' | 'corpus' | 'compared' | 'output';
  /** As the report names it. */
  readonly path: string;
  /** `unknown`: the report has no digest of it (standard input cannot be read again, a damaged file was not read to its end). */
  readonly state: 'same' | 'changed' | 'missing' | 'unknown';
  readonly detail: string;
  readonly bytes: number;
  readonly xxh64: string;
  /** Of the bytes there are now; empty where there are none. */
  readonly sha256: string;
}

/** Where an input is: a relative path begins at `root`. */
export function placeOfInput(name: string, root: string): string {
  return path.isAbsolute(name) ? name : path.join(root, name);
}

export async function checked(
  kind: Checked['kind'],
  { path: name, bytes, xxh64 }: Pick<FileResult, 'path' | 'bytes' | 'xxh64'>,
  at: string,
  digester: Digester,
): Promise<Checked> {
  const as = (state: Checked['state'], detail: string, sha256 = ''): Checked => ({
    kind,
    path: name,
    state,
    detail,
    bytes,
    xxh64,
    sha256,
  });
  if (name === '-') return as('unknown', 'standard input cannot be read again');
  try {
    const now = await digestsOf(at, digester);
    if (xxh64 === '') return as('unknown', 'it was not read to its end, so there is no digest of it', now.sha256);
    if (now.bytes === bytes && now.xxh64 === xxh64) return as('same', '', now.sha256);
    return as('changed', `then ${bytes} bytes, xxh64 ${xxh64}; now ${now.bytes} bytes, xxh64 ${now.xxh64}`, now.sha256);
  } catch (error) {
    if (error instanceof HeldoutError && hasStandIn(name))
      return as('missing', 'the report holds no text, so this stands for a name that may be text');
    if (error instanceof HeldoutError && error.code === 'unreadable') return as('missing', error.message);
    throw error;
  }
}

/** Of a file as it is now. */
export async function digestsOf(
  file: string,
  digester: Digester,
): Promise<{ bytes: number; xxh64: string; sha256: string }> {
  const digest = digester();
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of rawChunks(file)) {
    digest.update(chunk);
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, xxh64: digest.hex(), sha256: hash.digest('hex') };
}
