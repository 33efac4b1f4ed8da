# Completes lines in bash: bash bash.sh SCRIPT LINE... prints the candidates of each on a line of its own.
compopt() { :; } # Of use in a running completion alone.
source "$1"
shift
for line in "$@"; do
  read -ra COMP_WORDS <<<"$line"
  [[ $line == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMP_LINE=$line
  COMPREPLY=()
  _complete_kirchhoff
  echo "${COMPREPLY[*]}"
done
