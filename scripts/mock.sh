# Sourced by bash scripts that need a running mock.

# start_mock PROGRAM [OPTION]...: a mock on a free port, ready when this returns; it ends with the
# script. Sets mock_url and mock_pid.
start_mock()
{
  local program=$1 line
  shift
  # The mock's first line tells where it listens; a mock that cannot start ends the pipe.
  exec {mock_says}< <(exec "$program" mock --listen 127.0.0.1:0 "$@" </dev/null)
  mock_pid=$!
  trap 'kill "$mock_pid" 2>/dev/null || :' EXIT
  read -r -t 30 -u "$mock_says" line || { echo 'the mock did not start' >&2; return 1; }
  mock_url=$(grep -o 'http://127\.0\.0\.1:[0-9]*' <<<"$line")
}
