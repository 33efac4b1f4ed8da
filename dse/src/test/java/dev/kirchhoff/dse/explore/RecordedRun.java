package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what a run tells, as text and as events. */
final class RecordedRun implements RunSink {
  final List<String> lines = new ArrayList<>();
  final List<RunEvent> events = new ArrayList<>();

  @Override
  public void evaluations(RunEvent.Evaluations event) {
    events.add(event);
    lines.add(
        "evaluations "
            + event.first()
            + " "
            + event.count()
            + " "
            + event.round()
            + " "
            + event.island()
            + " "
            + Arrays.deepToString(event.knobs())
            + " "
            + Arrays.deepToString(event.values())
            + " "
            + Arrays.deepToString(event.violations()));
  }

  @Override
  public void front(RunEvent.Front event) {
    events.add(event);
    lines.add(event.toString());
  }

  @Override
  public void round(RunEvent.Round event) {
    events.add(event);
    lines.add(event.toString());
  }

  @Override
  public String designId(int[] ordinals) {
    return Arrays.toString(ordinals);
  }
}
