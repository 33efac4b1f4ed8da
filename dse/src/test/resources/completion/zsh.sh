# Completes lines in an interactive zsh: zsh -f zsh.sh SCRIPT LINE... prints each as Tab makes it on a line of its own.
zmodload zsh/zpty
zpty shell zsh -f -i
read_until() {
  local piece=
  all=
  while [[ $all != *$1* ]] && zpty -r shell piece; do
    all+=$piece
  done
}
zpty -w shell "TERM=dumb; PROMPT=; stty cols 200 rows 60; autoload -Uz compinit; compinit -D -u; source ${(q)1}"
# Ctrl-X prints the line as it stands and begins another.
zpty -w shell 'show() { print -r -- "<<${BUFFER}>>"; BUFFER=; zle .accept-line }; zle -N show; bindkey "^X" show'
zpty -w shell 'setopt no_beep no_auto_menu; print rea""dy'
read_until 'ready'
shift
for line in "$@"; do
  zpty -w -n shell "$line"$'\t\x18'
  read_until '>>'
  all=${all##*<<}
  print -r -- "${all%%>>*}"
done
zpty -d shell
