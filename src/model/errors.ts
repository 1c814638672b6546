/** Why a run could not go on. The CLI alone maps a code to an exit status. */
export type ErrorCode =
  | 'usage' // the command line or configuration asks for something impossible
  | 'no-input' // a path or glob that matches nothing
  | 'unreadable' // a file that cannot be opened, decompressed or parsed
  | 'no-such-field' // a named field that no record has
  | 'no-questions' // a benchmark without a usable item
  | 'index' // an index that is damaged, foreign, of another version, or does not go with another
  | 'output' // the report cannot be written (full disk, no permission)
  | 'interrupted'
  | 'internal';

/** The one kind of error: `message` says what happened, to which file and record, and the way out. */
export class HeldoutError extends Error {
  readonly code: ErrorCode;
  /** The message where no text may be said, if it quotes what may be text. */
  readonly withoutText: string | undefined;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown; withoutText?: string }) {
    super(message, options);
    this.name = 'HeldoutError';
    this.code = code;
    this.withoutText = options?.withoutText;
  }
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
