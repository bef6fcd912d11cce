#!/usr/bin/env bash
# Installs the npm packages at the versions of the lock file, once: again only after the lock file has changed.
# Not `npm ci`: it refuses a lock file that was written where a registry does not have every platform's binaries.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"
stamp=node_modules/.installed-for
if ! cmp -s package-lock.json "$stamp"; then
  echo "Installing npm packages…"
  npm install --no-save --no-fund --no-audit --loglevel=error
  cp package-lock.json "$stamp"
fi
