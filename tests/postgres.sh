#!/usr/bin/env bash
# A PostgreSQL server with a fresh cluster for tests, from Debian's packages, on 127.0.0.1 only.
#   postgres.sh install          installs the server's programs where that is possible
#   postgres.sh run FOLDER PORT  makes a cluster in FOLDER and serves it, in the foreground, until it is stopped
set -euo pipefail

programs() {
  local found
  found="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
  [ -n "$found" ] && [ -x "$found/initdb" ] && printf '%s' "$found"
}

install() {
  programs >/dev/null && return 0
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  apt-get -o DPkg::Lock::Timeout=120 -qq update >&2
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -qq -y --no-install-recommends install postgresql >&2
  programs >/dev/null
}

# The server refuses to run as root: it runs as Debian's account for it, which must reach the folder.
run() {
  local folder="$1" port="$2" bin as=()
  bin="$(programs)"
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder"
    as=(setpriv --reuid=postgres --regid=postgres --init-groups)
  fi
  "${as[@]}" "$bin/initdb" -D "$folder/data" -U records --auth=trust >"$folder/initdb.log" 2>&1
  exec "${as[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -h 127.0.0.1 -c unix_socket_directories= \
    >"$folder/postgres.log" 2>&1
}

"$@"
