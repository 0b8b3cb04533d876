# Shared by the scripts of this folder: sourced, not run. Leaves the shell in the repository's root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

heading() { printf '\n== %s\n' "$1"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Whether a tool's output on standard input says that a registry could not be reached.
says_unreachable() {
  grep -qE 'ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|Connection refused|Failed to establish|Max retries exceeded'
}

require_node() {
  command -v node >/dev/null || die 'Node 20 or newer is needed; install it and run again.'
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' ||
    die 'Node 20 or newer is needed; install it and run again.'
}

# sha_of FILE [WORD...]: one hash over a file and some words, to tell whether an installation is still right.
sha_of() {
  node -e '
    const [file, ...words] = process.argv.slice(1);
    const hash = require("node:crypto").createHash("sha256");
    hash.update(require("node:fs").readFileSync(file)).update(words.join("\n"));
    console.log(hash.digest("hex"));
  ' "$@"
}

# Installs the npm packages of the lock file, unless they are there already.
install_packages() {
  require_node
  local stamp=node_modules/.install-stamp wanted log status=0
  wanted=$(sha_of package-lock.json "$(node -p 'process.platform + process.arch')")
  [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && return
  heading 'install npm packages'
  mkdir -p .cache
  log=.cache/npm-ci.log
  npm ci --prefer-offline --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 >"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    says_unreachable <"$log" && die 'The npm registry cannot be reached; check the network or proxy and run again.'
    tail -n 30 "$log" >&2
    die 'The npm packages could not be installed; the lines above say why.'
  fi
  printf '%s\n' "$wanted" >"$stamp"
}

# Prints a Python 3.10 or newer that can make virtual environments; PYTHON, where set, is tried first.
find_python() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

# Makes the emulator's virtual environment in .cache/emulator-venv, unless it is there already.
install_emulator() {
  local python wanted log status=0 venv=.cache/emulator-venv requirements=emulator/requirements.txt
  require_node
  python=$(find_python) || die 'Python 3.10 or newer is needed for the emulator; install it and run again.'
  wanted=$(sha_of "$requirements" "$("$python" -VV)")
  if [ "$(cat "$venv/.install-stamp" 2>/dev/null || true)" = "$wanted" ] && "$venv/bin/python" -c ''; then return; fi
  heading "install the emulator ($("$python" -V))"
  rm -rf "$venv"
  mkdir -p .cache
  log=.cache/pip-install.log
  {
    "$python" -m venv "$venv" &&
      "$venv/bin/python" -m pip install --disable-pip-version-check --retries 2 --timeout 15 \
        --require-hashes -r "$requirements"
  } >"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    says_unreachable <"$log" && die 'The Python package registry cannot be reached; check the network or proxy and run again.'
    tail -n 30 "$log" >&2
    die "The emulator's Python packages could not be installed; the lines above say why."
  fi
  printf '%s\n' "$wanted" >"$venv/.install-stamp"
}
