#!/usr/bin/env bash
# Runs every test of Candor and prints real counts. Finds or installs what it needs: Node.js, npm packages, Python, PostgreSQL, Chromium, strace,
# and as root Postfix.
#
#   tests/run.sh            everything
#   tests/run.sh client     one part: client | lint | rust | postgres | attack | mta | demo | browser
#   tests/run.sh --full, tests/run.sh browser --full
#                           the same with the long run of the browser part: every state of the survey page in four languages and every page of the
#                           console in two, at all widths, light and dark, with large text, forced colours, on paper, Lighthouse and how long Send takes;
#                           figures are printed beside their goals. Over half an hour more. `--shots FOLDER` photographs every page as well
#   tests/run.sh kill --rounds 100 --seed 1
#                           the long version of the durability tests, release build; not part of everything
#   tests/run.sh attack --waves 400 --seed 1
#                           the long version of the attacks: so many rounds per engine, optimised build, one point above chance at most; a run
#                           that is ended goes on where it stood
#   tests/run.sh acceptance --organisations 400 --seed 1
#                           the long version of the statistical acceptance, release build; not part of everything
#
# SKIP_BROWSER=1 leaves the browser part out, SKIP_POSTGRES=1 everything that needs a PostgreSQL server; both are said in the summary.
set -euo pipefail
cd "$(dirname "$0")/.."

part=all
case "${1:-}" in '' | --*) ;; *) part=$1 && shift ;; esac
case "$part" in all | client | lint | rust | postgres | attack | mta | demo | browser | kill | acceptance) ;; *) printf 'tests/run.sh: there is no part %s: client, lint, rust, postgres, attack, mta, demo, browser, kill, acceptance\n' "$part" >&2; exit 2 ;; esac
rounds=100 seed=1
if [ "$part" = kill ]; then
  while [ $# -gt 0 ]; do
    case "$1" in
      --rounds) rounds=$2; shift 2 ;;
      --seed) seed=$2; shift 2 ;;
      *) printf 'tests/run.sh kill: %s is not known: --rounds N, --seed N\n' "$1" >&2; exit 2 ;;
    esac
  done
fi
waves=
if [ "$part" = attack ]; then
  while [ $# -gt 0 ]; do
    case "$1" in
      --waves) waves=$2; shift 2 ;;
      --seed) seed=$2; shift 2 ;;
      *) printf 'tests/run.sh attack: %s is not known: --waves N, --seed N\n' "$1" >&2; exit 2 ;;
    esac
  done
fi
organisations=400
if [ "$part" = acceptance ]; then
  while [ $# -gt 0 ]; do
    case "$1" in
      --organisations) organisations=$2; shift 2 ;;
      --seed) seed=$2; shift 2 ;;
      *) printf 'tests/run.sh acceptance: %s is not known: --organisations N, --seed N\n' "$1" >&2; exit 2 ;;
    esac
  done
fi
full=
case "$part" in all | browser)
  while [ $# -gt 0 ]; do
    case "$1" in
      --full) full=1; shift ;;
      --shots) mkdir -p "$2" && BROWSER_SHOTS=$(cd "$2" && pwd) && export BROWSER_SHOTS; full=1; shift 2 ;;
      *) printf 'tests/run.sh: %s is not known: --full, --shots FOLDER\n' "$1" >&2; exit 2 ;;
    esac
  done ;;
esac
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

# Runs docs/check_audit.py, and takes a table away from a running server in the browser's tests.
need_python() { command -v python3 >/dev/null || install python3; }

# Pages are measured in letters as wide as those of most devices; without this font Chromium takes whatever wider one is there.
need_font() { fc-list 2>/dev/null | grep -qi 'liberation *sans' || install fontconfig fonts-liberation; }

# Chromium without its windows (Debian packs it apart) is the same engine for half the processor time; where there is none, the whole program does.
need_headless_chromium() {
  need_font
  command -v chromium-headless-shell >/dev/null || (install chromium-headless-shell) 2>/dev/null || true
  if ! CHROMIUM=$(command -v chromium-headless-shell); then need_chromium; fi
  export CHROMIUM
}

need_chromium() {
  need_font
  for found in chromium chromium-browser google-chrome; do
    if command -v "$found" >/dev/null; then CHROMIUM=$(command -v "$found"); export CHROMIUM; return; fi
  done
  install chromium
  CHROMIUM=$(command -v chromium) || fail "chromium is not on the PATH after its installation"
  export CHROMIUM
}

# Only the programs are used: the tests start servers of their own, in folders of their own, and stop them (tests/postgres).
need_postgres() {
  has_postgres || install postgresql
  has_postgres || fail "initdb is neither in /usr/lib/postgresql/*/bin nor on the PATH after its installation"
}
has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

# Debian's Postfix with passwords from a file. Installing it must neither ask anything nor start a mail server on this machine.
need_postfix() {
  [ "$(id -u)" = 0 ] || return 1
  command -v postfix >/dev/null && command -v saslpasswd2 >/dev/null && command -v openssl >/dev/null && return
  command -v apt-get >/dev/null || return 1
  policy=/usr/sbin/policy-rc.d
  made=
  [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && made=1; }
  echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
  (export DEBIAN_FRONTEND=noninteractive; install postfix sasl2-bin libsasl2-modules openssl) && installed=0 || installed=1
  [ -z "$made" ] || rm -f "$policy"
  return "$installed"
}

