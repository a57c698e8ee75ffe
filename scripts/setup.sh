# Sourced by the scripts beside it, from the project's folder: installs the Debian packages that
# are missing and builds presets. POSIX sh, for a bare machine has no more.

# One package in a line, with its reason; a|b means that either will do.
build_packages='
gcc                       compiles the program
libc6-dev                 headers of the C library
cmake                     describes the build
ninja-build               runs the build
pkgconf|pkg-config        finds the libraries
libcivetweb-dev           the HTTP server under the mock
libcurl4-openssl-dev|libcurl4-gnutls-dev|libcurl4-nss-dev  the HTTP client under the suites
libjansson-dev            JSON
libjose-dev               signed assertions (JWT)
libssl-dev                hashes and random numbers
libcmocka-dev             runs checks and unit tests'
test_packages='
curl                      repeats the documented examples
jq                        reads JSON reports
libxml2-utils             holds JUnit reports against their schema
python3                   runs a gateway of another hand'
client_packages='
nodejs                    runs the official clients
npm                       fetches them
ca-certificates           to trust where they come from'
review_packages='
clang                     the second compiler, and fuzzing
libclang-rt-14-dev        its sanitizers
clang-format-14           checks the formatting
clang-tidy                checks for habits that go wrong'

log=
trap '[ -z "$log" ] || rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Every refusal of a script is one sentence; 3 says, as gatemark does, that nothing was tested.
fail()
{
  printf 'gatemark: %s\n' "$1" >&2
  exit 3
}

installed()
{
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# The lines of $1 whose package is not here, each with its first alternative only.
missing_lines()
{
  printf '%s\n' "$1" | while read -r choices why; do
    [ -n "$choices" ] || continue
    found=
    for package in $(printf '%s' "$choices" | tr '|' ' '); do
      ! installed "$package" || found=yes
    done
    [ -n "$found" ] || printf '%-22s %s\n' "${choices%%|*}" "$why"
  done
}

# Fails unless the disk that holds $1 has $2 MiB left.
need_disk()
{
  free=$(df -Pm "$1" | awk 'NR == 2 {print $4}')
  [ "${free:-0}" -ge "$2" ] ||
    fail "the disk that holds $1 has ${free:-0} MiB left, and $2 are needed; make room and run this again."
}

# Fails with the first error in apt's log, which says more than we know.
fail_apt()
{
  fail "$1: $(sed -n 's/^[EW]: //p' "$log" | head -n 1)"
}

# Installs what is missing of the packages in $1.
install_packages()
{
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    fail "this script installs Debian packages, and there is no apt-get here; on another system install the packages named in scripts/setup.sh and use cmake --preset release."
  missing=$(missing_lines "$1")
  [ -n "$missing" ] || return 0
  names=$(printf '%s\n' "$missing" | awk '{print $1}' | tr '\n' ' ')
  names=${names% }
  printf 'These Debian packages are missing:\n'
  printf '%s\n' "$missing" | sed 's/^/  /'

  root=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "installing needs root, and there is no sudo here; as root, run: apt-get install $names"
    [ -t 0 ] || sudo -n true 2>/dev/null ||
      fail "installing needs root, and sudo cannot ask for a password here; run: sudo apt-get install $names"
    root='sudo'
  fi
  need_disk /usr 900
  need_disk /var 400

  printf 'Installing them now, with what they depend on.\n'
  [ -n "$log" ] || log=$(mktemp)
  # Lists may be absent or old: fetch them only when what they name cannot be had.
  apt_install --download-only ||
    {
      printf 'Fetching the lists of packages.\n'
      $root env LC_ALL=C apt-get -q -o APT::Update::Error-Mode=any update >"$log" 2>&1 </dev/null ||
        fail_apt "apt-get update failed, so the packages cannot be had"
      apt_install --download-only || fail_apt "apt cannot get these packages ($names); Debian 12 has them"
    }
  apt_install || fail_apt "apt-get install failed"
}

apt_install()
{
  # Without recommended packages: a compiler and libraries need none of them.
  # shellcheck disable=SC2086
  $root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q -y -o DPkg::Lock::Timeout=120 \
    --no-install-recommends "$@" install $names >"$log" 2>&1 </dev/null
}

# Runs a command and shows its output only when it fails.
quietly()
{
  [ -n "$log" ] || log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || {
    cat "$log" >&2
    return 1
  }
}

# Builds the preset $1 into build/$1; a folder that was configured elsewhere starts afresh.
build()
{
  need_disk . 300
  fresh=
  if [ -f "build/$1/CMakeCache.txt" ]; then
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" "build/$1/CMakeCache.txt" || fresh=--fresh
  fi
  if [ ! -f "build/$1/build.ninja" ] || [ -n "$fresh" ]; then
    printf 'Building gatemark (%s).\n' "$1"
    quietly cmake $fresh --preset "$1" || fail "cmake could not configure the preset $1; its words are above."
  fi
  quietly cmake --build --preset "$1" -- --quiet || fail "the preset $1 does not build; the compiler's words are above."
}

# AddressSanitizer and ThreadSanitizer of this age dislike kernels that scatter memory widely.
settled()
{
  if setarch -R true 2>/dev/null; then
    setarch -R "$@"
  else
    "$@"
  fi
}
