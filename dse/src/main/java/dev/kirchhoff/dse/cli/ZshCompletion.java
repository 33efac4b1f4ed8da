package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.cli.CompletedCommand.CompletedOption;
import dev.kirchhoff.dse.cli.CompletedCommand.CompletedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Completion script of zsh: one function a command, with descriptions. */
final class ZshCompletion {
  private static final String HEAD =
      """
      #compdef kirchhoff
      # Completion of kirchhoff in zsh. Made by: kirchhoff completion zsh

      # Runs of the data directory as commands take them, by their ending where it was generated.
      _kirchhoff_runs() {
        local data=${(Q)opt_args[--data]:-${KIRCHHOFF_DATA:-kirchhoff-data}} run
        local -a runs
        for run in $data/runs/*(N/:t); do
          if [[ $run =~ '^[0-9]{8}T[0-9]{6}Z-.*-[a-z2-7]{4}$' && ( -z $PREFIX || $run != $PREFIX* ) ]]; then
            runs+=("${run##*-}:$run")
          else
            runs+=("$run")
          fi
        done
        _describe -t runs run runs "$@"
      }

      """;

  private static final String TAIL =
      """
      if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
        _kirchhoff "$@"
      else
        compdef _kirchhoff kirchhoff
      fi
      """;

  private ZshCompletion() {}

  /** The script. */
  static String of(List<CompletedCommand> commands) {
    StringBuilder out = new StringBuilder(HEAD);
    for (CompletedCommand command : commands) {
      out.append(name(command.path())).append("() {\n");
      out.append(command.subcommands().isEmpty() ? leaf(command) : branch(command, commands));
      out.append("}\n\n");
    }
    return out.append(TAIL).toString();
  }

  private static String name(String path) {
    return path.isEmpty() ? "_kirchhoff" : "_kirchhoff-" + path.replace(' ', '-');
  }

  private static String leaf(CompletedCommand command) {
    List<String> specs = options(command);
    for (CompletedValue value : command.places()) {
      specs.add(quoted((value.repeats() ? "*:" : ":") + message(value)));
    }
    return arguments("_arguments -s -S", specs);
  }

  private static String branch(CompletedCommand command, List<CompletedCommand> commands) {
    List<String> specs = options(command);
    specs.add("'1: :->command'");
    specs.add("'*:: :->arguments'");
    StringBuilder out = new StringBuilder();
    out.append("  local curcontext=$curcontext state line ret=1\n  local -A opt_args\n");
    out.append(arguments("_arguments -C -s -S", specs).stripTrailing()).append(" && ret=0\n");
    out.append("  case $state in\n    command)\n      local -a commands=(\n");
    for (String word : command.subcommands()) {
      String path = (command.path() + " " + word).strip();
      String about =
          commands.stream()
              .filter(each -> each.path().equals(path))
              .map(CompletedCommand::description)
              .findFirst()
              .orElseThrow();
      out.append("        ").append(quoted(word + ":" + about)).append('\n');
    }
    out.append("      )\n      _describe -t commands command commands && ret=0\n      ;;\n");
    out.append("    arguments)\n      (($+functions[");
    out.append(name(command.path())).append("-$line[1]])) && ");
    out.append(name(command.path())).append("-$line[1] && ret=0\n      ;;\n  esac\n");
    return out.append("  return ret\n").toString();
  }

  private static String arguments(String call, List<String> specs) {
    return specs.stream().collect(Collectors.joining(" \\\n    ", "  " + call + " \\\n    ", "\n"));
  }

  private static List<String> options(CompletedCommand command) {
    List<String> specs = new ArrayList<>();
    for (CompletedOption option : command.options()) {
      String others = "(" + String.join(" ", option.names()) + ")";
      for (String name : option.names()) {
        String value =
            option.value().stream().map(each -> ":" + message(each)).collect(Collectors.joining());
        String spec =
            (option.repeats() ? "*" : others)
                + name
                + (value.isEmpty() ? "" : name.startsWith("--") ? "=" : "+")
                + "["
                + option.description().replace("[", "(").replace("]", ")").replace(":", "\\:")
                + "]"
                + value;
        specs.add(quoted(spec));
      }
    }
    return specs;
  }

  /** Label and action of a value. */
  private static String message(CompletedValue value) {
    String words = String.join(" ", value.words());
    String action =
        switch (value.source()) {
          case WORDS -> "(" + words + ")";
          case FILES ->
              value.words().isEmpty()
                  ? "_files"
                  : "_files -g \"*.(" + String.join("|", value.words()) + ")(-.)\"";
          case FOLDERS -> "_files -/";
          case RUNS -> "_kirchhoff_runs";
          case DESIGNS -> "_kirchhoff_runs -S \"#\"";
          case FREE -> " ";
        };
    return value.label().replace(":", "\\:") + ":" + action;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
