#!/usr/bin/env bash
# The main job as one story: a token is issued, the secret behind it is rotated, the token goes on working.
#
#   scripts/show-the-main-job.sh WAIAAS FOLDER
#
# WAIAAS is the binary; FOLDER is thrown away and made anew, and holds the data directory and the master password.
# Each command is printed before its output, and each is checked: the script stops with exit 1 where one does not answer
# as the story says. The daemon is stopped at the end unless KEEP=1. FIRST_PORT (3100) is where the search for a free port begins.
set -euo pipefail

waiaas=$1
folder=$2
data=$folder/data
password=$folder/master-password
options=(--data-dir "$data" --password-file "$password")

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; else bold='' dim='' plain=''; fi

say()  { printf '\n%s# %s%s\n' "$dim" "$*" "$plain"; }
show() { printf '%s$ %s%s\n' "$bold" "$*" "$plain"; }
fail() { printf '\nthe story broke off: %s\n' "$*" >&2; exit 1; }

# Prints a waiaas command without the options that repeat themselves, then runs it.
run() {
    show "waiaas $*"
    "$waiaas" "$@" "${options[@]}"
}

# Calls the API as an agent would; `expected` is the HTTP status, and the answer must hold the words that follow.
call() {
    local token=$1 expected=$2 words=$3 url=$address/v1/sessions/self
    show "curl -H \"Authorization: Bearer \$$token\" $url"
    local answer status
    answer=$(curl --silent --show-error --write-out '\n%{http_code}' -H "Authorization: Bearer ${!token}" "$url")
    status=${answer##*$'\n'}
    printf '%s\n%s\n' "$status" "${answer%$'\n'*}"
    [ "$status" = "$expected" ] || fail "expected HTTP $expected"
    case ${answer// /} in *"$words"*) ;; *) fail "the answer should say $words" ;; esac
}

free_port() {
    local port
    for ((port = ${FIRST_PORT:-3100}; port < 65536; port++)); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
    fail "no free port"
}

stop_daemon() { [ ! -e "$data/daemon.lock" ] || "$waiaas" stop "${options[@]}" >/dev/null 2>&1 || true; }

stop_daemon # one that an earlier KEEP=1 left running here
rm -rf "$folder"
umask 077
mkdir -p "$folder"
head -c 24 /dev/urandom | base64 >"$password"
trap stop_daemon EXIT

say "A data directory, and a daemon that holds it. Every command also gets: ${options[*]}"
run init
port=$(free_port)
address=http://127.0.0.1:$port
run start --port "$port" --daemon

say "An agent, and a token for it that lasts an hour"
run agent create --name trader
show 'TOKEN=$(waiaas session create --agent trader --expires-in 3600 --output token)'
TOKEN=$("$waiaas" session create --agent trader --expires-in 3600 --output token "${options[@]}")
echo "${TOKEN:0:24}…"
call TOKEN 200 '"key":"current"'

say "A second daemon on the same directory is refused by the lock, which names the holder"
code=0
run start --port "$port" || code=$?
echo "exit $code"
[ "$code" -eq 2 ] || fail "expected exit 2"

say "The secret that signs the tokens is changed; the token of before goes on working for five minutes"
run secret rotate
call TOKEN 200 '"key":"previous"'

say "In these minutes it may be renewed at no cost, and is then signed by the new secret"
show 'RENEWED=$(printf %s "$TOKEN" | waiaas session renew --output token)'
RENEWED=$(printf %s "$TOKEN" | "$waiaas" session renew --output token "${options[@]}")
echo "${RENEWED:0:24}…"
call RENEWED 200 '"key":"current"'

say "The record of all this is whole"
run audit verify

if [ "${KEEP:-0}" = 1 ]; then
    trap - EXIT
    say "The daemon goes on at $address. To stop it:"
    echo "$waiaas stop ${options[*]}"
else
    say "The end: the daemon stops (make run KEEP=1 leaves it running)"
    trap - EXIT
    run stop
fi
