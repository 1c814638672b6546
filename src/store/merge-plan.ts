import { MOST_SOURCES } from '../hashcore/block-builder.js';
import { HeldoutError } from '../model/errors.js';
import type { IndexManifest } from '../model/index-manifest.js';
import type { NotReadField } from '../model/input.js';
import { canonicalJson } from '../report/digest.js';
import { firstBlocks, inOrder } from './inputs.js';
import type { Input } from './inputs.js';
import type { IndexReader } from './index-reader.js';
import type { Renumbering } from './index-source.js';
import { RECORD_SCHEME } from './record-scheme.js';
import type { RecordScheme } from './record-scheme.js';
import type { IndexHead } from './write-index.js';

export interface MergePlan {
  readonly head: IndexHead;
  readonly inputs: readonly Input[];
  /** For each index. */
  readonly renumberings: readonly Renumbering[];
  /** What is kept of records, and for each index which file of the new one each of its files is; undefined: nothing. */
  readonly records: { readonly scheme: RecordScheme; readonly inputsOf: readonly (readonly number[])[] } | undefined;
}

export interface MergeOptions {
  readonly locations: boolean;
  /** Whether signatures of records are kept, where all indexes have them and it is not to be published. */
  readonly records: boolean;
  /** Leading bits of keys to keep, at most. */
  readonly keyBits: number;
  /** Whether names of files are left out. */
  readonly publish: boolean;
}

/** What indexes come to when put together, in whatever order and whatever was put together before. */
export function mergePlan(readers: readonly IndexReader[], options: MergeOptions): MergePlan {
  const manifests = readers.map(({ manifest }) => manifest);
  readers.slice(1).forEach((reader) => checkAlike(readers[0], reader));
  const locationsPerKey = options.locations ? Math.min(...manifests.map((one) => one.locationsPerKey)) : 0;
  const sources = [...new Set(manifests.flatMap((one) => one.sources))].sort();
  if (sources.length > MOST_SOURCES)
    throw new HeldoutError(
      'index',
      `${sources.length} sources: an index can tell ${MOST_SOURCES} apart. Build with the same --source.`,
    );
  const keyBits = Math.min(options.keyBits, ...manifests.map((one) => one.keyBits));
  const settings = settingsOf(manifests);
  const own = readers.map((reader) => inputsOf(reader, locationsPerKey > 0, settings.textFields.length > 0));
  checkApart(readers, own);
  const inputs = inOrder(own.flat());
  const { first, blocks } = firstBlocks(inputs);
  const firstOf = new Map(inputs.map((input, i) => [input, first[i]]));
  const renumberings = own.map((list, i): Renumbering => ({
    keyBits,
    blockOf: locationsPerKey > 0 ? blockNumbers(list, firstOf) : undefined,
    sourceOf: sources.length > 1 ? manifests[i].sources.map((name) => sources.indexOf(name)) : undefined,
  }));
  const { profile, fingerprints } = manifests[0];
  const head = {
    ...{ profile, fingerprints, keyBits, locationsPerKey, blocks, sources },
    settings,
    unread: options.publish ? [] : unreadOf(manifests),
  };
  const records = options.records && !options.publish ? recordsOf(manifests, own, inputs) : undefined;
  return { head, inputs: options.publish ? inputs.map(withoutName) : inputs, renumberings, records };
}

/** There is one way to keep records (manifest.ts), so that two that keep them go together. */
function recordsOf(
  manifests: readonly IndexManifest[],
  own: readonly (readonly Input[])[],
  inputs: readonly Input[],
): MergePlan['records'] {
  if (!manifests.every(({ records }) => records)) return undefined;
  const place = new Map(inputs.map((input, i) => [input, i]));
  return { scheme: RECORD_SCHEME, inputsOf: own.map((list) => list.map((input) => place.get(input) ?? 0)) };
}

