#!/bin/sh
# What pre-commit runs (.pre-commit-hooks.yaml), in the repository that is checked. pre-commit keeps a clone of heldout, which is
# built the first time: npm does not build a package that it installs from a git repository.
set -e
home=$(cd "$(dirname "$0")/.." && pwd)
# The last file that a build writes.
if [ ! -f "$home/dist/report/page/page.css" ]; then
  (cd "$home" && npm ci --silent --no-audit --no-fund && npm run --silent build) >&2
fi
exec node "$home/bin/heldout.js" "$@"
