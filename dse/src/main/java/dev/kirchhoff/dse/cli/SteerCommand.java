package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.steer.CommandRequest;
import dev.kirchhoff.dse.steer.RunCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code steer}: a command to a running search, and its answer. */
@Command(
    name = "steer",
    mixinStandardHelpOptions = true,
    description =
        "Gives a command to a running search and waits for its answer: exit 0 accepted, 1 refused,"
            + " 2 bad input.",
    footer = {
      "",
      "Commands:",
      "  pause | continue | stop            stop ends the search with its result",
      "  limit CONSTRAINT                   adds a constraint, or tightens or loosens the one on"
          + " the",
      "                                     same figure; all evaluated designs are judged by it",
      "  unlimit FIGURE                     removes the constraints on a figure",
      "  pin PATH=VALUE ...                 all new designs have this value",
      "  free PATH ...                      takes pins back",
      "  inject DESIGN PATH=VALUE ...       evaluates a design: start, #N or RUN#N with changes",
      "  exclude #N                         takes a design off the front; those it dominated come"
          + " on",
      "  budget N                           evaluates N designs at most, in all",
      "",
      "Examples:",
      "  ./kirchhoff steer k3f9 limit \"area <= 40 mm2\"",
      "  ./kirchhoff steer k3f9 pin pe.readout.bits=7",
      "  ./kirchhoff steer k3f9 inject #1234 cell.bits=2"
    })
final class SteerCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int REFUSED = 1;
  private static final int UNANSWERED = 3;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id, or any unique ending.")
  private String id;

  @Parameters(
      index = "1",
      paramLabel = "COMMAND",
      completionCandidates = WordLists.Commands.class,
      description = "The command, see below.")
  private String word;

  @Parameters(index = "2..*", paramLabel = "ARGUMENT", description = "Arguments of the command.")
  private List<String> arguments = new ArrayList<>();

  @Mixin private DataOption directory = new DataOption();

  @Option(names = "--no-wait", description = "Do not wait for the answer.")
  private boolean noWait;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = Console.of(command);
    DataDirectory data = directory.existing();
    CommandRequest request = RunCommands.give(data, id, word, arguments);
    if (noWait) {
      console.message("command " + request.id() + " is given to run " + data.find(id).id());
      return 0;
    }
    Optional<RunEvent.Ack> answer = request.await(PATIENCE);
    if (answer.isEmpty()) {
      console.message(
          "no answer within "
              + PATIENCE.toSeconds()
              + " s; the command waits and applies when the design in hand is evaluated");
      return UNANSWERED;
    }
    RunEvent.Ack ack = answer.get();
    if (json) {
      console.json(ack);
    } else if (ack.accepted()) {
      console.result("accepted after " + Units.count(ack.atIndex()) + " designs");
    } else {
      console.message("refused: " + ack.reason());
    }
    return ack.accepted() ? 0 : REFUSED;
  }
}
