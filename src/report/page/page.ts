import { counted } from '../numbers.js';
import type { Report } from '../report.js';
import type { Changes } from '../changes.js';
import { accounts } from './accounts.js';
import { changesSection } from './changes.js';
import type { PageAssets } from './assets.js';
import { embeddedData } from './data.js';
import type { EmbeddedData } from './data.js';
import { framed } from './frame.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { nearRecordsSection } from './near-records.js';
import { overview } from './overview.js';
import { policySection } from './policy.js';

export interface PageOptions {
  /** Most text embedded, in UTF-16 units. */
  readonly mostText?: number;
  /** What is other than in an earlier report. */
  readonly changes?: Changes;
}

/** index.html, made from a report's JSON alone. */
export function pageText(
  report: Report,
  assets: PageAssets,
  { mostText, changes }: PageOptions = {},
): Generator<string> {
  const embedded = embeddedData(report, mostText);
  const names = report.report.benchmarks.map(({ name }) => name);
  return framed(
    {
      title: `${names.length === 1 ? names[0] : counted(names.length, 'benchmark')}: is it really held out? · heldout`,
      generator: `heldout ${report.report.tool.version}`,
      sections: [
        ['overview', 'Overview'],
        ...(report.report.gate ? [['policy', 'Policy'] as const] : []),
        ...(changes ? [['changes', 'Changes'] as const] : []),
        ['items', 'Items'],
        ...(report.report.nearRecords ? [['near-records', 'Near-duplicates'] as const] : []),
        ['skipped', 'Skipped'],
        ['guarantee', 'Guarantee'],
        ['provenance', 'Provenance'],
      ],
      skipTo: ['items', 'Skip to the items'],
      main: html`${overview(report)} ${report.report.gate ? policySection(report.report.gate) : ''} ${changes ? changesSection(changes) : ''} ${items(report, embedded)} ${nearRecordsSection(report)} ${accounts(report.report)}`,
      data: dataBlocks(embedded),
    },
    assets,
  );
}

function* dataBlocks({ data, itemTexts, texts }: EmbeddedData): Generator<readonly [string, unknown]> {
  yield ['page-data', data];
  for (const [i, block] of itemTexts.entries()) yield [`item-texts-${i}`, block];
  for (const [i, block] of texts.entries()) yield [`texts-${i}`, block];
}

/** The frame that the script fills. */
function items({ matches }: Report, { withoutText }: EmbeddedData): Html {
  return html`<section id="items" aria-labelledby="items-title">
    <div class="items-head">
      <h2 id="items-title">Items</h2>
      <p class="note keys">
        <kbd>/</kbd> filter · <kbd>↑</kbd> <kbd>↓</kbd> item · <kbd>←</kbd> <kbd>→</kbd> document · <kbd>Esc</kbd> back
      </p>
    </div>
    ${
      withoutText > 0
        ? html`<p class="warning" id="without-text">
            <b>Not every text is in this page.</b> It carries the texts of
            ${counted(matches.length - withoutText, 'match', 'matches')} of
            ${counted(matches.length, 'match', 'matches')}: of every item the worst first, up to 64 million characters.
            Every text is in matches.jsonl, and <code>heldout show</code> prints it.
          </p>`
        : ''
    }
    <noscript>
      <p class="warning">
        The list of items needs JavaScript; the figures above and below do not. <code>heldout show</code> prints the
        matches.
      </p>
    </noscript>
    <div id="browser"></div>
  </section>`;
}
