#!/usr/bin/env bash
# Installs the npm packages that the lock file names, once: `npm ci` again only after the lock file has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
stamp=node_modules/.installed-for
if ! cmp -s package-lock.json "$stamp"; then
  echo "Installing npm packages…"
  npm ci --no-fund --no-audit --loglevel=error
  cp package-lock.json "$stamp"
fi
