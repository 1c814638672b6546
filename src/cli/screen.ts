/** What is known of where output goes. The environment is asked here and nowhere else. */
export interface Screen {
  /** Columns of standard output. */
  readonly width: number;
  readonly colour: boolean;
  /** Whether progress may be redrawn in place on standard error. */
  readonly redraw: boolean;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** For a pipe or a file, where nobody says how wide. */
const PLAIN_WIDTH = 100;

export function screenOf(
  stdout: Stream,
  stderr: Stream,
  env: Readonly<Record<string, string | undefined>>,
  colourWanted: boolean,
): Screen {
  const said = Number(env['COLUMNS']);
  const width = stdout.columns ?? (Number.isInteger(said) && said > 0 ? said : PLAIN_WIDTH);
  const dumb = env['TERM'] === 'dumb';
  return {
    width,
    colour: colourWanted && hasColour(stdout.isTTY === true && !dumb, env),
    redraw: stderr.isTTY === true && !dumb && !isSet(env['CI']),
  };
}

/** NO_COLOR (any text) wins, then FORCE_COLOR (0 or false: none), then whether it is a terminal. */
function hasColour(terminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (isSet(env['NO_COLOR'])) return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return terminal;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
