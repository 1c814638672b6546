import { isComparison } from '../audit/saved-comparison.js';
import { HeldoutError } from '../model/errors.js';
import type { ExitCode } from './exit-code.js';
import { showComparison } from './show-comparison.js';
import type { ShowPairsOptions } from './show-comparison.js';
import { showScan } from './show-scan.js';
import type { ShowMatchesOptions } from './show-scan.js';

export type ShowOptions = ShowPairsOptions & ShowMatchesOptions;

const OF_SCANS = ['item', 'benchmark', 'verdict'] as const;
const OF_COMPARISONS = ['pair', 'cluster', 'kind'] as const;

/** Prints matches of a scan's report, or pairs of a comparison's. */
export async function showCommand(dir: string, options: ShowOptions): Promise<ExitCode> {
  // Without a report.json there may still be matches to show.
  const compared = await isComparison(dir).catch(() => false);
  const stranger = (compared ? OF_SCANS : OF_COMPARISONS).find((option) => options[option] !== undefined);
  if (stranger !== undefined)
    throw new HeldoutError(
      'usage',
      `--${stranger}: ${dir} is the report of a ${compared ? 'comparison' : 'scan'}. What narrows it: ` +
        (compared ? OF_COMPARISONS : OF_SCANS).map((option) => `--${option}`).join(', '),
    );
  return compared ? showComparison(dir, options) : showScan(dir, options);
}
