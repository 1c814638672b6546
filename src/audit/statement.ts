import type { SavedReport } from './saved-report.js';
import type { Checked } from './checked-file.js';
import type { Verification } from './verify.js';

/** What kind of statement it is. A name of ours, not a page: in-toto asks for a URI and does not fetch it. */
export const PREDICATE_TYPE = 'urn:heldout:attestation:report:v1';

interface Described {
  readonly name: string;
  readonly digest: Readonly<Record<'sha256', string>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

/** An unsigned in-toto Statement (https://in-toto.io/Statement/v1) over a report: any signing tool takes it from here. */
export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly Described[];
  readonly predicateType: typeof PREDICATE_TYPE;
  readonly predicate: {
    /** What was looked at, and what was not, a sentence each: a signature under this says no more. */
    readonly attests: readonly string[];
    readonly doesNotAttest: readonly string[];
    readonly tool: { readonly name: string; readonly version: string };
    readonly profile: number;
    readonly settings: SavedReport['report']['settings'];
    readonly partial: boolean;
    readonly guarantee: unknown;
    readonly totals: SavedReport['report']['totals'];
    readonly benchmarks: readonly { readonly name: string; readonly verdicts: unknown; readonly rate: unknown }[];
    readonly inputs: { readonly benchmarks: readonly Described[]; readonly corpus: readonly Described[] };
  };
}

/**
 * Its subjects are the report's own files, its predicate says what they were made of and what they come to. No date and no
 * machine: the same report and inputs give the same statement. Only for a report that holds (audit/verify).
 */
export function statementOf(
  { report }: SavedReport,
  { files, reportSha256, notChecked, rescanned }: Verification,
): Statement {
  const of = (kind: Checked['kind']): Described[] => files.filter((file) => file.kind === kind).map(described);
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'report.json', digest: { sha256: reportSha256 } }, ...of('output').map(withoutNotes)],
    predicateType: PREDICATE_TYPE,
    predicate: {
      attests: [
        'The subjects are the files of one report: its settings have the id it states, its lines the digests, and what can be counted again from its lines holds.',
        'The inputs that the report names had, when this was written, the digests that it has of them and those below.',
        ...(report.redaction
          ? []
          : ['What the matches quote stands in these inputs where they say it does, but for what is named below.']),
        ...(rescanned
          ? ['Scanning these inputs again with these settings gave the same lines and the same report.']
          : []),
      ],
      doesNotAttest: [...notChecked, 'who scanned, when and on what machine'],
      tool: report.tool,
      profile: report.profile,
      settings: report.settings,
      partial: report.partial,
      guarantee: report.guarantee,
      totals: report.totals,
      benchmarks: report.benchmarks.map(({ name, verdicts, rate }) => ({ name, verdicts, rate })),
      inputs: { benchmarks: of('benchmark'), corpus: of('corpus') },
    },
  };
}

function described({ path, sha256, bytes, xxh64 }: Checked): Described {
  return { name: path, digest: { sha256 }, annotations: { bytes, xxh64 } };
}

function withoutNotes({ name, digest }: Described): Described {
  return { name, digest };
}
