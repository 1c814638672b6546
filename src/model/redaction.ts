/** What stands for a text that a report must not hold: enough for its owner to tell which it was, and for nobody else. */
export interface RedactedText {
  /** HMAC-SHA-256 of the text in UTF-8 under the run's key; its first 128 bits, in hex. */
  readonly hmac: string;
  /** UTF-16 units. */
  readonly length: number;
}

/** The key a report was redacted with, told by what it makes of a fixed word: never the key. */
export interface Redaction {
  readonly method: 'hmac-sha256/128';
  readonly keyId: string;
}
