import { availableParallelism } from 'node:os';
import { LOCATIONS_PER_KEY } from '../model/index-request.js';
import type { BuiltIndex } from '../model/index-request.js';
import { DEFAULT_SETTINGS } from '../model/settings.js';
import { certificateLines } from '../report/index-text.js';
import type { ExitCode } from './exit-code.js';
import { print, say } from './output.js';
import { watched } from './watched.js';

/** As commander gives them. */
export interface IndexOptions {
  readonly out: string;
  readonly resume?: boolean;
  readonly guarantee: number;
  readonly locations: boolean;
  readonly records?: boolean;
  readonly epsilon?: number;
  readonly publish?: boolean;
  readonly source: string;
  readonly textField: readonly string[];
  readonly idField: string;
  readonly maxRecordBytes: number;
  readonly memory: number;
  readonly workers?: number;
  readonly quiet?: boolean;
}

/** Said whenever an index is made for others: what it gives away. */
export const PUBLISH_WARNING =
  'a published index answers "is this text in the corpus?" to anyone who has it, for any text of eight words or more. ' +
  'It holds no text, but who guesses well can confirm guesses, word after word. Do not publish one of a private corpus.';

/** Chance of a wrong look-up in a published index, unless told otherwise: deniable, one in four thousand. */
export const PUBLISH_EPSILON = 2 ** -12;

export async function indexCommand(corpus: readonly string[], options: IndexOptions): Promise<ExitCode> {
  const { textField, idField, maxRecordBytes, publish = false } = options;
  const epsilon = options.epsilon ?? (publish ? PUBLISH_EPSILON : undefined);
  const { buildIndex } = await import('../indexing.js');
  if (publish) say(`note: ${PUBLISH_WARNING}`);
  const { result } = await watched(options.quiet === true, (watch) =>
    buildIndex({
      corpus,
      out: options.out,
      settings: { ...DEFAULT_SETTINGS, textFields: textField, idField, maxRecordBytes },
      guarantee: options.guarantee,
      source: options.source,
      locationsPerKey: options.locations && !publish ? LOCATIONS_PER_KEY : 0,
      records: options.records ?? false,
      ...(epsilon === undefined ? {} : { epsilon }),
      publish,
      memoryBytes: options.memory,
      workers: options.workers ?? availableParallelism(),
      resume: options.resume ?? false,
      onNotice: say,
      ...watch,
    }),
  );
  return showBuilt(result, options.out);
}

/** What was made, under the name it was asked for by; 3 where files could not be read, as for a scan. */
export function showBuilt({ manifest, bytes }: BuiltIndex, out: string): ExitCode {
  print(`${certificateLines(out, manifest, bytes).join('\n')}\n`);
  const unread = manifest.unread.filter(({ reason }) => reason === 'unreadable-file');
  for (const { path: file, detail } of unread) say(`not indexed: ${file}: ${detail}`);
  return unread.length > 0 ? 3 : 0;
}
