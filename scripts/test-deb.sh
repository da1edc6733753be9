#!/usr/bin/env bash
# Installs the Debian package in a bare Debian 12 that is really booted, uses the service there, and takes it away again.
#
#   scripts/test-deb.sh PACKAGE FOLDER
#
# Needs root, debootstrap and systemd-nspawn, and, the first time, the mirror that /etc/apt names: the bare system is kept in FOLDER.
# Each check prints a line; the first that does not hold ends the script with exit 1. The system has no network but its own loopback.
set -euo pipefail

package=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
[ "$(id -u)" -eq 0 ] || { echo "test-deb: needs root, to boot a system of its own" >&2; exit 1; }

suite=bookworm
base=$folder/$suite
root=$folder/system
leader=

fail() {
    echo "FAILED: $*" >&2
    [ -z "$leader" ] || inside journalctl --no-pager --lines 40 >&2 || true
    exit 1
}
holds()    { local what=$1; shift; "$@" || fail "$what"; echo "ok: $what"; }
refuses()  { local what=$1; shift; if "$@"; then fail "$what"; fi; echo "ok: $what"; }
inside()   { nsenter --target "$leader" --mount --uts --ipc --net --pid --cgroup --root --wd -- "$@"; }
property() { inside systemctl show --value --property "$1" waiaas.service; }
is()       { [ "$(property "$1")" = "$2" ]; }
limit()    { inside awk -v name="^$1" '$0 ~ name {print $(NF-1)}' "/proc/$(property MainPID)/limits"; }
# Looks every fifth of a second, for half a minute.
soon()     { local n; for ((n = 0; n < 150; n++)); do if "$@"; then return 0; fi; sleep 0.2; done; return 1; }
# An operator's command, as the daemon's user.
waiaas()   { inside runuser -u waiaas -- waiaas "$@" --data-dir /var/lib/waiaas --password-file /run/test/password; }

# What there is, but for the notes that dpkg, apt, adduser and the running system keep about anything.
listing() {
    find "$root" -xdev \( -path "$root/var/lib/dpkg" -o -path "$root/var/log" -o -path "$root/var/cache" -o -path "$root/tmp" \
        -o -path "$root/var/tmp" -o -path "$root/run" -o -path "$root/dev" -o -path "$root/var/lib/systemd" -o -name '.pwd.lock' \
        -o -path "$root/var/lib/private" -o -name '*-' \) -prune -o -printf '%M %u %g /%P\n' | sort -k4
    cat "$root/etc/passwd" "$root/etc/group"
}

