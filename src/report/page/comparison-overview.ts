import type { DuplicateKind } from '../../model/comparison.js';
import { KINDS } from '../../model/comparison.js';
import type { CompareJson } from '../compare-json.js';
import { compareVerdict } from '../compare-verdict.js';
import { containmentText } from '../compare-words.js';
import { bytes, count, counted, percent } from '../numbers.js';
import { cautions } from './cautions.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { axisEnd, interval, intervalAxis } from './interval.js';

type Overlap = CompareJson['overlaps'][number];

/** Overlaps shown before they are folded away: of twenty sets there are 380. */
const OVERLAPS_OPEN = 30;

const KIND_MEANING: Readonly<Record<DuplicateKind, string>> = {
  exact: 'records whose text stands in another, to the character',
  normalised: 'records whose words do: other case, punctuation, markup',
  near: 'records that share most of their wording with another',
};

/** What the run came to: the sentence, the kinds, a line for each two sets. */
export function comparisonOverview(report: CompareJson): Html {
  const { totals } = report;
  return html`<section id="overview" aria-labelledby="overview-title">
    <h1 id="overview-title">${headline(report)}</h1>
    ${lede(report)}
    <dl class="tally">
      ${KINDS.map(
        (kind) =>
          html`<div class="k-${kind}">
            <dt><span class="dot" aria-hidden="true"></span>${kind}</dt>
            <dd>
              <b class="${totals.byKind[kind] === 0 ? 'none' : ''}">${count(totals.byKind[kind])}</b
              ><span class="note">${KIND_MEANING[kind]}</span>
            </dd>
          </div> `,
      )}
      <div>
        <dt>to drop</dt>
        <dd>
          <b class="${totals.drop === 0 ? 'none' : ''}">${count(totals.drop)}</b
          ><span class="note">and no pair is left: drop.jsonl names them</span>
        </dd>
      </div>
    </dl>
    <h2>${report.settings.within ? 'Inside the set' : 'Across sets'}</h2>
    ${overlapTable(report)}
    <h2>Sets</h2>
    ${setTable(report)}
  </section>`;
}

function headline({ overlaps, settings, totals }: CompareJson): Html {
  const worst = [...overlaps].sort((a, b) => b.rate.value - a.rate.value).find(({ records }) => records > 0);
  if (!worst)
    return html`None of <b>${counted(totals.records, 'record')}</b> ${settings.within ? 'has a duplicate' : 'is in another set'}`;
  const found = html`<b class="k-exact">${count(worst.records)}</b> of ${counted(worst.compared, 'record')} of <bdi>${worst.of}</bdi>`;
  if (settings.within) return html`${found} ${worst.records === 1 ? 'has' : 'have'} a duplicate there`;
  return html`${found} ${worst.records === 1 ? 'is' : 'are'} in <bdi>${worst.in}</bdi> too`;
}

function lede(report: CompareJson): Html {
  const { totals, sets, provenance, tool, redaction, partial } = report;
  return html`<p class="lede">
      ${counted(totals.records, 'record')}, ${bytes(totals.textBytes)}, in
      ${counted(provenance.files.length, 'file')} of ${counted(sets.length, 'set')} · heldout ${tool.version}
    </p>
    <ul class="plain findings">
      ${compareVerdict(report).findings.map(
        ({ tone, word, text }) => html`<li class="${toneClass(tone)}"><b>${word}</b> ${text}</li> `,
      )}
    </ul>
    ${cautions({
      redaction,
      partial,
      skippedRecords: totals.skippedRecords,
      unreadableFiles: totals.unreadableFiles,
    })}`;
}

function toneClass(tone: string): string {
  return ['contaminated', 'suspect', 'clean'].includes(tone) ? `v-${tone}` : '';
}

function overlapTable({ overlaps, settings }: CompareJson): Html {
  const end = axisEnd(overlaps.map(({ rate, compared }) => (compared > 0 ? rate.high : 0)));
  const table = html`<div class="scroll" role="region" aria-label="Overlaps of sets" tabindex="0">
    <table class="overlaps">
      <thead>
        <tr>
          <th scope="col">records of</th>
          ${settings.within ? '' : html`<th scope="col">that are in</th>`}
          <th scope="col" class="n">compared</th>
          <th scope="col" class="n">found</th>
          <th scope="col">rate, 95% interval</th>
          <th scope="col" class="plot">${intervalAxis(end)}</th>
          ${KINDS.map((kind) => html`<th scope="col" class="n">${kind}</th>`)}
          ${settings.within ? '' : html`<th scope="col">its wording there ± standard error</th>`}
        </tr>
      </thead>
      <tbody>
        ${overlaps.map((overlap) => overlapRow(overlap, settings.within, end))}
      </tbody>
    </table>
  </div>`;
  return overlaps.length <= OVERLAPS_OPEN
    ? table
    : html`<details>
        <summary>${counted(overlaps.length, 'pair')} of sets</summary>
        ${table}
      </details>`;
}

function overlapRow(
  { of, in: other, compared, records, rate, byKind, containment }: Overlap,
  within: boolean,
  end: number,
): Html {
  const share =
    compared > 0
      ? html`${percent(rate.value)}% <span class="note">${percent(rate.low)}–${percent(rate.high)}</span>`
      : '–';
  return html`<tr>
    <th scope="row"><bdi>${of}</bdi></th>
    ${within ? '' : html`<td><bdi>${other}</bdi></td>`}
    <td class="n">${count(compared)}</td>
    <td class="n">${number(records)}</td>
    <td class="rate">${share}</td>
    <td class="plot">${compared > 0 ? interval(rate, end) : ''}</td>
    ${KINDS.map((kind) => html`<td class="n">${number(byKind[kind])}</td>`)}
    ${
      within
        ? ''
        : html`<td class="rate">
            ${containmentText(containment)}
            ${containment && containment.sampled > 0 ? html`<span class="note">of ${counted(containment.sampled, 'gram')}, ${containment.share < 1 ? 'a sample' : 'all of them'}</span>` : ''}
          </td>`
    }
  </tr> `;
}

function setTable({ sets }: CompareJson): Html {
  return html`<div class="scroll" role="region" aria-label="Sets compared" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">set</th>
          <th scope="col" class="n">records</th>
          <th scope="col" class="n">without a word</th>
          <th scope="col" class="n">of a single shingle</th>
          <th scope="col" class="n">distinct grams</th>
          <th scope="col" class="n">files</th>
        </tr>
      </thead>
      <tbody>
        ${sets.map(
          ({ name, records, wordless, short, grams, files }) =>
            html`<tr>
              <th scope="row"><bdi>${name}</bdi></th>
              <td class="n">${count(records)}</td>
              <td class="n">${number(wordless)}</td>
              <td class="n">${number(short)}</td>
              <td class="n">${count(grams)}</td>
              <td class="n">${count(files.length)}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function number(n: number): Html {
  return n > 0 ? html`${count(n)}` : html`<span class="none">0</span>`;
}
