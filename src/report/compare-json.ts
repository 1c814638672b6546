import type { CompareResult, CompareSettings, Containment, KindCounts, SetResult } from '../model/comparison.js';
import type { Redaction } from '../model/redaction.js';
import type { FileResult } from '../model/result.js';
import { asked, limits } from './compare-words.js';
import { digestOf } from './digest.js';
import type { Digester } from './digest.js';
import { round } from './numbers.js';
import { fileJson, outputJson, rateJson, skipJson } from './shared-json.js';
import type { OutputFile, SkipJson } from './shared-json.js';
import type { Rate } from './wilson.js';

/** Goes up when a reader of the old form would misread the new one. */
export const COMPARE_SCHEMA = 'heldout-compare/1';

/** report.json of a comparison. Like a scan's, it says nothing about when, where or how fast it was made. */
export interface CompareJson {
  readonly schema: typeof COMPARE_SCHEMA;
  readonly tool: { readonly name: 'heldout'; readonly version: string };
  readonly profile: number;
  readonly partial: boolean;
  /** Present where the report holds no text: what its digests were made with. */
  readonly redaction?: Redaction;
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
  readonly skipped: readonly SkipJson[];
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
    ...(result.redaction ? { redaction: result.redaction } : {}),
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
      rate: rateJson(rate),
      ...(containment ? { containment: containmentJson(containment) } : {}),
    })),
    skipped: result.skips.map(skipJson),
    provenance: { files: files.map(fileJson) },
    outputs: outputs.map(outputJson),
  };
}

export function containmentJson({ standardError, sampled, share, ...rate }: Containment): Containment {
  const { value, low, high } = rateJson(rate);
  return {
    value,
    standardError: round(standardError, 6),
    low,
    high,
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
