#!/bin/sh
# Rotates the event secret everywhere and waits until it is done: for whoever looks for the script of this name.
#
#   scripts/rotate-spiral-secret.sh [OPTIONS of waiaas event rotate]
#
# Where the secret lies is no matter of this script: see [[events.target]] in config.toml, and docs/operations.md, "The event secret".
# It exits 0 when the rotation is over, 1 when it took itself back, 5 when it stands still because somebody is missing.
set -eu
command -v waiaas >/dev/null || { echo "waiaas is not on the PATH; hint: make install PREFIX=..." >&2; exit 127; }
exec waiaas event rotate --wait "$@"
