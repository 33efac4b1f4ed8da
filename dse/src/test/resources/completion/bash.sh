# Completes lines in bash: bash bash.sh SCRIPT LINE... prints the candidates of each on a line of its own.
source "$1"
shift
for line in "$@"; do
  read -ra COMP_WORDS <<<"$line"
  [[ $line == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _kirchhoff
  echo "${COMPREPLY[*]}"
done
