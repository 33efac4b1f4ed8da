package dev.kirchhoff.dse.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: picocli's script by which a shell completes the command line. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script by which bash, or zsh, completes commands, options, words and files.",
      "It holds for kirchhoff by any path, ./kirchhoff included, and starts no program."
    },
    footer = {
      "",
      "Examples:",
      "  source <(./kirchhoff completion)     # in ~/.bashrc or ~/.zshrc, with the launcher's path",
      "  ./kirchhoff completion > ~/.local/share/bash-completion/completions/kirchhoff"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    CommandSpec program = command.root();
    Console.of(command).document(AutoComplete.bash(program.name(), program.commandLine()));
    return 0;
  }
}
