import type { ClusterSummary } from '../../model/comparison.js';
import type { Comparison } from '../comparison.js';
import { shinglesText } from '../compare-words.js';
import { count, counted } from '../numbers.js';
import { filesTable, provenanceSection, skippedSection } from './accounts.js';
import type { PageAssets } from './assets.js';
import { embeddedPairs } from './comparison-data.js';
import type { EmbeddedLimits, EmbeddedPairs } from './comparison-data.js';
import { comparisonOverview } from './comparison-overview.js';
import { framed } from './frame.js';
import { html } from './html.js';
import type { Html } from './html.js';

/** Clusters that are named on the page, the largest; those of a pair are named with it. */
const CLUSTERS = 100;

/** Keys of report.json that have a place of their own on the page; whatever else it holds is listed as it is. */
const PLACED = new Set([
  ...['schema', 'tool', 'profile', 'partial', 'redaction', 'question', 'settings', 'totals', 'sets', 'overlaps'],
  ...['skipped', 'provenance', 'outputs'],
]);

/** index.html of a comparison, made from its JSON alone. */
export function comparisonPage(
  comparison: Comparison,
  assets: PageAssets,
  limits: Omit<EmbeddedLimits, 'mostClusters'> = {},
): Generator<string> {
  const { report } = comparison;
  const embedded = embeddedPairs(comparison, { ...limits, mostClusters: CLUSTERS });
  const names = report.sets.map(({ name }) => name);
  return framed(
    {
      title: `${names.length <= 3 ? names.join(', ') : counted(names.length, 'set')}: are they apart? · heldout`,
      generator: `heldout ${report.tool.version}`,
      sections: [
        ['overview', 'Overview'],
        ['pairs', 'Pairs'],
        ['clusters', 'Clusters'],
        ['skipped', 'Skipped'],
        ['limits', 'Limits'],
        ['provenance', 'Provenance'],
      ],
      skipTo: ['pairs', 'Skip to the pairs'],
      main: html`${comparisonOverview(report)} ${pairs(embedded)} ${clusters(comparison, embedded)}
      ${skippedSection(
        report.skipped,
        `No record: all of ${counted(report.totals.records, 'record')} were read.`,
        report.provenance.files,
      )}
      ${limitsSection(comparison)}
      ${provenanceSection(report, PLACED, html`<h3>Inputs</h3> ${filesTable('Files', report.provenance.files)}`)}`,
      data: dataBlocks(embedded),
    },
    assets,
  );
}

function* dataBlocks({ data, texts }: EmbeddedPairs): Generator<readonly [string, unknown]> {
  yield ['page-data', data];
  for (const [i, block] of texts.entries()) yield [`texts-${i}`, block];
}

/** The frame that the script fills. */
function pairs({ found, listed, withText }: EmbeddedPairs): Html {
  return html`<section id="pairs" aria-labelledby="pairs-title">
    <div class="items-head">
      <h2 id="pairs-title">Pairs</h2>
      <p class="note keys">
        <kbd>/</kbd> filter · <kbd>↑</kbd> <kbd>↓</kbd> pair · <kbd>←</kbd> <kbd>→</kbd> pair of its cluster ·
        <kbd>Esc</kbd> back
      </p>
    </div>
    ${
      listed < found
        ? html`<p class="warning" id="without-pairs">
            <b>Not every pair is in this page.</b> It lists the first ${count(listed)} of ${counted(found, 'pair')}, near
            ones before those of the same text. All are in pairs.jsonl, and <code>heldout show</code> prints them.
          </p>`
        : ''
    }
    ${
      withText < listed
        ? html`<p class="warning" id="without-text">
            <b>Not every text is in this page.</b> It carries those of ${count(withText)} of the
            ${counted(listed, 'pair')} listed, the first ones. pairs.jsonl has all.
          </p>`
        : ''
    }
    <noscript>
      <p class="warning">
        The list of pairs needs JavaScript; the figures above and below do not. <code>heldout show</code> prints the
        pairs.
      </p>
    </noscript>
    <div id="browser"></div>
  </section>`;
}

function clusters({ report }: Comparison, { clusters: largest }: EmbeddedPairs): Html {
  const { clusters: all, duplicates, largestCluster } = report.totals;
  return html`<section id="clusters" aria-labelledby="clusters-title">
    <h2 id="clusters-title">Clusters</h2>
    ${
      all === 0
        ? html`<p>None: no record has a duplicate.</p>`
        : html`<p>
              ${counted(duplicates, 'record')} in ${counted(all, 'cluster')} of records that are the same, one by one; the
              largest has ${count(largestCluster)}. One of each represents it.
            </p>
            ${clusterTable(largest)}
            ${all > largest.length ? html`<p class="note">The largest ${count(largest.length)}; clusters.jsonl has all.</p>` : ''}`
    }
  </section>`;
}

function clusterTable(largest: readonly ClusterSummary[]): Html {
  return html`<div class="scroll" role="region" aria-label="Largest clusters" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col" class="n">cluster</th>
          <th scope="col" class="n">records</th>
          <th scope="col">representative</th>
          <th scope="col">of</th>
          <th scope="col">where</th>
        </tr>
      </thead>
      <tbody>
        ${largest.map(
          ({ cluster, records, representative: { id, set, file, record } }) =>
            html`<tr>
              <th scope="row" class="n"><a href="#cluster=${cluster}">${count(cluster)}</a></th>
              <td class="n">${count(records)}</td>
              <td><bdi class="path">${id}</bdi></td>
              <td><bdi>${set}</bdi></td>
              <td><bdi class="path">${file}</bdi> record ${count(record)}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function limitsSection({ report: { question, settings } }: Comparison): Html {
  const { bands, rows, recallAtThreshold, limits } = question;
  return html`<section id="limits" aria-labelledby="limits-title">
    <h2 id="limits-title">What this result says, and what it does not</h2>
    <p>${question.asked}</p>
    <ul class="limits">
      ${limits.map((limit) => html`<li>${limit}</li> `)}
    </ul>
    <p class="note">
      Signatures of ${count(settings.bins)} bins over ${shinglesText(settings.shingle)}, ${counted(bands, 'band')} of
      ${counted(rows, 'row')}: of pairs at exactly the threshold ${recallAtThreshold} are found, by theory.
    </p>
  </section>`;
}
