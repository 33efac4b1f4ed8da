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
import dev.kirchhoff.dse.report.RankedFront;
import dev.kirchhoff.dse.run.RunLog;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writer of a run's log: what happens in the run, and the details of each design that is on the
 * front when a round ends and at least a second has passed since the last details, and at the end.
 * The details come again when the design's simulated accuracy is known.
 */
final class LogSink implements RunSink {
  private static final long DETAILS_EVERY_MS = 1000;

  private final DesignSpec spec;
  private final RunLog log;
  private final Clock clock;
  private final Consumer<Progress> progress;
  private final Map<String, int[]> named = new HashMap<>();
  private final TreeMap<Long, String> front = new TreeMap<>();
  private final Map<Long, String> detailed = new HashMap<>();
  private final Map<Long, RunEvent.Accuracy> simulated = new HashMap<>();
  private final FrontAccuracy accuracy;
  private final SpecExplainer.DetailedEvaluator evaluator;
  private long detailsAt;

  LogSink(
      DesignSpec spec,
      RunLog log,
      Clock clock,
      FrontAccuracy accuracy,
      Consumer<Progress> progress) {
    this.spec = spec;
    this.accuracy = accuracy;
    this.evaluator = new SpecExplainer.DetailedEvaluator(spec);
    this.log = log;
    this.clock = clock;
    this.progress = progress;
    this.detailsAt = clock.millis();
  }

  @Override
  public void evaluations(RunEvent.Evaluations event) {
    log.append(event);
  }

  @Override
  public void front(RunEvent.Front event) {
    log.append(event);
    if (event.change().equals("left")) {
      front.remove(event.index());
      accuracy.left(event.index());
    } else {
      front.put(event.index(), event.design());
      accuracy.entered(event.index(), named.get(event.design()));
    }
  }

  @Override
  public void round(RunEvent.Round event) {
    log.append(event);
    if (clock.millis() - detailsAt >= DETAILS_EVERY_MS) {
      logDetails();
    }
    simulated();
  }

  /** Details again of designs whose simulated accuracy has become known. */
  void simulated() {
    accuracy.drain(
        (index, found) -> {
          boolean isNew = !found.equals(simulated.put(index, found));
          String id = detailed.get(index);
          if (isNew && id != null) {
            log.append(details(id, index, named.get(id)));
          }
        });
  }

  /** Details of the front's designs that have none yet. */
  void logDetails() {
    front.forEach(
        (index, id) -> {
          if (detailed.putIfAbsent(index, id) == null) {
            log.append(details(id, index, named.get(id)));
          }
        });
    detailsAt = clock.millis();
  }

  private RunEvent.DesignDetails details(String id, long index, int[] ordinals) {
    Explainer.Details details = evaluator.of(ordinals);
    var mapper = EventJson.mapper();
    ArrayNode fidelity = mapper.createArrayNode();
    for (LayerResult layer : details.layers()) {
      ObjectNode node = fidelity.addObject();
      node.put("layer", layer.network() + "/" + layer.layer());
      node.put("snr_dB", layer.noise().snr_dB());
    }
    return new RunEvent.DesignDetails(
        id,
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
    detailed.put(details.index(), details.design());
    if (details.accuracy() != null) {
      simulated.put(details.index(), details.accuracy());
    }
  }

  /** Takes the front that a resumed run goes on from. */
  void restore(List<ExploreResult.FrontMember> members) {
    for (ExploreResult.FrontMember member : members) {
      int[] ordinals = RankedFront.ordinals(member);
      front.put(member.index(), designId(ordinals));
      accuracy.entered(member.index(), ordinals);
    }
  }

  @Override
  public void progress(Progress now) {
    progress.accept(now);
  }

  @Override
  public String designId(int[] ordinals) {
    String id = DesignIds.of(spec, ordinals);
    named.putIfAbsent(id, ordinals.clone());
    return id;
  }
}
