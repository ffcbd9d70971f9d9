#!/usr/bin/env bash
# Runs every test project, or those whose names contain one of the words given. Last line: N passed, N failed, N skipped.
set -uo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
results="$root/run/test-results"
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 skipped=0

# What runs for some seconds gains nothing from the compiler's profiles, and pays for them.
export DOTNET_TieredPGO=0

wanted() {
  [ $# -eq 1 ] && return 0
  local project="$1" word
  shift
  for word in "$@"; do [[ "$project" == *"$word"* ]] && return 0; done
  return 1
}

count() { # FILE ATTRIBUTE
  sed -n 's/.*<Counters [^>]*'"$2"'="\([0-9]*\)".*/\1/p' "$1" | head -n 1
}

command_of() { # NAME
  command=(dotnet test "$root/tests/$1/bin/Release/net10.0/$1.dll" --nologo --logger "trx;LogFileName=$1.trx"
    --results-directory "$results")
}

run() { # NAME
  local started=$SECONDS
  command_of "$1"
  "${yielding[@]}" "${command[@]}" >"$results/$1.log" 2>&1
  echo "$? $((SECONDS - started))" >"$results/$1.end"
}

# A process in the background does not hear an interrupt of the terminal: it ends with this script.
run_beside() { # NAME COMMAND_BEFORE...
  local name="$1" started=$SECONDS child
  shift
  command_of "$name"
  "$@" "${command[@]}" >"$results/$name.log" 2>&1 &
  child=$!
  trap 'kill "$child" 2>/dev/null; exit 1' TERM
  wait "$child"
  echo "$? $((SECONDS - started))" >"$results/$name.end"
}

tell() { # NAME
  local name="$1" report="$results/$1.trx" code seconds p f t s
  read -r code seconds <"$results/$name.end"
  if [ ! -f "$report" ]; then
    printf '%-32s did not run:\n' "$name"
    tail -n 20 "$results/$name.log"
    failed=$((failed + 1))
    return
  fi
  p="$(count "$report" passed)" f="$(count "$report" failed)" t="$(count "$report" total)"
  s=$((t - p - f))
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  [ "$code" -ne 0 ] && [ "$f" -eq 0 ] && failed=$((failed + 1))
  printf '%-32s %4d passed %3d failed %3d skipped %4d s\n' "$name" "$p" "$f" "$s" "$seconds"
  if [ "$code" -ne 0 ]; then
    grep -A 12 -E '^\s+Failed ' "$results/$name.log" | head -n 80
    [ "$f" -eq 0 ] && tail -n 20 "$results/$name.log"
  fi
}

# Real processes wait for each other much of the time: they run beside the rest, which takes what they leave. The
# longest of the rest runs beside the others, for each of them waits too: for disks, servers and programs of its own.
first=Ledger.EndToEnd.Tests
longest=Ledger.Node.Tests
beside=()
yielding=()
trap 'kill "${beside[@]}" 2>/dev/null' EXIT
if wanted "$first" "$@"; then
  run_beside "$first" &
  beside+=($!)
  yielding=(nice -n 5)
fi
if wanted "$longest" "$@"; then
  run_beside "$longest" "${yielding[@]}" &
  beside+=($!)
fi

for project in "$root"/tests/*.Tests/*.csproj; do
  name="$(basename "$project" .csproj)"
  if [ "$name" != "$first" ] && [ "$name" != "$longest" ] && wanted "$name" "$@"; then
    run "$name"
    tell "$name"
  fi
done

wait
for name in "$longest" "$first"; do
  if wanted "$name" "$@"; then tell "$name"; fi
done

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
