import type { Compression } from '../model/input.js';
import { gunzip } from './gunzip.js';
import { unbzip2 } from './unbzip2.js';
import { unxz } from './unxz.js';
import { unzstd } from './unzstd.js';

/** Decompresses chunks of any size. Whatever is wrong is thrown as a plain error after the good bytes. */
export function decompress(compression: Compression, raw: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  switch (compression) {
    case 'none':
      return raw;
    case 'gzip':
      return gunzip(raw);
    case 'zstd':
      return unzstd(raw);
    case 'bzip2':
      return unbzip2(raw);
    case 'xz':
      return unxz(raw);
  }
}
