# Completion of gatemark in bash. What there is to choose from, the program itself tells.

_gatemark()
{
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  local program=${COMP_WORDS[0]} words=

  # Readline splits --report=junit into three words.
  [ "$word" != = ] || word=
  [ "$before" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}

  case $before in
    --gateway)
      words=$("$program" list gateways --json 2>/dev/null |
        grep -o '"name": *"[^"]*"' | cut -d '"' -f 4)
      ;;
    --report) words='text junit json' ;;
    --evidence) words='documented specified shipped observed assumed' ;;
    --clock) words='real virtual' ;;
    --profile | --port-file)
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      return
      ;;
    *)
      if [ "$COMP_CWORD" -eq 1 ]; then
        words="$("$program" --help 2>/dev/null | sed -n 's/^  \([a-z]*\)  .*/\1/p') help"
      elif [ "$command" = help ]; then
        words=$("$program" --help 2>/dev/null | sed -n 's/^  \([a-z]*\)  .*/\1/p')
      elif [ "$command" = list ] && [ "$COMP_CWORD" -eq 2 ]; then
        words=$("$program" help list 2>/dev/null | sed -n 's/^  \([a-z]*\)  .*/\1/p')
      else
        words=$("$program" help "$command" 2>/dev/null | grep -o '^  --[a-z-]*')
      fi
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o default -F _gatemark gatemark
