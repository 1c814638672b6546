import type { FileResult } from '../../model/result.js';
import { fieldsNotRead } from '../not-read.js';
import { bytes, count, counted } from '../numbers.js';
import { objectOf } from '../parsed-json.js';
import type { ReportJson } from '../report-json.js';
import type { SkipJson } from '../shared-json.js';
import { html } from './html.js';
import type { Html, Value } from './html.js';

/** Files listed before the rest is folded away: a corpus may have a hundred thousand. */
const FILES_OPEN = 20;
/** Files listed at all; report.json names every one. */
const FILES_MOST = 2000;

/** Fields named that were not read; report.json names every one. */
const FIELDS = 100;

/** Keys of report.json that have a place of their own on the page; whatever else it holds is listed as it is. */
const PLACED = new Set([
  'schema',
  'tool',
  'profile',
  'partial',
  'redaction',
  'settings',
  'guarantee',
  'certificate',
  'totals',
  'benchmarks',
  'nearRecords',
  'skipped',
  'gate',
  'provenance',
  'outputs',
]);

/** What was left out, what the result promises, and what it was made from. */
export function accounts(report: ReportJson): Html {
  const nothing = `Nothing: all of ${counted(report.totals.documents, 'document')} was compared with every item.`;
  return html`${skippedSection(report.skipped, nothing, report.provenance.corpus)} ${guarantee(report)} ${provenance(report)}`;
}

/** What was left out, and why, and what was not read of `files`; `nothing` is what to say where no record was left out. */
export function skippedSection(skipped: readonly SkipJson[], nothing: string, files: readonly FileResult[]): Html {
  return html`<section id="skipped" aria-labelledby="skipped-title">
    <h2 id="skipped-title">Skipped</h2>
    ${
      skipped.length === 0
        ? html`<p>${nothing}</p>`
        : html`<ul class="plain">
            ${skipped.map(
              ({ reason, meaning, count: n, examples }) =>
                html`<li>
                  <b>${count(n)}</b> ${reason} <span class="note">${meaning}</span>
                  <ul class="plain examples">
                    ${examples.map(
                      ({ file, record, detail }) =>
                        html`<li>
                          <bdi class="path">${file}</bdi>${record > 0 ? ` record ${count(record)}` : ''}
                          <span class="note">${detail}</span>
                        </li>`,
                    )}
                  </ul>
                </li>`,
            )}
          </ul>`
    }
    ${notRead(files)}
  </section>`;
}

function notRead(files: readonly FileResult[]): Html | '' {
  const fields = fieldsNotRead(files);
  if (fields.length === 0) return '';
  return html`<h3>Fields not read</h3>
    <p class="note">Fields beside the text that could hold one. <code>--text-field</code> names those to read.</p>
    <ul class="plain">
      ${fields.slice(0, FIELDS).map(({ name, where }) => html`<li><bdi>${name}</bdi> <span class="note">${where}</span></li> `)}
    </ul>
    ${fields.length > FIELDS ? html`<p class="note">${counted(fields.length - FIELDS, 'more field')} in report.json.</p>` : ''}`;
}

function guarantee(report: ReportJson): Html {
  // Its keys are words but for this one.
  const { certainRun, ...rest } = objectOf(report.guarantee) ?? {};
  const given = { method: rest['method'], 'certain run': certainRun, ...rest };
  const certificate = objectOf(objectOf(report)?.['certificate']);
  return html`<section id="guarantee" aria-labelledby="guarantee-title">
    <h2 id="guarantee-title">What this result guarantees</h2>
    ${facts(given)}
    ${
      certificate
        ? html`<h3>Certificate</h3>
            ${facts(certificate)}`
        : ''
    }
  </section>`;
}

function provenance(report: ReportJson): Html {
  return provenanceSection(
    report,
    PLACED,
    html`<h3>Benchmarks</h3>
      ${filesTable('Benchmark files', report.provenance.benchmarks)}
      <h3>Corpus</h3>
      ${filesTable('Corpus files', report.provenance.corpus)}`,
  );
}

/** What a report was made from: version, settings, `inputs`, and whatever else its JSON holds that has no place of its own. */
export function provenanceSection(
  report: Pick<ReportJson, 'tool' | 'profile'> & {
    readonly schema: string;
    readonly settings: { readonly id: string };
  },
  placed: ReadonlySet<string>,
  inputs: Html,
): Html {
  const { settings, tool, schema, profile } = report;
  const rest = Object.fromEntries(Object.entries(report).filter(([key]) => !placed.has(key)));
  return html`<section id="provenance" aria-labelledby="provenance-title">
    <h2 id="provenance-title">Provenance</h2>
    <p class="note">The same inputs and settings give the same report, byte for byte, on any machine.</p>
    ${facts({ tool: `${tool.name} ${tool.version}`, schema, profile, 'settings id': settings.id })}
    <details>
      <summary>Settings</summary>
      ${facts(objectOf(settings) ?? {})}
    </details>
    ${inputs}
    ${
      Object.keys(rest).length > 0
        ? html`<details>
            <summary>More in report.json</summary>
            ${facts(rest)}
          </details>`
        : ''
    }
  </section>`;
}

export function filesTable(label: string, all: readonly FileResult[]): Html {
  const shownFiles = all.slice(0, FILES_MOST);
  const left = all.length - shownFiles.length;
  const table = html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
      <table class="files">
        <thead>
          <tr>
            <th scope="col">file</th>
            <th scope="col">read as</th>
            <th scope="col" class="n">size</th>
            <th scope="col" class="n">records</th>
            <th scope="col" class="n">skipped</th>
            <th scope="col">xxh64</th>
          </tr>
        </thead>
        <tbody>
          ${shownFiles.map(
            (file) =>
              html`<tr>
                <th scope="row"><bdi class="path">${file.path}</bdi></th>
                <td>${file.container}${file.compression === 'none' ? '' : ` · ${file.compression}`}</td>
                <td class="n">${bytes(file.bytes)}</td>
                <td class="n">${count(file.records)}</td>
                <td class="n">${count(file.skipped)}</td>
                <td><code>${file.xxh64 === '' ? 'not read to its end' : file.xxh64}</code></td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${left > 0 ? html`<p class="note">${counted(left, 'more file')} in report.json.</p>` : ''}`;
  return all.length <= FILES_OPEN
    ? table
    : html`<details>
        <summary>${counted(all.length, 'file')}</summary>
        ${table}
      </details>`;
}

/** Any JSON object as a list of names and values. */
function facts(object: Readonly<Record<string, unknown>>): Html {
  return html`<dl class="facts">
    ${Object.entries(object).map(
      ([key, value]) =>
        html`<div>
          <dt>${key}</dt>
          <dd>${fact(value)}</dd>
        </div> `,
    )}
  </dl>`;
}

function fact(value: unknown): Value {
  if (Array.isArray(value))
    return value.length === 0
      ? '–'
      : html`<ul class="plain">
          ${value.map((one: unknown) => html`<li>${fact(one)}</li>`)}
        </ul>`;
  const object = objectOf(value);
  if (object) return Object.keys(object).length === 0 ? '–' : facts(object);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
