import type { Redaction } from '../../model/redaction.js';
import { counted } from '../numbers.js';
import { html } from './html.js';
import type { Html } from './html.js';

/** What a reader must know before the figures: that texts, records or whole files are missing. */
export function cautions(of: {
  readonly redaction: Redaction | undefined;
  readonly partial: boolean;
  readonly skippedRecords: number;
  readonly unreadableFiles: number;
}): Html {
  const { redaction, partial, skippedRecords, unreadableFiles } = of;
  const missing = [
    ...(skippedRecords > 0 ? [`${counted(skippedRecords, 'record')} skipped`] : []),
    ...(unreadableFiles > 0 ? [counted(unreadableFiles, 'unreadable file')] : []),
  ];
  return html`${
    redaction
      ? html`<p class="warning">
          <b>Redacted.</b> This report holds no text that was read: keyed digests and lengths stand for it (key id
          <code>${redaction.keyId}</code>).
        </p>`
      : ''
  }
  ${
    partial
      ? html`<p class="warning">
          <b>Partial.</b> The run was interrupted or limited. What is reported is true; what is absent says nothing.
        </p>`
      : ''
  }
  ${
    missing.length > 0
      ? html`<p class="warning">
          <b>Not everything was read:</b> ${missing.join(', ')}. <a href="#skipped">What was skipped</a>.
        </p>`
      : ''
  }`;
}
