import { KINDS } from '../model/comparison.js';
import type { CompareResult, CompareSettings, Containment, KindCounts, SetResult } from '../model/comparison.js';
import type { SkipReason } from '../model/input.js';
import type { FileResult } from '../model/result.js';
import { asked, limits } from './compare-words.js';
import { digestOf } from './digest.js';
import type { Digester } from './digest.js';
import { round } from './numbers.js';
import { fileJson } from './report-json.js';
import type { OutputFile } from './report-json.js';
import { SKIP_MEANING } from './skip-words.js';
import type { Rate } from './wilson.js';

/** Goes up when a reader of the old form would misread the new one. */
export const COMPARE_SCHEMA = 'heldout-compare/1';

/** report.json of a comparison. Like a scan's, it says nothing about when, where or how fast it was made. */
export interface CompareJson {
  readonly schema: typeof COMPARE_SCHEMA;
  readonly tool: { readonly name: 'heldout'; readonly version: string };
  readonly profile: number;
  readonly partial: boolean;
  readonly question: {
    readonly asked: string;
    readonly measure: 'jaccard';
    readonly threshold: number;
    /** Bands that candidates were found by, and the share of pairs at exactly the threshold that they find, by theory. */
    readonly bands: number;
    readonly rows: number;
    readonly recallAtThreshold: number;
    readonly limits: readonly string[];
  };
  readonly settings: CompareSettings & { readonly id: string };
  readonly totals: CompareResult['totals'];
  readonly sets: readonly (Omit<SetResult, 'files'> & { readonly files: readonly string[] })[];
  readonly overlaps: readonly {
    readonly of: string;
    readonly in: string;
    readonly compared: number;
    readonly records: number;
    readonly byKind: KindCounts;
    readonly rate: Rate;
    readonly containment?: Containment;
  }[];
  readonly skipped: readonly {
    readonly reason: SkipReason;
    readonly meaning: string;
    readonly count: number;
    readonly examples: readonly { readonly file: string; readonly record: number; readonly detail: string }[];
  }[];
  readonly provenance: { readonly files: readonly FileResult[] };
  readonly outputs: readonly OutputFile[];
}

export function compareJson(
  result: CompareResult,
  toolVersion: string,
  digester: Digester,
  outputs: readonly OutputFile[],
): CompareJson {
  const { settings, files } = result;
  return {
    schema: COMPARE_SCHEMA,
    tool: { name: 'heldout', version: toolVersion },
    profile: settings.profile,
    partial: result.partial,
    question: {
      asked: asked(settings),
      measure: 'jaccard',
      threshold: settings.threshold,
      bands: result.bands.bands,
      rows: result.bands.rows,
      recallAtThreshold: round(result.bands.recall, 6),
      limits: limits(result),
    },
    settings: { id: digestOf(settings, digester), ...inSettingsOrder(settings) },
    totals: result.totals,
    sets: result.sets.map((set) => ({ ...set, files: set.files.map((file) => files[file].path) })),
    overlaps: result.overlaps.map(({ rate, byKind, containment, ...rest }) => ({
      ...rest,
      byKind: { exact: byKind.exact, normalised: byKind.normalised, near: byKind.near },
      rate: { value: round(rate.value, 6), low: round(rate.low, 6), high: round(rate.high, 6) },
      ...(containment ? { containment: rounded(containment) } : {}),
    })),
    skipped: result.skips.map(({ reason, count, examples }) => ({
      reason,
      meaning: SKIP_MEANING[reason],
      count,
      examples: examples.map(({ file, record, detail }) => ({ file, record, detail })),
    })),
    provenance: { files: files.map(fileJson) },
    outputs: outputs.map(({ path, lines, bytes, xxh64 }) => ({ path, lines, bytes, xxh64 })),
  };
}

function rounded({ value, standardError, low, high, sampled, share }: Containment): Containment {
  return {
    value: round(value, 6),
    standardError: round(standardError, 6),
    low: round(low, 6),
    high: round(high, 6),
    sampled,
    share,
  };
}

/** Key order is part of the bytes: written out, not inherited from whoever built the object. */
function inSettingsOrder(settings: CompareSettings): CompareSettings {
  return {
    profile: settings.profile,
    sketchProfile: settings.sketchProfile,
    method: settings.method,
    bins: settings.bins,
    shingle: { unit: settings.shingle.unit, size: settings.shingle.size },
    threshold: settings.threshold,
    within: settings.within,
    splitColumn: settings.splitColumn,
    keep: settings.keep,
    textFields: settings.textFields,
    idField: settings.idField,
    maxRecordBytes: settings.maxRecordBytes,
    limit: settings.limit,
    maxSkippedRate: settings.maxSkippedRate,
    maxDuplicates: settings.maxDuplicates,
  };
}

/** `12 exact, 3 normalised`: what there is. */
export function kindsText(counts: KindCounts, number: (n: number) => string): string {
  return KINDS.filter((kind) => counts[kind] > 0)
    .map((kind) => `${number(counts[kind])} ${kind}`)
    .join(', ');
}
