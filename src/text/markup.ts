/**
 * Names that the lexer knows (hashcore/assembly/lex.ts and text/tokenize.ts): what only dresses text and carries no word of
 * its own. At most eight letters each, so that a name is one 64-bit comparison.
 */

/** LaTeX commands that are dropped; of other commands the backslash alone is. */
export const LATEX_COMMANDS: readonly string[] = (
  'begin end item text textbf textit textrm textsf textsc texttt textup emph mathrm mathbf mathit mathbb mathcal mathsf ' +
  'mathfrak boldmath left right big Big bigg Bigg quad qquad cdot times ldots dots cdots displaystyle'
)
  .split(' ')
  .filter((name) => name.length <= 8);

/** HTML elements whose tags are dropped. */
export const HTML_TAGS: readonly string[] = (
  'a abbr article aside b big body br button center cite code col dd del div dl dt em font footer form h1 h2 h3 h4 h5 h6 ' +
  'head header hr html i img input ins kbd label li link main mark math meta nav ol option p pre q s samp script section ' +
  'select small span strike strong style sub summary sup svg table tbody td tfoot th thead time title tr tt u ul var video'
).split(' ');

/** Named entities that stand for something that separates words. */
export const SEPARATING_ENTITIES: readonly string[] = (
  'nbsp lt gt quot apos ldquo rdquo lsquo rsquo sbquo bdquo laquo raquo lsaquo rsaquo ndash mdash hellip bull middot ' +
  'ensp emsp thinsp copy reg trade deg para sect times divide plusmn minus larr rarr dagger cent pound yen euro iexcl iquest'
).split(' ');

/** Marks in named letters: `eacute` is e + acute, and folds to e. */
export const ENTITY_MARKS: readonly string[] = 'acute grave circ uml tilde cedil ring caron slash'.split(' ');
