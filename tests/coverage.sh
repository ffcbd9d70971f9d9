#!/usr/bin/env bash
# Which branches of Ledger.Contracts its own tests take: the share, and each line with a branch that is never taken.
# Exits with 1 below the goal. A `switch` over numbers with gaps becomes a jump table, of which each gap counts as a branch that no
# program can take: those lines are left out, and NewContractTests looks for each of their arms instead.
set -euo pipefail

goal=95
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
results="$root/run/coverage"
project="$root/tests/Ledger.Contracts.Tests"
rm -rf "$results"
dotnet build "$project" -c Release -p:Coverage=true -v quiet -nologo
dotnet test "$project" -c Release -p:Coverage=true --no-build --nologo \
  --settings "$root/tests/coverage.runsettings" --collect "XPlat Code Coverage" --results-directory "$results"

# A line of the report says how many of its branches were taken: condition-coverage="50% (1/2)".
find "$results" -name coverage.cobertura.xml -exec cat {} + | awk -v goal="$goal" -v folder="$root/Ledger.Contracts/" '
  function is_switch(name, line,   at, text) {
    if (!((name) in read_file)) {
      read_file[name] = 1
      for (at = 1; (getline text < (folder name)) > 0; at++) lines[name, at] = text
      close(folder name)
    }
    return lines[name, line] ~ /switch$/ || lines[name, line - 1] ~ /switch$/
  }
  match($0, /filename="[^"]*"/) { file = substr($0, RSTART + 10, RLENGTH - 11) }
  /<\/methods>/ { counting = 1 }
  /<\/class>/ { counting = 0 }
  counting && match($0, /condition-coverage="[^"]*"/) {
    split(substr($0, RSTART, RLENGTH), parts, /[(\/)]/)
    match($0, /number="[0-9]+"/)
    if (is_switch(file, substr($0, RSTART + 8, RLENGTH - 9))) next
    taken += parts[2]; all += parts[3]
    if (parts[2] < parts[3]) {
      match($0, /number="[0-9]+"/)
      printf "%s:%s  %s of %s\n", file, substr($0, RSTART + 8, RLENGTH - 9), parts[2], parts[3]
    }
  }
  END {
    share = all == 0 ? 0 : 100 * taken / all
    printf "%d of %d branches taken: %.1f %%, the goal is %d %%\n", taken, all, share, goal
    exit share < goal
  }'
