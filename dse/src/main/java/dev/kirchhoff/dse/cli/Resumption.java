package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.explore.Explorer;
import dev.kirchhoff.dse.run.DamagedLogException;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import java.util.Optional;

/**
 * Point from which an interrupted run is continued: its header, and the position in its log after
 * the last whole round. Events behind that position are computed again, with equal results.
 *
 * @param run the run's files
 * @param header its first line
 * @param state the last state in its log
 * @param from position from which its log is continued
 * @param evaluated designs up to there, or rows of a large sweep
 * @param damage damage of its log behind that position, as file, line and reason; empty if it has
 *     none
 */
record Resumption(
    RunDirectory run,
    RunEvent.Run header,
    String state,
    RunLogReader.Continuation from,
    long evaluated,
    Optional<String> damage) {

  /**
   * Reads a log.
   *
   * @param fromLastGood whether a damaged log is continued from the last round before the damage
   * @throws DamagedLogException if it has no header, or is damaged and not to be continued
   */
  static Resumption of(RunDirectory run, boolean fromLastGood) {
    RunEvent.Run header = RunLogReader.header(run);
    String state = header.state();
    long evaluated = 0;
    try (RunLogReader log = RunLogReader.open(run)) {
      log.next();
      RunLogReader.Continuation from = log.continuation();
      Optional<String> damage = Optional.empty();
      try {
        for (Optional<RunLogReader.Entry> next = log.next(); next.isPresent(); next = log.next()) {
          RunEvent event = next.get().envelope().event();
          if (event instanceof RunEvent.Run again) {
            state = again.state();
          } else if (event instanceof RunEvent.Round round) {
            from = log.continuation();
            evaluated = round.swept() == null ? round.evaluated() : round.swept().rows();
          } else if (event instanceof RunEvent.Ack) {
            // A search answers commands between rounds, so nothing of a round in hand is kept.
            from = log.continuation();
          }
        }
      } catch (DamagedLogException e) {
        if (!fromLastGood) {
          throw e;
        }
        damage = Optional.of(e.getMessage());
      }
      return new Resumption(run, header, state, from.in(log.lastEra() + 1), evaluated, damage);
    }
  }

  /**
   * Replays the log, which has been cut to {@link #from}, into search and sink.
   *
   * @throws DataProblemException if its events do not follow each other
   */
  void replay(Explorer explorer, LogSink sink) {
    try {
      replayEvents(explorer, sink);
    } catch (IllegalArgumentException e) {
      throw new DataProblemException(
          "run " + run.id() + " cannot be resumed: " + e.getMessage().replace('\n', ' '));
    }
    sink.restore(explorer.front());
  }

  private void replayEvents(Explorer explorer, LogSink sink) {
    try (RunLogReader log = RunLogReader.open(run)) {
      for (Optional<RunLogReader.Entry> next = log.next();
          next.isPresent() && next.get().end() <= from.end();
          next = log.next()) {
        RunEvent event = next.get().envelope().event();
        if (event instanceof RunEvent.Evaluations evaluations) {
          explorer.replay(evaluations);
        } else if (event instanceof RunEvent.Round round) {
          explorer.replay(round);
        } else if (event instanceof RunEvent.Ack ack) {
          explorer.replay(ack);
        } else if (event instanceof RunEvent.DesignDetails account) {
          sink.replay(account);
        }
      }
    }
  }
}
