#!/usr/bin/env bash
# Installs those of the named Debian packages that are missing. Says nothing and changes nothing when none is.
set -euo pipefail

if ! command -v swift >/dev/null; then
    echo "setup: no swift in PATH; install a Swift 6.3 toolchain for Debian 12 first" >&2
    exit 1
fi
if ! command -v dpkg-query >/dev/null; then
    echo "setup: this is no Debian system; what is needed here goes by these names there: $*" >&2
    exit 1
fi

# dpkg-query exits 1 when it knows nothing of a name; such a name is missing, and that is no fault here.
installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true)
missing=()
for package in "$@"; do
    grep -qxF -- "$package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "setup: run this as root: apt-get install ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
fi
echo "setup: installing ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
