package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.dse.design.DesignIds;
import dev.kirchhoff.dse.design.SpecExplainer;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.RunSink;
import dev.kirchhoff.dse.explore.SearchTerms;
import dev.kirchhoff.dse.report.RankedFront;
import dev.kirchhoff.dse.run.RunLog;
import dev.kirchhoff.dse.space.DesignPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writer of a run's log: evaluations, changes of the front, ends of rounds, and the details of
 * designs that were simulated, when their accuracy is known. Details are 70 kB a design and take
 * the models milliseconds, so those of all others are computed on demand ({@link Explainer}).
 */
final class LogSink implements RunSink {
  private final DesignSpec spec;
  private final RunLog log;
  private final Consumer<Progress> progress;
  private final SteeredHeader steered;
  private final Map<DesignPoint, String> ids = new HashMap<>();
  private final Map<String, DesignPoint> members = new HashMap<>();
  private final Map<Long, int[]> entered = new HashMap<>();
  private final Map<Long, RunEvent.Accuracy> simulated = new HashMap<>();
  private final FrontAccuracy accuracy;
  private final SpecExplainer.DetailedEvaluator evaluator;

  /** Header of a run after a command. */
  interface SteeredHeader {
    /** The header: see {@link RunSink#steered}. */
    RunEvent.Run of(String command, boolean paused, SearchTerms terms);
  }

  /**
   * A writer.
   *
   * @param progress takes the progress of the search
   * @param steered gives the header to log after a command
   */
  LogSink(
      DesignSpec spec,
      RunLog log,
      FrontAccuracy accuracy,
      Consumer<Progress> progress,
      SteeredHeader steered) {
    this.steered = steered;
    this.spec = spec;
    this.accuracy = accuracy;
    this.evaluator = new SpecExplainer.DetailedEvaluator(spec);
    this.log = log;
    this.progress = progress;
  }

  @Override
  public void evaluations(RunEvent.Evaluations event) {
    log.append(event);
  }

  @Override
  public void front(RunEvent.Front event) {
    log.append(event);
    if (event.change().equals("left")) {
      ids.remove(members.remove(event.design()));
      accuracy.left(event.index());
    } else {
      enter(event.index(), members.get(event.design()).ordinals());
    }
  }

  private void enter(long index, int[] ordinals) {
    if (accuracy.isOn()) {
      entered.put(index, ordinals);
      accuracy.entered(index, ordinals);
    }
  }

  @Override
  public void round(RunEvent.Round event) {
    log.append(event);
    simulated();
  }

  /** Accounts of designs whose simulated accuracy has become known. */
  void simulated() {
    accuracy.drain(
        (index, found) -> {
          if (!found.equals(simulated.put(index, found))) {
            log.append(details(index, entered.get(index)));
          }
        });
  }

  private RunEvent.DesignDetails details(long index, int[] ordinals) {
    Explainer.Details details = evaluator.of(ordinals);
    var mapper = EventJson.mapper();
    ArrayNode fidelity = mapper.createArrayNode();
    for (LayerResult layer : details.layers()) {
      ObjectNode node = fidelity.addObject();
      node.put("layer", layer.network() + "/" + layer.layer());
      node.put("snr_dB", layer.noise().snr_dB());
    }
    return new RunEvent.DesignDetails(
        DesignIds.of(spec, ordinals),
        index,
        mapper.valueToTree(details.totals()),
        mapper.valueToTree(details.trees()),
        mapper.valueToTree(details.layers()),
        fidelity,
        mapper.valueToTree(details.bands()),
        simulated.get(index));
  }

  /** Takes details that the log of a resumed run has already. */
  void replay(RunEvent.DesignDetails details) {
    if (details.accuracy() != null) {
      simulated.put(details.index(), details.accuracy());
    }
  }

  /** Takes the front that a resumed run goes on from. */
  void restore(List<ExploreResult.FrontMember> front) {
    for (ExploreResult.FrontMember member : front) {
      int[] ordinals = RankedFront.ordinals(member);
      designId(ordinals);
      enter(member.index(), ordinals);
    }
  }

  @Override
  public void ack(RunEvent.Ack event) {
    log.append(event);
  }

  @Override
  public void steered(String command, boolean paused, SearchTerms terms) {
    log.append(steered.of(command, paused, terms));
  }

  @Override
  public void progress(Progress now) {
    progress.accept(now);
  }

  @Override
  public String designId(int[] ordinals) {
    DesignPoint point = new DesignPoint(ordinals);
    String id = ids.computeIfAbsent(point, p -> DesignIds.of(spec, ordinals));
    members.put(id, point);
    return id;
  }
}
