#!/usr/bin/env bash
# Runs every test project, or those whose names contain one of the words given. Last line: N passed, N failed, N skipped.
set -uo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
results="$root/run/test-results"
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 skipped=0

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

for project in "$root"/tests/*.Tests/*.csproj; do
  name="$(basename "$project" .csproj)"
  wanted "$name" "$@" || continue
  started=$SECONDS
  dotnet test "$root/tests/$name/bin/Release/net10.0/$name.dll" --nologo --logger "trx;LogFileName=$name.trx" \
    --results-directory "$results" >"$results/$name.log" 2>&1
  code=$?
  report="$results/$name.trx"
  if [ ! -f "$report" ]; then
    printf '%-32s did not run:\n' "$name"
    tail -n 20 "$results/$name.log"
    failed=$((failed + 1))
    continue
  fi
  p="$(count "$report" passed)" f="$(count "$report" failed)" t="$(count "$report" total)"
  s=$((t - p - f))
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  [ "$code" -ne 0 ] && [ "$f" -eq 0 ] && failed=$((failed + 1))
  printf '%-32s %4d passed %3d failed %3d skipped %4d s\n' "$name" "$p" "$f" "$s" "$((SECONDS - started))"
  if [ "$code" -ne 0 ]; then
    grep -A 12 -E '^\s+Failed ' "$results/$name.log" | head -n 80
    [ "$f" -eq 0 ] && tail -n 20 "$results/$name.log"
  fi
done

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
