package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.cli.CompletedCommand.CompletedOption;
import dev.kirchhoff.dse.cli.CompletedCommand.CompletedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Completion script of bash, version 4 or newer: tables of the commands and one function. */
final class BashCompletion {
  private static final String HEAD =
      """
      # Completion of kirchhoff in bash 4 or newer. Made by: kirchhoff completion bash

      # Runs of the data directory as commands take them, by their ending where it was generated.
      _kirchhoff_runs() {
        local data=${KIRCHHOFF_DATA:-kirchhoff-data} i run
        for ((i = 1; i < COMP_CWORD; i++)); do
          [[ ${COMP_WORDS[i]} == --data ]] && data=${COMP_WORDS[i + 1]}
        done
        for run in "$data"/runs/*/; do
          [[ -d $run ]] || continue
          run=${run%/}
          run=${run##*/}
          if [[ $run =~ ^[0-9]{8}T[0-9]{6}Z-.*-[a-z2-7]{4}$ && ( -z $cur || $run != "$cur"* ) ]]; then
            run=${run##*-}
          fi
          [[ $run == "$cur"* ]] && COMPREPLY+=("$run$1")
        done
      }

      # Files of some endings (all without one), and folders to look into.
      _kirchhoff_files() {
        local found
        compopt -o filenames 2>/dev/null
        while IFS= read -r found; do
          [[ -n $found ]] || continue
          if [[ -d $found || -z $1 || $found =~ \\.($1)$ ]]; then
            COMPREPLY+=("$found")
          fi
        done < <(compgen -f -- "$cur")
      }

      """;

  private static final String TAIL =
      """
      _kirchhoff() {
        local cur=${COMP_WORDS[COMP_CWORD]} command= place=0 pending= source= list= i word
        COMPREPLY=()
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          if [[ $word == = ]]; then
            pending='='
          elif [[ -n $pending ]]; then
            pending=
          elif [[ $word == -* ]]; then
            _kirchhoff_value "$command" "$word" && pending=$word
          elif ((place == 0)) && _kirchhoff_is_command "${command:+$command }$word"; then
            command=${command:+$command }$word
          else
            place=$((place + 1))
          fi
        done
        if [[ $cur == = ]]; then
          cur=
        fi
        source=free
        list=
        if [[ $pending == = ]]; then
          _kirchhoff_value "$command" "${COMP_WORDS[COMP_CWORD - 2]}"
        elif [[ -n $pending ]]; then
          _kirchhoff_value "$command" "$pending"
        elif [[ $cur == -* ]]; then
          source=words
          list=$(_kirchhoff_options "$command")
        else
          _kirchhoff_place "$command" "$place"
          if ((place == 0)); then
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(
              compgen -W "$(_kirchhoff_commands "$command")" -- "$cur")
          fi
        fi
        case $source in
          words) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$list" -- "$cur") ;;
          files) _kirchhoff_files "$list" ;;
          folders)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -d -- "$cur")
            ;;
          runs) _kirchhoff_runs ;;
          designs)
            compopt -o nospace 2>/dev/null
            _kirchhoff_runs '#'
            ;;
        esac
      }

      complete -F _kirchhoff kirchhoff
      """;

  private BashCompletion() {}

  /** The script. */
  static String of(List<CompletedCommand> commands) {
    return HEAD
        + function("commands", commands.stream().map(BashCompletion::subcommands).toList())
        + function("options", commands.stream().map(BashCompletion::options).toList())
        + "_kirchhoff_is_command() {\n  case $1 in\n"
        + commands.stream()
            .map(CompletedCommand::path)
            .filter(path -> !path.isEmpty())
            .map(BashCompletion::quoted)
            .collect(Collectors.joining(" | ", "    ", ") return 0 ;;\n"))
        + "  esac\n  return 1\n}\n\n"
        + "# Value of an option, and argument at a place: where its words are found.\n"
        + table("value", commands.stream().flatMap(c -> values(c).stream()).toList())
        + table("place", commands.stream().flatMap(c -> places(c).stream()).toList())
        + TAIL;
  }

  private static String function(String name, List<String> cases) {
    return "_kirchhoff_"
        + name
        + "() {\n  case $1 in\n"
        + cases.stream().filter(c -> !c.isEmpty()).collect(Collectors.joining())
        + "  esac\n}\n\n";
  }

  private static String subcommands(CompletedCommand command) {
    return command.subcommands().isEmpty()
        ? ""
        : echo(command.path(), String.join(" ", command.subcommands()));
  }

  private static String options(CompletedCommand command) {
    return echo(
        command.path(),
        command.options().stream()
            .flatMap(option -> option.names().stream())
            .collect(Collectors.joining(" ")));
  }

  private static String echo(String path, String words) {
    return "    " + quoted(path) + ") echo " + quoted(words) + " ;;\n";
  }

  private static String table(String name, List<String> cases) {
    return "_kirchhoff_"
        + name
        + "() {\n  case \"$1 $2\" in\n"
        + String.join("", cases)
        + "    *) return 1 ;;\n  esac\n}\n\n";
  }

  private static List<String> values(CompletedCommand command) {
    List<String> cases = new ArrayList<>();
    for (CompletedOption option : command.options()) {
      for (CompletedValue value : option.value()) {
        cases.add(
            option.names().stream()
                    .map(name -> quoted(command.path() + " " + name))
                    .collect(Collectors.joining(" | ", "    ", ") "))
                + assignment(value));
      }
    }
    return cases;
  }

  private static List<String> places(CompletedCommand command) {
    List<String> cases = new ArrayList<>();
    for (int place = 0; place < command.places().size(); place++) {
      CompletedValue value = command.places().get(place);
      String pattern =
          quoted(command.path() + " ") + (value.repeats() ? "*" : Integer.toString(place));
      cases.add("    " + pattern + ") " + assignment(value));
    }
    return cases;
  }

  private static String assignment(CompletedValue value) {
    String words =
        String.join(value.source() == CompletedCommand.Source.FILES ? "|" : " ", value.words());
    return "source="
        + value.source().name().toLowerCase(Locale.ROOT)
        + (words.isEmpty() ? "" : " list=" + quoted(words))
        + " ;;\n";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
