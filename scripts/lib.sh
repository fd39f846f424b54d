# shellcheck shell=bash
# What the scripts share. Sourced from the repository's root, after `set -euo pipefail`.

ROOT=$PWD
TOOLS=$ROOT/.tools
VENV=$ROOT/.venv
STAMPS=$ROOT/.stamps
mkdir -p "$TOOLS" "$STAMPS/log"

# The project's own tools come first; the flags of whoever calls must not reach the builds.
PATH=$TOOLS/bin:$VENV/bin:$PATH
export PATH
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_TARGET_DIR CARGO_BUILD_TARGET RUSTC RUSTC_WRAPPER
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH
export PIP_DISABLE_PIP_VERSION_CHECK=1 NPM_CONFIG_UPDATE_NOTIFIER=false

# Background jobs of a script do not hear Ctrl-C: tell the whole process group.
trap 'trap - INT; kill 0' INT

if [ -t 1 ]; then BOLD=$'\e[1m' RED=$'\e[31m' PLAIN=$'\e[0m'; else BOLD='' RED='' PLAIN=''; fi

heading() { printf '\n%s==> %s%s\n' "$BOLD" "$*" "$PLAIN"; }
say() { printf '    %s\n' "$*"; }

# fail WHAT MEND: the one clear line.
fail() {
	printf '%serror: %s; to mend it: %s%s\n' "$RED" "$1" "$2" "$PLAIN" >&2
	exit 1
}

clock() { printf '%dm%02ds' $(($1 / 60)) $(($1 % 60)); }

# long LABEL COMMAND...: runs a long step with its output in .stamps/log/; every 15 seconds says how far it is,
# and when it fails shows the end of the output.
long() {
	local label=$1 began=$SECONDS log pid waited=0 code=0
	shift
	log=$STAMPS/log/${label//[^A-Za-z0-9._-]/-}.log
	say "$label .."
	"$@" >"$log" 2>&1 </dev/null &
	pid=$!
	while kill -0 "$pid" 2>/dev/null; do
		sleep 0.2
		waited=$((waited + 1))
		if [ $((waited % 75)) -eq 0 ]; then
			say "$label .. $(clock $((SECONDS - began))): $(tr '\r' '\n' <"$log" | grep -v '^[[:space:]]*$' | tail -n 1 | cut -c -90)"
		fi
	done
	wait "$pid" || code=$?
	if [ "$code" -ne 0 ]; then
		tail -n "${LAST:-25}" "$log" >&2
		say "$label failed after $(clock $((SECONDS - began))); all it said is in ${log#"$ROOT"/}" >&2
		return "$code"
	fi
	say "$label: done in $(clock $((SECONDS - began)))"
}

# side_by_side FUNCTION FUNCTION: both at the same time. Each is a process group, so that all of it ends when the other
# fails or somebody stops the whole.
side_by_side() {
	local one other code=0
	set -m
	"$1" </dev/null &
	one=$!
	"$2" </dev/null &
	other=$!
	set +m
	# shellcheck disable=SC2064  # the numbers of now
	trap "kill -- -$one -$other 2>/dev/null || true" EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	wait -n || code=$?
	[ $code -ne 0 ] || wait -n || code=$?
	[ $code -eq 0 ] || exit $code
	trap - EXIT TERM
	trap 'trap - INT; kill 0' INT
}

# digest PATH...: one hash over names and contents of the files below the paths (those that exist).
digest() {
	local path
	for path in "$@"; do
		[ ! -e "$path" ] || find "$path" \( -name target -o -name node_modules -o -name __pycache__ \) -prune -o \
			-type f -print0
	done | LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -d ' ' -f 1
}

# A stamp holds the hash of what went in and of what came out, so that a changed source, a changed tool and a missing
# or foreign result all lead to a new build.   fresh NAME IN OUT..  |  stamp NAME IN OUT..
fresh() { [ -f "$STAMPS/$1" ] && [ "$(cat "$STAMPS/$1")" = "$2 $(digest "${@:3}")" ]; }
stamp() { echo "$2 $(digest "${@:3}")" >"$STAMPS/$1"; }

# The Python that makes the environment: 3.11 or newer.
find_python() {
	local python
	for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
		# Never the environment's own Python: it is what gets made.
		python=$(PATH=${PATH#"$TOOLS/bin:$VENV/bin:"} command -v "$python") || continue
		if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
			echo "$python"
			return
		fi
	done
	fail "no Python 3.11 or newer" "install one (Debian: apt-get install python3 python3-venv) or set PYTHON=/path/to/python3"
}

# The version that Cargo.lock holds of a crate.
locked_version() {
	awk -v name="name = \"$1\"" '$0 == name { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock
}
