package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.schedule.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Latency of one inference as a tree: layer by layer every layer's time, pipelined what the last
 * output waited for.
 */
final class LatencyTree {
  private LatencyTree() {}

  static CostTree of(DesignMapping mapping) {
    List<CostTree> networks = new ArrayList<>();
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      List<CostTree> parts =
          job.schedule.isPipelined()
              ? pipelined(job, mapping.share(j))
              : layerByLayer(mapping, job, mapping.share(j));
      double settings = mapping.reconfigurations(j);
      add(
          parts,
          "reconfiguration",
          mapping.share(j) * settings * mapping.reconfiguration().once_ns(),
          Hierarchy.number(settings)
              + " x "
              + Hierarchy.number(mapping.reconfiguration().bits())
              + " bits over the wires of one link");
      String share =
          mapping.jobs() == 1 ? "" : Units.significant(mapping.share(j)) + " of all inferences";
      networks.add(CostTree.sum(job.job().network().name(), "ns", share, parts));
    }
    if (networks.isEmpty()) {
      networks.add(
          CostTree.leaf(
              "peak",
              mapping.peakVector_ns(),
              "ns",
              Hierarchy.number(mapping.peakCounter.passes())
                  + " passes x "
                  + Units.print(mapping.prices().timing().pass_ns(), Dimension.TIME),
              "one vector on every crossbar"));
    }
    return CostTree.sum("latency", "ns", "", networks);
  }

  private static List<CostTree> layerByLayer(DesignMapping mapping, JobMapping job, double share) {
    List<CostTree> parts = new ArrayList<>();
    double port_ns = job.schedule.port_ns();
    add(parts, "io", share * port_ns, Hierarchy.number(job.portBits()) + " bits over the links");
    add(parts, "reload", share * mapping.reload_ns(), "crossbars programmed again");
    for (int l = 0; l < job.layers(); l++) {
      double time_ns = job.schedule.end_ns(l) - job.schedule.start_ns(l);
      add(parts, name(job, l), share * time_ns, formula(job, l));
    }
    return parts;
  }

  /** Walks back from the layer that ends last. */
  private static List<CostTree> pipelined(JobMapping job, double share) {
    Schedule schedule = job.schedule;
    List<CostTree> parts = new ArrayList<>();
    int last = -1;
    double latest = schedule.port_ns();
    for (int l = 0; l < job.layers(); l++) {
      if (schedule.end_ns(l) > latest) {
        latest = schedule.end_ns(l);
        last = l;
      }
    }
    if (last < 0) {
      add(
          parts,
          job.fabric_ns() >= schedule.port_ns() ? "most loaded link" : "io",
          share * schedule.port_ns(),
          "bits of one inference over the links");
      return parts;
    }
    boolean ended = true;
    for (int l = last; l >= 0; ) {
      Layer layer = job.job().network().layers().get(l);
      int producer = layer.producer() < l ? layer.producer() : -1;
      double until = ended ? schedule.end_ns(l) : schedule.start_ns(l);
      boolean waitsForEnd = ended && producer >= 0 && schedule.endsAfterProducer(l);
      double from;
      if (ended && !waitsForEnd) {
        from = schedule.start_ns(l);
        add(parts, name(job, l), share * (until - from), formula(job, l));
        ended = false;
        continue;
      }
      if (producer < 0) {
        add(parts, "way to " + name(job, l), share * until, "hops from the port");
        break;
      }
      from = waitsForEnd ? schedule.end_ns(producer) : schedule.start_ns(producer);
      String what =
          waitsForEnd
              ? "its last vector, after " + name(job, producer) + " has ended"
              : "start after " + needed(job, producer, l) + " of " + name(job, producer);
      add(parts, name(job, l) + (waitsForEnd ? "" : " waits"), share * (until - from), what);
      ended = waitsForEnd;
      l = producer;
    }
    Collections.reverse(parts);
    return parts;
  }

  private static String needed(JobMapping job, int producer, int consumer) {
    List<Layer> layers = job.job().network().layers();
    double share = Schedule.neededShare(layers.get(producer), layers.get(consumer));
    return Units.significant(share * 100) + " %";
  }

  private static String name(JobMapping job, int l) {
    return job.job().network().layers().get(l).name();
  }

  private static String formula(JobMapping job, int l) {
    return Units.print(job.schedule.time_ns(l), Dimension.TIME)
        + " for "
        + Units.count(job.job().network().layers().get(l).shape().vectors())
        + " vectors on "
        + job.copies(l)
        + (job.copies(l) == 1 ? " copy + " : " copies + ")
        + Units.print(job.schedule.fill_ns(l), Dimension.TIME)
        + " pipeline fill + "
        + Units.print(job.schedule.way_ns(l), Dimension.TIME)
        + " way";
  }

  private static void add(List<CostTree> parts, String name, double value_ns, String formula) {
    if (value_ns > 0) {
      parts.add(CostTree.leaf(name, value_ns, "ns", formula, "schedule of the mapping"));
    }
  }
}
