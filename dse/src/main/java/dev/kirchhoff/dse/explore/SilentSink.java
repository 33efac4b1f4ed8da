package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;

/** Receiver that keeps nothing: of a search whose log is read again, or whose result is enough. */
public class SilentSink implements RunSink {
  @Override
  public void evaluations(RunEvent.Evaluations event) {}

  @Override
  public void front(RunEvent.Front event) {}

  @Override
  public void round(RunEvent.Round event) {}

  @Override
  public String designId(int[] ordinals) {
    return "";
  }
}
