/**
 * Every number that turns a match into a verdict. Bits are those of text/weights.ts: a word of ordinary prose has about 10,
 * so 50 bits are five words, 100 a short sentence. Chosen on a planted set (docs/PERFORMANCE.md has the curve).
 */
export interface Rule {
  /** Least coverage of the part. */
  readonly coverage: number;
  /** Least evidence, bits. */
  readonly evidence: number;
}

/** A question, passage or code that is there as a whole. */
export const WHOLE: Rule = { coverage: 0.9, evidence: 50 };
/** … or edited throughout: gaps inside, but its beginning and its end are there. */
export const EDITED: Rule = { coverage: 0.8, evidence: 60 };
/** … or edited more, with more evidence: of short questions, text of the same topic has as much ("is … the largest …?"). */
export const EDITED_MORE: Rule = { coverage: 0.7, evidence: 75 };
/** … that is, what is aligned reaches over this share of its tokens. */
export const EDITED_EXTENT = 0.75;
/** … or this share where nothing inside is missing: else it is a fragment. */
export const EDITED_EXTENT_ONE_RUN = 0.9;
/** A large share of it, with evidence to match. */
export const LARGE: Rule = { coverage: 0.5, evidence: 100 };
/** A half that is word for word the same, from the part's beginning or up to its end. */
export const HALF: Rule = { coverage: 0.4, evidence: 75 };
/** … or from its middle: fragments of a sentence recur. */
export const MIDDLE: Rule = { coverage: 0.55, evidence: 78 };
/** … the longest run being at least so many tokens, and so much of what is aligned. */
export const HALF_RUN = 7;
export const HALF_RUN_SHARE = 0.8;
/** Answers alone: common phrases, short code and lists of numbers recur, so they must be long and whole. */
export const ANSWER: Rule = { coverage: 0.85, evidence: 100 };
/** … and choices all there: benchmarks ask several questions of one set of choices, with one of them changed. */
export const CHOICES: Rule = { coverage: 0.93, evidence: 100 };
/** … and less than this share of them numerals; letters before them are half of the rest. */
export const NUMERIC = 0.5;

/** Worth a look. */
export const SUSPECT: Rule = { coverage: 0.45, evidence: 40 };
export const SUSPECT_ANSWER: Rule = { coverage: 0.7, evidence: 70 };

/** A question too short for WHOLE that stands with its own choices: evidence of both together. */
export const WITH_CHOICES = { question: 0.8, choices: 0.5, evidence: 60 };

/** A template filled anew: most numbers differ and so does some of the rest. */
export const CHANGED_NUMBERS = { least: 2, alignedShare: 0.6, coverage: 0.9 };

/**
 * Share of its numbers that stand in the document as others, from which on it is another question, however much of the rest
 * is there. A word problem has up to ten numbers, so one is enough; a passage or a program may be quoted with one amended.
 */
export const OTHER_NUMBERS = 0.1;

/** A short question of common words whose rarest word is another: below both of these it is only suspect. */
export const CHANGED_WORD: Rule = { coverage: 0.9, evidence: 85 };

/**
 * A short question of which less than this share of bits stands in its order: its words are those of the topic, said otherwise
 * ("is the blue whale the largest animal ever?", "the largest animal ever to have lived is the blue whale"). With more evidence
 * than this, sentences have changed places.
 */
export const SCATTERED = { inOrder: 0.8, evidence: 100 };

/**
 * The figures of a question in their order, among other words: bits of evidence. Chosen on the planted set, all of which was
 * seen: 18 found 77 translations and paraphrases and nothing else, 15 found 102 and seven false ones.
 * In one run they would be an address or a version, so three must stand apart. A translation has .6 to 5 tokens for one.
 */
export const FIGURES = { contaminated: 18, suspect: 17, apart: 3, leastStretch: 0.4, mostStretch: 6 };

/** A part of an item below this coverage that at least so many documents hold alike is a common passage. */
export const COMMON = { coverage: 0.7, documents: 4 };
/** … and so is a short one with less evidence than this that at least so many documents hold without its answer, even whole. */
export const COMMON_SHORT = { evidence: 70, documents: 6 };
/**
 * … and so are an answer or choices with less evidence than this that so many documents hold without the question: an idiom of
 * programs ("fibonacci(n - 1) + fibonacci(n - 2)", a bubble sort) has up to 150 bits.
 */
export const COMMON_ANSWER = { evidence: 200, documents: 4 };

/** Least bits that a part must have for any rule to be able to hold. */
export const LEAST_BITS = 50;
