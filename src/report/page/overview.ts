import { bytes, count, counted, percent } from '../numbers.js';
import type { Report } from '../report.js';
import type { ReportJson } from '../report-json.js';
import { distribution } from './distribution.js';
import { axisEnd, interval, intervalAxis } from './interval.js';
import { cautions } from './cautions.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { VERDICT_MEANING, verdictClass, verdictsIn } from './verdict-words.js';

/** What the run came to: the sentence, the verdicts, a line a benchmark, how scores are spread. */
export function overview(report: Report): Html {
  const { totals, benchmarks } = report.report;
  const verdicts = verdictsIn(totals.verdicts);
  const by: Readonly<Record<string, number>> = totals.verdicts;
  return html`<section id="overview" aria-labelledby="overview-title">
    <h1 id="overview-title">${headline(report.report)}</h1>
    ${warnings(report.report)}
    <dl class="tally">
      ${verdicts.map(
        (verdict) =>
          html`<div class="${verdictClass(verdict)}">
            <dt><span class="dot" aria-hidden="true"></span>${verdict}</dt>
            <dd>
              <b class="${by[verdict] === 0 ? 'none' : ''}">${count(by[verdict])}</b
              ><span class="note">${VERDICT_MEANING[verdict] ?? ''}</span>
            </dd>
          </div> `,
      )}
    </dl>
    <h2>Benchmarks</h2>
    ${benchmarkTable(benchmarks, verdicts)} ${distribution(report)}
  </section>`;
}

function headline({ totals }: ReportJson): Html {
  const { contaminated, unconfirmed = 0 } = totals.verdicts;
  const open =
    unconfirmed > 0
      ? html`; <b class="v-unconfirmed">${count(unconfirmed)}</b> more ${unconfirmed === 1 ? 'is' : 'are'} unconfirmed`
      : '';
  if (totals.checked === 0 && unconfirmed === 0) return html`No item has enough text to be checked`;
  if (contaminated === 0) return html`None of <b>${counted(totals.checked, 'checked item')}</b> is contaminated${open}`;
  return html`<b class="v-contaminated">${count(contaminated)}</b> of ${counted(totals.checked, 'checked item')}
    ${contaminated === 1 ? 'is' : 'are'} contaminated${open}`;
}

function warnings({ totals, partial, tool, redaction }: ReportJson): Html {
  const { rate } = totals;
  const share =
    totals.checked === 0 ? '' : `${percent(rate.value)}% (95% interval ${percent(rate.low)}–${percent(rate.high)}%) · `;
  return html`<p class="lede">
      ${share}${counted(totals.documents, 'document')}, ${bytes(totals.textBytes)}, in
      ${counted(totals.corpusFiles, 'corpus file')} · heldout ${tool.version}
    </p>
    ${cautions({ redaction, partial, skippedRecords: totals.skippedDocuments, unreadableFiles: totals.unreadableFiles })}`;
}

function benchmarkTable(benchmarks: ReportJson['benchmarks'], verdicts: readonly string[]): Html {
  const end = axisEnd(benchmarks.map(({ rate, checked }) => (checked > 0 ? rate.high : 0)));
  return html`<div class="scroll" role="region" aria-label="Benchmarks" tabindex="0">
    <table class="benchmarks">
      <thead>
        <tr>
          <th scope="col">benchmark</th>
          <th scope="col" class="n">checked</th>
          <th scope="col" class="n">contaminated</th>
          <th scope="col">rate, 95% interval</th>
          <th scope="col" class="plot">${intervalAxis(end)}</th>
          ${verdicts
            .filter((verdict) => verdict !== 'contaminated')
            .map((verdict) => html`<th scope="col" class="n">${verdict}</th>`)}
          <th scope="col">found</th>
        </tr>
      </thead>
      <tbody>
        ${benchmarks.map((benchmark) => benchmarkRow(benchmark, verdicts, end))}
      </tbody>
    </table>
  </div>`;
}

function benchmarkRow(benchmark: ReportJson['benchmarks'][number], verdicts: readonly string[], end: number): Html {
  const { name, checked, rate } = benchmark;
  const by: Readonly<Record<string, number>> = benchmark.verdicts;
  const found = Object.entries(benchmark.contaminatedBy ?? {});
  const number = (n: number): Html => (n > 0 ? html`${count(n)}` : html`<span class="none">0</span>`);
  const share =
    checked > 0
      ? html`${percent(rate.value)}% <span class="note">${percent(rate.low)}–${percent(rate.high)}</span>`
      : '–';
  return html`<tr>
    <th scope="row"><bdi>${name}</bdi></th>
    <td class="n">${count(checked)}</td>
    <td class="n">${number(by['contaminated'] ?? 0)}</td>
    <td class="rate">${share}</td>
    <td class="plot">${checked > 0 ? interval(rate, end) : ''}</td>
    ${verdicts
      .filter((verdict) => verdict !== 'contaminated')
      .map((verdict) => html`<td class="n">${number(by[verdict] ?? 0)}</td>`)}
    <td class="note">${found.map(([part, n]) => `${part} ${count(n)}`).join(' · ')}</td>
  </tr> `;
}