function checkAlike(first: IndexReader, other: IndexReader): void {
  const traits: readonly [string, (manifest: IndexManifest) => unknown][] = [
    ['text profile', ({ profile }) => profile],
    ['guarantee', ({ fingerprints }) => fingerprints.words.guarantee],
    ['fingerprints', ({ fingerprints }) => fingerprints],
    ["field of documents' ids", ({ settings }) => settings.idField],
    ['longest record', ({ settings }) => settings.maxRecordBytes],
  ];
  for (const [name, of] of traits) {
    const [a, b] = [canonicalJson(of(first.manifest)), canonicalJson(of(other.manifest))];
    if (a !== b)
      throw new HeldoutError(
        'index',
        `${other.folder}: does not go with ${first.folder}: its ${name} is ${b}, the other's ${a}. Build both with the same options.`,
      );
  }
}

/** A file that two indexes hold would count twice. */
function checkApart(readers: readonly IndexReader[], inputs: readonly (readonly Input[])[]): void {
  const seen = new Map<string, number>();
  inputs.forEach((list, i) => {
    for (const { file } of list) {
      const key = canonicalJson([file.path, file.xxh64, file.source]);
      const before = seen.get(key);
      if (before !== undefined && before !== i)
        throw new HeldoutError(
          'index',
          `${readers[i].folder}: holds ${file.path}, which ${readers[before].folder} holds too: its documents would count twice.`,
        );
      seen.set(key, i);
    }
  });
}

/** `named`: some of the files were read by named text fields, so those that were not have to say so. */
function inputsOf(reader: IndexReader, withBlocks: boolean, named: boolean): Input[] {
  const anywhere = named && reader.manifest.settings.textFields.length === 0 ? { anywhere: true as const } : {};
  const records = withBlocks ? reader.firstRecords() : new Uint32Array(0);
  let at = 0;
  return reader.inputs().map((file) => {
    const firstRecords = withBlocks ? records.subarray(at, (at += file.blocks)) : records;
    return { file: { ...file, ...anywhere }, firstRecords };
  });
}

function blockNumbers(inputs: readonly Input[], firstOf: ReadonlyMap<Input, number>): Uint32Array {
  const numbers = new Uint32Array(inputs.reduce((sum, { firstRecords }) => sum + firstRecords.length, 0));
  let at = 0;
  for (const input of inputs) {
    const first = firstOf.get(input) ?? 0;
    for (let i = 0; i < input.firstRecords.length; i++) numbers[at++] = first + i;
  }
  return numbers;
}

function settingsOf(manifests: readonly IndexManifest[]): IndexManifest['settings'] {
  const { idField, maxRecordBytes, textFields } = manifests[0].settings;
  const alike = manifests.every(({ settings }) => canonicalJson(settings.textFields) === canonicalJson(textFields));
  // Which file's text is where each file says, and `anywhere` whether only there.
  const all = alike ? textFields : [...new Set(manifests.flatMap(({ settings }) => settings.textFields))].sort();
  return { textFields: all, idField, maxRecordBytes };
}

function unreadOf(manifests: readonly IndexManifest[]): IndexManifest['unread'] {
  const all = new Map(manifests.flatMap(({ unread }) => unread).map((one) => [canonicalJson(one), one]));
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.reason < b.reason ? -1 : 1));
}

/** Names of files say more than one may want to; their digests say enough to who has them. */
function withoutName({ file, firstRecords }: Input): Input {
  const skips = file.skips.map((skip) => ({ ...skip, examples: [] }));
  const notRead = file.notRead && {
    sampled: file.notRead.sampled,
    fields: withoutNames(file.notRead.fields),
    ...(file.notRead.later ? { later: withoutNames(file.notRead.later) } : {}),
  };
  const named = { path: `xxh64:${file.xxh64}`, skips, textPaths: [], passedOver: [] };
  return { file: { ...file, ...named, ...(notRead ? { notRead } : {}) }, firstRecords };
}

function withoutNames(fields: readonly NotReadField[]): NotReadField[] {
  const sum = (of: (field: NotReadField) => number): number => fields.reduce((total, field) => total + of(field), 0);
  // A record may have several of them.
  const records = Math.max(0, ...fields.map((field) => field.records));
  return fields.length === 0 ? [] : [{ field: '…', records, characters: sum(({ characters }) => characters) }];
}
