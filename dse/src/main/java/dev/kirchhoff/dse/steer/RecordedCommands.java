package dev.kirchhoff.dse.steer;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.explore.Commands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The accepted commands of a logged run and the ends of its rounds, so that a search from the same
 * header repeats it bit for bit. Pauses and stops are left out: the search is the same without.
 *
 * <pre>{@code
 * RecordedCommands commands = new RecordedCommands();
 * events.forEach(commands::add);
 * new Explorer(SpecSteering.begin(spec, budget), commands, settings, sink, clock).run();
 * }</pre>
 */
public final class RecordedCommands implements Commands {
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(CommandKind.PAUSE.word(), CommandKind.RESUME.word(), CommandKind.STOP.word());

  private final Map<Integer, List<RunEvent.Command>> commands = new HashMap<>();
  private final Map<Integer, List<OptionalInt>> cuts = new HashMap<>();
  private int rounds;

  /**
   * Takes the next event of the log in.
   *
   * @throws IllegalArgumentException if it is the answer to a command that cannot be read
   */
  public void add(RunEvent event) {
    if (event instanceof RunEvent.Round round) {
      rounds = round.round() + 1;
      if (round.cut() != null) {
        cuts.put(round.round(), round.cuts());
      }
    } else if (event instanceof RunEvent.Ack ack && ack.accepted()) {
      RunEvent.Command command = command(ack);
      if (!WITHOUT_EFFECT.contains(command.kind())) {
        commands.computeIfAbsent(rounds, round -> new ArrayList<>()).add(command);
      }
    }
  }

  private static RunEvent.Command command(RunEvent.Ack ack) {
    try {
      return (RunEvent.Command) EventJson.data(RunEvent.Command.TYPE, ack.applied());
    } catch (EventFormatException e) {
      throw new IllegalArgumentException(
          "Command " + ack.command() + " of the log cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public List<RunEvent.Command> take(int done) {
    List<RunEvent.Command> taken = commands.remove(done);
    return taken == null ? List.of() : taken;
  }

  @Override
  public boolean await() {
    return false;
  }

  @Override
  public Optional<List<OptionalInt>> cuts(int round) {
    return Optional.ofNullable(cuts.get(round));
  }
}
