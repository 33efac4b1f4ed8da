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
import dev.kirchhoff.dse.run.RunLog;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes what happens in a run to its log, and the account of each design that is on the front when
 * a round ends and at least a second has passed since the last accounts, and at the end. The
 * account comes again when the design's simulated accuracy is known.
 */
final class LogSink implements RunSink {
  private static final long ACCOUNTS_EVERY_MS = 1000;

  private final DesignSpec spec;
  private final RunLog log;
  private final Clock clock;
  private final Consumer<Progress> progress;
  private final Map<String, int[]> named = new HashMap<>();
  private final TreeMap<Long, String> front = new TreeMap<>();
  private final Map<Long, String> accounted = new HashMap<>();
  private final Map<Long, RunEvent.Accuracy> simulated = new HashMap<>();
  private final FrontAccuracy accuracy;
  private final SpecExplainer.Accounts accounts;
  private long accountsAt;

  LogSink(
      DesignSpec spec,
      RunLog log,
      Clock clock,
      FrontAccuracy accuracy,
      Consumer<Progress> progress) {
    this.spec = spec;
    this.accuracy = accuracy;
    this.accounts = new SpecExplainer.Accounts(spec);
    this.log = log;
    this.clock = clock;
    this.progress = progress;
    this.accountsAt = clock.millis();
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
    if (clock.millis() - accountsAt >= ACCOUNTS_EVERY_MS) {
      accounts();
    }
    simulated();
  }

  /** Accounts again of designs whose simulated accuracy has become known. */
  void simulated() {
    accuracy.drain(
        (index, found) -> {
          boolean isNew = !found.equals(simulated.put(index, found));
          String id = accounted.get(index);
          if (isNew && id != null) {
            log.append(account(id, index, named.get(id)));
          }
        });
  }

  /** Accounts of the front's designs that have none yet. */
  void accounts() {
    front.forEach(
        (index, id) -> {
          if (accounted.putIfAbsent(index, id) == null) {
            log.append(account(id, index, named.get(id)));
          }
        });
    accountsAt = clock.millis();
  }

  private RunEvent.DesignAccount account(String id, long index, int[] ordinals) {
    Explainer.Account account = accounts.of(ordinals);
    var mapper = EventJson.mapper();
    ArrayNode fidelity = mapper.createArrayNode();
    for (LayerResult layer : account.layers()) {
      ObjectNode node = fidelity.addObject();
      node.put("layer", layer.network() + "/" + layer.layer());
      node.put("snr_dB", layer.noise().snr_dB());
    }
    return new RunEvent.DesignAccount(
        id,
        index,
        mapper.valueToTree(account.totals()),
        mapper.valueToTree(account.trees()),
        mapper.valueToTree(account.layers()),
        fidelity,
        mapper.valueToTree(account.bands()),
        simulated.get(index));
  }

  /** Takes an account that the log of a resumed run has already. */
  void replay(RunEvent.DesignAccount account) {
    accounted.put(account.index(), account.design());
    if (account.accuracy() != null) {
      simulated.put(account.index(), account.accuracy());
    }
  }

  /** Takes the front that a resumed run goes on from. */
  void restore(List<ExploreResult.FrontMember> members) {
    for (ExploreResult.FrontMember member : members) {
      int[] ordinals = FrontReport.ordinals(member);
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