packages() { (cd "$1" && { [ -d node_modules ] && [ node_modules -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error; }); }

# Sums the closing lines of cargo's test runner.
count_rust() { awk '/^test result:/ { p += $4; f += $6; i += $8 } END { printf "%d passed, %d failed, %d ignored", p, f, i }' "$@"; }
left_out() { awk '/^test result:/ { n += $12 } END { printf "%d", n }' "$1"; }
count_node() { awk '/^# pass /{p+=$3} /^# fail /{f+=$3} /^ℹ pass /{p+=$3} /^ℹ fail /{f+=$3} END { printf "%d passed, %d failed", p, f }' "$1"; }

# Does something beside what follows, on the core that is idle there; its output goes to a log of the given name and is shown by `join`.
declare -A beside=()
aside() {
  local name=$1
  shift
  ("$@") >"$log/$name" 2>&1 &
  beside[$name]=$!
}

# Waits for what was begun aside, shows what it printed, and fails where it failed.
join() {
  local done=0
  wait "${beside[$1]}" || done=$?
  unset "beside[$1]"
  say "$2"
  cat "$log/$1"
  [ "$done" = 0 ] || fail "$2: failed"
}

log=$(mktemp -d)
trap '[ ${#beside[@]} = 0 ] || kill "${beside[@]}" 2>/dev/null || true; rm -rf "$log"' EXIT

client_tests() { (cd src/client && npm run --silent check && npm test --silent); }

if wants client; then
  need_node
  packages src/client
  if [ "$part" = all ]; then
    # They keep one core busy while the other compiles.
    aside client client_tests
  else
    say "the survey page: bundle and tests"
    client_tests 2>&1 | tee "$log/client"
    summary+=("survey page: $(count_node "$log/client")")
  fi
fi

lints() { cargo clippy --workspace --all-targets --locked --quiet -- -D warnings; }

if wants lint; then
  say "formatting"
  cargo fmt --all --check
  if [ "$part" = lint ]; then
    say "lints"
    lints
    summary+=("formatting and lints: clean")
  fi
fi

# Compiles every test once, always the whole workspace: cargo chooses the features of dependencies anew for each choice of packages, and would compile
# many of them, and the program, again.
build_tests() {
  need_node
  [ -s "$log/built" ] || cargo test --workspace --locked --quiet --no-run --message-format=json >"$log/built" || { rm -f "$log/built"; fail "the tests do not compile"; }
}

# The program itself; that of the tests when they are compiled anyway.
build_program() { [ -s "$log/built" ] || cargo build --locked --quiet; }

# Runs test binaries with the given arguments into a log of the given name.
rust_tests() {
  local name=$1
  shift
  # pipefail hands the status through.
  node tests/binaries.mjs "$log/built" "$@" 2>&1 | tee "$log/$name" || fail "a Rust test failed"
}

if wants rust; then
  say "Rust, on SQLite"
  need_node
  need_python
  command -v strace >/dev/null || (install strace) || true
  build_tests
  if [ "$part" = all ]; then
    join client "the survey page: bundle and tests, beside the compiling"
    summary+=("survey page: $(count_node "$log/client")")
  fi
  say "Rust, on SQLite: compiled; the lints run beside the tests"
  [ "$part" = rust ] || aside lint lints
  # What needs a server belongs to the next part.
  rust_tests rust -- --skip postgres:: --skip on_postgresql
  if [ "$part" = all ]; then
    join lint "lints"
    summary+=("formatting and lints: clean")
  fi
  cargo test --workspace --locked --quiet --doc 2>&1 | tee "$log/doc" | { grep -vE '^(running [0-9]+ tests?|test result: ok.*|)$' || true; }
  summary+=("Rust on SQLite: $(count_rust "$log/rust" "$log/doc")")
  # These tests count as passed, having proved nothing: strace is missing, or a small disk cannot be mounted.
  while read -r left; do summary+=("$left"); done < <(grep -h '^LEFT OUT, nothing was proved' "$log/rust")
fi

browser_tests() {
  local began=$SECONDS failed=0
  (cd tests/browser && npm test --silent) || failed=$?
  echo $((SECONDS - began)) >"$log/browser.seconds"
  return "$failed"
}

# The program with flaws on purpose is an example with another name, so that nothing here takes it for the one that people get.
attack_tests() {
  cargo build --workspace --locked --quiet --features candor/planted --example candor-planted
  build_tests
  ATTACK_SEED=$seed rust_tests attack --only attack -- --ignored --nocapture "${no_postgres[@]}"
}
no_postgres=()
# The whole run has half an hour on two cores.
if [ "${SKIP_POSTGRES:-}" = 1 ] || [ "$part" = all ]; then no_postgres=(--skip on_postgresql); fi

# A round that is attacked waits for its moments, and PostgreSQL for its disk: in the whole run the two go side by side. The pages in a browser keep both
# cores busy and go alone.
if [ "$part" = all ]; then aside attacks attack_tests; fi

if wants postgres; then
  if [ "${SKIP_POSTGRES:-}" = 1 ]; then
    summary+=("PostgreSQL: LEFT OUT because SKIP_POSTGRES=1")
  else
    say "Rust, on PostgreSQL"
    need_postgres
    need_python
    build_tests
    # What is about PostgreSQL alone, and once more everything that holds on both engines. Left out is what reads SQLite's files, and what
    # sets up its own installation on SQLite: the documentation's and the demo's.
    rust_tests about -- on_postgresql
    TEST_ENGINE=postgres rust_tests engine --only candor:lib,test_postgres:lib,storage:lib,identity:lib,responses:lib,server,people_side,ballot_side,http,replicas \
      -- --skip bytes_on_disk:: --skip demo:: --skip first_wave::the_way
    summary+=("Rust on PostgreSQL: $(count_rust "$log/about" "$log/engine"), of both engines and of this one alone")
    summary+=("not on PostgreSQL: $(left_out "$log/engine") tests that read SQLite's files or set up an installation of their own on SQLite")
  fi
fi

if wants mta; then
  say "a real mail server"
  if need_postfix; then
    build_tests
    rust_tests mta --only http -- --ignored postfix::
    summary+=("real mail server: $(count_rust "$log/mta")")
  else
    summary+=("real mail server: LEFT OUT because Postfix runs as root only, or could not be installed: run tests/run.sh mta as root")
  fi
fi

if wants attack; then
  [ ${#no_postgres[@]} -gt 0 ] || need_postgres
  if [ -n "$waves" ]; then
    say "attacks: $waves rounds per engine"
    cargo build --profile attack --locked --quiet --features planted --example candor-planted
    # A run that is ended goes on where it stood, as long as the programs are the same.
    ATTACK_WAVES=$waves ATTACK_SEED=$seed ATTACK_BOUND=1 ATTACK_AT_ONCE=2 ATTACK_KEEP=target/attack-rounds \
      cargo test --profile attack --locked --test attack -- --include-ignored --nocapture "${no_postgres[@]}" 2>&1 | tee "$log/attack"
  elif [ -n "${beside[attacks]:-}" ]; then
    join attacks "attacks, beside what went before"
  else
    say "attacks"
    attack_tests
  fi
  summary+=("attacks: $(count_rust "$log/attack")${no_postgres:+, on SQLite; tests/run.sh attack runs them on PostgreSQL as well}")
fi

if [ "$part" = kill ]; then
  say "durability: $rounds kills per engine"
  command -v strace >/dev/null || install strace
  # One test at a time: each is meant to have the machine, and its table stays whole.
  DURABILITY_KILLS=$rounds DURABILITY_SEED=$seed cargo test --release --locked --test durability -- --nocapture --test-threads 1 2>&1 | tee "$log/kill"
  summary+=("durability: $(count_rust "$log/kill")")
fi

if [ "$part" = acceptance ]; then
  say "statistical acceptance: $organisations organisations per design"
  ACCEPTANCE_ORGANISATIONS=$organisations ACCEPTANCE_SEED=$seed \
    cargo test --release --locked -p release --lib acceptance -- --include-ignored --nocapture --test-threads 1 2>&1 | tee "$log/acceptance"
  summary+=("statistical acceptance: $(count_rust "$log/acceptance")")
fi

if wants demo; then
  say "the life of a wave over HTTP"
  build_program
  target/debug/candor demo --check 2>&1 | tee "$log/demo"
  summary+=("demo --check: $(grep -c "^ok " "$log/demo") passed")
fi

if wants browser; then
  if [ "${SKIP_BROWSER:-}" = 1 ]; then
    summary+=("browser: LEFT OUT because SKIP_BROWSER=1")
  else
    say "the pages in a browser"
    need_node
    need_python
    need_headless_chromium
    build_program
    packages tests/browser
    browser_tests 2>&1 | tee "$log/browser"
    summary+=("browser: $(count_node "$log/browser"), in $(cat "$log/browser.seconds") s")
    if [ -n "$full" ]; then
      say "the long run of the pages in a browser"
      need_chromium
      packages tests/browser/lighthouse
      began=$SECONDS
      export BROWSER_FIGURES=$log/figures
      # What fails is counted in the summary; the figures are printed all the same.
      (cd tests/browser && npm run --silent full) 2>&1 | tee "$log/full" || true
      grep -qE '^(# |ℹ )pass ' "$log/full" || fail "the long run did not come to its end"
      node tests/browser/figures.mjs "$log/figures"
      summary+=("browser, long run: $(count_node "$log/full"), in $((SECONDS - began)) s")
    fi
  fi
fi

say "summary"
printf '%s\n' "${summary[@]}"
# One closing line over all runners, for people and machines.
printf '%s\n' "${summary[@]}" | awk '{ for (i = 1; i <= NF; i++) { if ($i ~ /^passed/) p += $(i-1); if ($i ~ /^failed/) f += $(i-1) } } END { printf "%d passed, %d failed\n", p, f; exit f > 0 }'
