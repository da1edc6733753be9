#!/usr/bin/env bash
# Makes the Debian package from a release binary.
#
#   scripts/make-deb.sh WAIAAS FOLDER
#
# WAIAAS is the binary (make release), FOLDER gets waiaas_VERSION_ARCHITECTURE.deb. Needs dpkg-dev, binutils.
# The same sources and binary give the same package, byte for byte: times are those of the commit, or SOURCE_DATE_EPOCH.
set -euo pipefail

umask 022
mkdir -p "$2"
waiaas=$(realpath "$1")
folder=$(realpath "$2")
cd "$(dirname "$0")/.."

version=$(sed -n '1s/^waiaas (\(.*\)) .*/\1/p' packaging/debian/changelog)
said=$("$waiaas" version | sed -n '1s/^waiaas //p')
[ "${version%-*}" = "${said%% *}" ] || { echo "make-deb: packaging/debian/changelog says $version, the binary says $said" >&2; exit 1; }
architecture=$(dpkg --print-architecture)
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH

work=$(mktemp -d "$folder/deb.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root
docs=$root/usr/share/doc/waiaas

put()    { install -D -m 0644 "$1" "$2"; }             # put FILE PLACE
packed() { mkdir -p "$(dirname "$2")"; gzip -9 -n <"$1" >"$2"; } # packed FILE PLACE.gz

install -D -m 0755 "$waiaas" "$root/usr/bin/waiaas"
strip --strip-unneeded --remove-section=.comment "$root/usr/bin/waiaas"
for unit in packaging/systemd/*; do put "$unit" "$root/lib/systemd/system/${unit##*/}"; done

packed packaging/waiaas.1 "$root/usr/share/man/man1/waiaas.1.gz"
for shell in bash:bash-completion/completions/waiaas zsh:zsh/vendor-completions/_waiaas fish:fish/vendor_completions.d/waiaas.fish; do
    "$waiaas" completions "${shell%%:*}" >"$work/completion"
    put "$work/completion" "$root/usr/share/${shell#*:}"
done

put packaging/debian/copyright "$docs/copyright"
put packaging/debian/README.Debian "$docs/README.Debian"
packed packaging/debian/changelog "$docs/changelog.Debian.gz"
packed CHANGELOG.md "$docs/changelog.gz"
for page in docs/operations.md docs/audit-export.md docs/reference/doctor.md docs/tokens.md docs/the-way-of-a-rotation.md SECURITY.md; do packed "$page" "$docs/${page##*/}.gz"; done
put packaging/debian/lintian-overrides "$root/usr/share/lintian/overrides/waiaas"

# dpkg-shlibdeps wants to be called where a source package is.
mkdir "$work/debian"
printf 'Source: waiaas\n\nPackage: waiaas\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O root/usr/bin/waiaas 2>"$work/complaints" | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { cat "$work/complaints" >&2; exit 1; }

mkdir -m 0755 "$root/DEBIAN"
size=$(du -k -s --apparent-size --exclude=DEBIAN "$root" | cut -f1)
sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@SIZE@/$size/; s/@DEPENDS@/$depends/" \
    packaging/debian/control.in >"$root/DEBIAN/control"
for script in postinst prerm postrm; do install -m 0755 "packaging/debian/$script" "$root/DEBIAN/$script"; done
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

package=$folder/waiaas_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
echo "$package"
