package dev.kirchhoff.dse.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: a script by which a shell completes commands, options, files and runs. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script by which bash or zsh completes commands, options, files, runs and words.",
      "It holds for kirchhoff by any path, ./kirchhoff included, and starts no program."
    },
    footer = {
      "",
      "Examples:",
      "  source <(./kirchhoff completion bash)     # in ~/.bashrc with the path of the launcher",
      "  source <(./kirchhoff completion zsh)      # in ~/.zshrc, after compinit",
      "  ./kirchhoff completion bash > ~/.local/share/bash-completion/completions/kirchhoff"
    })
final class CompletionCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = WordLists.Shells.class,
      description = "bash or zsh.")
  private String shell;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (!WordLists.SHELLS.contains(shell)) {
      throw new UsageException(
          "SHELL is '" + shell + "', must be " + String.join(" or ", WordLists.SHELLS));
    }
    List<CompletedCommand> commands = CompletedCommand.all(command.root());
    Console.of(command)
        .document(shell.equals("bash") ? BashCompletion.of(commands) : ZshCompletion.of(commands));
    return 0;
  }
}
