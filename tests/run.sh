#!/usr/bin/env bash
# Runs every test of Candor and prints real counts. Finds or installs what it needs: Node.js, npm packages, Chromium.
#
#   tests/run.sh            everything
#   tests/run.sh client     one part: client | lint | rust | demo | browser
#
# SKIP_BROWSER=1 leaves the browser part out, and says so.
set -euo pipefail
cd "$(dirname "$0")/.."

part=${1:-all}
case "$part" in all | client | lint | rust | demo | browser) ;; *) printf 'tests/run.sh: there is no part %s: client, lint, rust, demo, browser\n' "$part" >&2; exit 2 ;; esac
started=$SECONDS
summary=()

say() { printf '\n== %s (%d s)\n' "$1" $((SECONDS - started)); }
wants() { [ "$part" = all ] || [ "$part" = "$1" ]; }
fail() { printf 'tests/run.sh: %s\n' "$1" >&2; exit 1; }

# Installs Debian packages when that is allowed, and says what to do when it is not.
install() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 ||
      { apt-get update >/dev/null && apt-get install -y --no-install-recommends "$@" >/dev/null; } ||
      fail "could not install $*: install it by hand and run this again"
  else
    fail "$* is missing: install it (on Debian: apt-get install $*) and run this again"
  fi
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null || install nodejs npm
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || fail "Node.js $major is too old: 20 or newer is needed"
}

need_chromium() {
  for found in chromium chromium-browser google-chrome; do
    if command -v "$found" >/dev/null; then CHROMIUM=$(command -v "$found"); export CHROMIUM; return; fi
  done
  install chromium
  CHROMIUM=$(command -v chromium) || fail "chromium is not on the PATH after its installation"
  export CHROMIUM
}

packages() { (cd "$1" && { [ -d node_modules ] && [ node_modules -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error; }); }

# Sums the closing lines of cargo's test runner.
count_rust() { awk '/^test result:/ { p += $4; f += $6; i += $8 } END { printf "%d passed, %d failed, %d ignored", p, f, i }' "$1"; }
count_node() { awk '/^# pass /{p+=$3} /^# fail /{f+=$3} /^ℹ pass /{p+=$3} /^ℹ fail /{f+=$3} END { printf "%d passed, %d failed", p, f }' "$1"; }

log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

if wants client; then
  say "the survey page: bundle and tests"
  need_node
  packages src/client
  (cd src/client && npm run --silent check)
  (cd src/client && npm test --silent) 2>&1 | tee "$log/client"
  summary+=("survey page: $(count_node "$log/client")")
fi

if wants lint; then
  say "formatting and lints"
  cargo fmt --all --check
  cargo clippy --workspace --all-targets --locked --quiet -- -D warnings
  summary+=("formatting and lints: clean")
fi

if wants rust; then
  say "Rust"
  need_node
  cargo test --workspace --locked --quiet --no-run
  # pipefail hands cargo's own status through; what is shown leaves out the lines of tests that passed.
  if ! cargo test --workspace --locked 2>&1 | tee "$log/rust" | { grep -vE '^(test .* \.\.\. ok|running [0-9]+ tests?|)$' || true; }; then
    fail "a Rust test failed"
  fi
  grep -q '^test result:' "$log/rust" || fail "cargo printed no test result"
  summary+=("Rust: $(count_rust "$log/rust")")
fi

if wants demo; then
  say "the life of a wave over HTTP"
  cargo build --locked --quiet
  target/debug/candor demo --check 2>&1 | tee "$log/demo"
  summary+=("demo --check: $(grep -c '^ok ' "$log/demo") checks passed")
fi

if wants browser; then
  if [ "${SKIP_BROWSER:-}" = 1 ]; then
    summary+=("browser: LEFT OUT because SKIP_BROWSER=1")
  else
    say "the pages in a browser"
    need_node
    need_chromium
    cargo build --locked --quiet
    packages tests/browser
    (cd tests/browser && npm test --silent) 2>&1 | tee "$log/browser"
    summary+=("browser: $(count_node "$log/browser")")
  fi
fi

say "summary"
printf '%s\n' "${summary[@]}"
# One closing line over all runners, for people and machines.
printf '%s\n' "${summary[@]}" | awk '{ for (i = 1; i <= NF; i++) { if ($i ~ /^passed/) p += $(i-1); if ($i ~ /^failed/) f += $(i-1) } } END { printf "%d passed, %d failed\n", p, f; exit f > 0 }'