stop_system() {
    [ -z "$leader" ] || kill -KILL "$leader" 2>/dev/null || true
    leader=
    wait 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap stop_system EXIT

if [ ! -e "$base/ready" ]; then
    rm -rf --one-file-system "$base"
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' "Codename: $suite" | head -1)
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,adduser,procps "$suite" "$base" ${mirror:+"$mirror"} >"$folder/debootstrap.log"
    # shellcheck disable=SC2046 # one word a package
    chroot "$base" apt-get install -q -y --no-install-recommends \
        $(dpkg-deb --field "$package" Depends | sed 's/([^)]*)//g; s/,/ /g') >>"$folder/debootstrap.log"
    touch "$base/ready"
fi
rm -rf --one-file-system "$root"
cp -a "$base" "$root"
install -m 0644 "$package" "$root/waiaas.deb"

SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn --quiet --directory="$root" --boot --private-network --register=no --keep-unit --capability=CAP_IPC_LOCK \
    --console=pipe </dev/null >"$folder/console.log" 2>&1 &
nspawn=$!
first_child() { leader=$(ps -o pid= --ppid "$nspawn" | tr -d ' '); [ -n "$leader" ]; }
soon first_child || fail "the system does not start: $(cat "$folder/console.log")"
booted() { [[ $(inside systemctl is-system-running 2>/dev/null) =~ ^(running|degraded)$ ]]; }
soon booted || fail "the system does not come up"
echo "ok: a bare $suite is up, systemd $(inside systemctl --version | sed -n '1s/systemd \([0-9]*\).*/\1/p')"
before=$(listing)

echo "== install"
holds "it installs" inside dpkg --install /waiaas.deb
holds "the command is there: $(inside waiaas version | head -1)" inside waiaas version --json
holds "its page of the manual is there" inside test -s /usr/share/man/man1/waiaas.1.gz
holds "the data directory is the daemon's alone" [ "$(inside stat -c '%U %a' /var/lib/waiaas)" = "waiaas 700" ]
holds "nothing runs" is ActiveState inactive
refuses "nothing is enabled" inside systemctl --quiet is-enabled waiaas.service
refuses "it does not start without a password" inside systemctl start waiaas.service

echo "== initialise"
inside install -d -m 0700 /etc/credstore.encrypted
inside install -d -m 0700 -o waiaas -g waiaas /run/test
inside sh -c 'head -c 24 /dev/urandom | base64 >/run/test/password && chown waiaas /run/test/password && chmod 0400 /run/test/password'
seal() { inside systemd-creds encrypt --with-key=host --name=master-password "$1" /etc/credstore.encrypted/waiaas.master-password; }
holds "the password is sealed" seal /run/test/password
inside systemctl reset-failed waiaas.service
refuses "it does not start before init" inside systemctl start waiaas.service
holds "and says so by exit code 3, once" [ "$(property ExecMainStatus) $(property NRestarts)" = "3 0" ]
holds "waiaas-init makes the data directory" inside systemctl start waiaas-init.service
holds "with the sealed password" waiaas audit verify

echo "== run"
holds "it starts" inside systemctl start waiaas.service
holds "it says where it listens: $(property StatusText)" [ -n "$(property StatusText)" ]
pid=$(property MainPID)
inside grep -E '^(NoNewPrivs|Seccomp|CapBnd|CapEff):' "/proc/$pid/status"
holds "system calls are filtered" inside grep -q '^Seccomp:[[:space:]]*2' "/proc/$pid/status"
holds "no capability is left" inside grep -qE '^CapBnd:[[:space:]]*0+$' "/proc/$pid/status"
holds "no core dump, $(limit 'Max open files') descriptors, $(limit 'Max locked memory') bytes of locked memory" [ "$(limit 'Max core file size')" = 0 ]
refuses "no warning in its log" inside sh -c 'journalctl --no-pager --output cat --unit waiaas.service | grep -E " (WARN|ERROR) "'
holds "an agent" waiaas agent create --name trader
holds "a session" waiaas session create --agent trader
holds "a rotation" waiaas secret rotate
holds "the record is whole" waiaas audit verify
holds "it reloads" inside systemctl reload waiaas.service
holds "and goes on" is MainPID "$pid"
inside systemd-analyze security --no-pager waiaas.service | tail -1

echo "== fail"
holds "killed, it comes back" inside systemctl kill --signal=KILL waiaas.service
other() { [ "$(property MainPID)" != "$pid" ] && [ "$(property MainPID)" != 0 ] && is ActiveState active; }
holds "with another process" soon other
pid=$(property MainPID)
inside mkdir -p /run/systemd/system/waiaas.service.d
inside sh -c 'printf "[Service]\nWatchdogSec=3\n" >/run/systemd/system/waiaas.service.d/watchdog.conf'
inside systemctl daemon-reload
inside systemctl restart waiaas.service
pid=$(property MainPID)
inside kill -STOP "$pid"
holds "standing still, it is killed by the watchdog and comes back" soon other
inside rm -r /run/systemd/system/waiaas.service.d
inside systemctl daemon-reload
inside systemctl stop waiaas.service
holds "stopped, it exits with 0" [ "$(property ExecMainStatus)" = 0 ]
inside sh -c 'echo another-master-password >/run/test/wrong'
seal /run/test/wrong
refuses "it does not start with a wrong password" inside systemctl start waiaas.service
holds "and says so by exit code 4, once" [ "$(property ExecMainStatus)" = 4 ]
seal /run/test/password
inside systemctl reset-failed waiaas.service
inside systemctl --quiet enable --now waiaas.service

echo "== upgrade, remove, purge"
pid=$(property MainPID)
holds "installed over itself" inside dpkg --install /waiaas.deb
holds "the new binary runs" soon other
holds "it is removed" inside dpkg --remove waiaas
refuses "nothing runs" inside pgrep -x waiaas
holds "the data is still there" inside test -s /var/lib/waiaas/waiaas.db
holds "it is purged" inside dpkg --purge waiaas
after=$(listing)
diff <(echo "$before") <(echo "$after") || fail "something is left, or gone"
echo "ok: nothing is left"
