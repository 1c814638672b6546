/** Prose shorter than this many words does not stand for the task. */
const LEAST_WORDS = 6;

/** Where the prose of a docstring ends and its examples begin. */
const EXAMPLES =
  /^\s*(?:>>>|\.\.\.|examples?\b|for example\b|e\.g\.|test cases?\b|note:|\w+\(.*\)\s*(?:==|=>|=|➞|->|returns))/imu;

/**
 * What a code prompt asks for in words: the prose of its last docstring or comment block, without the examples. A leak
 * often carries just that. Undefined when there is none, or too little.
 */
export function docstringOf(code: string): string | undefined {
  const blocks = [...code.matchAll(/("""|''')([\s\S]*?)\1|\/\*\*?([\s\S]*?)\*\//gu)];
  const last = blocks.at(-1);
  if (!last) return undefined;
  const body = (last[2] ?? last[3]).replace(/^\s*\* ?/gmu, '');
  const examples = EXAMPLES.exec(body);
  const prose = (examples ? body.slice(0, examples.index) : body).trim();
  return prose.split(/\s+/u).length < LEAST_WORDS ? undefined : prose;
}
