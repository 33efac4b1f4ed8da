package dev.kirchhoff.mapper.explain;

import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.flow.OffTileTraffic;
import dev.kirchhoff.mapper.flow.ProgramFlow;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.schedule.EndCause;
import dev.kirchhoff.mapper.schedule.LayerTime;
import dev.kirchhoff.mapper.schedule.LeadTime;
import dev.kirchhoff.mapper.schedule.Pipeline;
import dev.kirchhoff.mapper.schedule.Schedule;
import dev.kirchhoff.peripherals.PassTiming;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * Latency of one inference as a tree: layer by layer every layer's time, pipelined what the last
 * output waited for.
 */
final class LatencyTree {
  private LatencyTree() {}

  static CostTree of(EvaluatedDesign evaluated) {
    List<CostTree> networks = new ArrayList<>();
    for (int j = 0; j < evaluated.programs(); j++) {
      MappedProgram program = evaluated.program(j);
      ProgramFlow flow = evaluated.flow(j);
      List<CostTree> parts =
          flow.schedule().isPipelined() ? pipelined(program, flow) : layerByLayer(program, flow);
      double settings = evaluated.flow().reconfigurations(j);
      add(
          parts,
          "reconfiguration",
          evaluated.share(j) * settings * evaluated.flow().reconfiguration().once_ns(),
          factor(evaluated.share(j))
              + Hierarchy.number(settings)
              + " x "
              + time(evaluated.flow().reconfiguration().once_ns())
              + ": "
              + Hierarchy.number(evaluated.flow().reconfiguration().bits())
              + " bits over the wires of one link");
      String share =
          evaluated.programs() == 1 ? "" : Units.exact(evaluated.share(j)) + " of all inferences";
      networks.add(CostTree.sum(program.name(), "ns", share, parts));
    }
    if (networks.isEmpty()) {
      networks.add(
          CostTree.leaf(
              "peak",
              evaluated.flow().peakVector_ns(),
              "ns",
              Hierarchy.number(evaluated.mapping().peak().passes())
                  + " passes x "
                  + time(evaluated.prices().timing().pass().pass_ns()),
              "one vector on every crossbar"));
    }
    return withConversion(CostTree.sum("latency", "ns", "", networks), evaluated.prices());
  }

  /** The tree with the time of a pass and of the conversions in it, as their circuit gives it. */
  private static CostTree withConversion(CostTree tree, PriceTable prices) {
    PassTiming pass = prices.timing().pass();
    return prices
        .conversionTime()
        .map(
            conversion ->
                new CostTree(
                    tree.name(),
                    tree.value(),
                    tree.unit(),
                    "passes of "
                        + time(pass.pass_ns())
                        + ", "
                        + pass.turns().count()
                        + " conversions of "
                        + time(conversion.value())
                        + CostTree.EACH
                        + conversion.formula(),
                    conversion.source(),
                    tree.spread(),
                    tree.parts()))
        .orElse(tree);
  }

  private static List<CostTree> layerByLayer(MappedProgram program, ProgramFlow flow) {
    double share = program.share();
    List<CostTree> parts = new ArrayList<>();
    Schedule schedule = flow.schedule();
    int times = schedule.isTogether() ? schedule.inferences() : 1;
    String each =
        factor(share) + (times == 1 ? "" : Units.count(times) + " inferences of a batch x ");
    double each_ns = share * times;
    add(
        parts,
        "io",
        each_ns * schedule.port_ns(),
        each + bits(flow.offTile().network_bits(), flow.offTile()) + ": bits over the links");
    if (schedule.isTogether()) {
      add(
          parts,
          "reload",
          share * schedule.batch().orElseThrow().once_ns(),
          factor(share)
              + time(schedule.batch().orElseThrow().once_ns())
              + ": weights written and maps put away once for a batch of "
              + Units.count(times));
    }
    for (int l = 0; l < program.layers(); l++) {
      double before_ns = l == 0 ? schedule.port_ns() : schedule.end_ns(l - 1);
      double time_ns = schedule.end_ns(l) - before_ns;
      LayerTime time = schedule.layer(l);
      double beside_ns = time.busy_ns() + time.fill_ns() + time.way_ns() - time_ns;
      String formula = formula(program, schedule, l) + " + " + time(time.way_ns()) + " way";
      if (l > 0 && schedule.start_ns(l) < before_ns) {
        formula += " - " + time(beside_ns) + " beside the reads before";
      }
      add(
          parts,
          name(program, l),
          each_ns * time_ns,
          each.isEmpty() ? formula : each + "(" + formula + ")");
    }
    return parts;
  }

  /** Walks back from the layer that ends last. */
  private static List<CostTree> pipelined(MappedProgram program, ProgramFlow flow) {
    double share = program.share();
    Schedule schedule = flow.schedule();
    double input_ns = schedule.pipeline().map(Pipeline::input_ns).orElse(0.0);
    List<CostTree> parts = new ArrayList<>();
    OptionalInt at = OptionalInt.empty();
    double latest = schedule.port_ns();
    for (int l = 0; l < program.layers(); l++) {
      if (schedule.end_ns(l) > latest) {
        latest = schedule.end_ns(l);
        at = OptionalInt.of(l);
      }
    }
    if (at.isEmpty()) {
      add(
          parts,
          flow.fabric_ns() >= latest ? "most loaded link" : "io",
          share * latest,
          factor(share)
              + time(latest)
              + ": bits of one inference over the links or the chip's buffer");
      return parts;
    }
    while (at.isPresent() && schedule.endCause(at.getAsInt()) != EndCause.OWN_ITERATIONS) {
      int l = at.getAsInt();
      at = schedule.endsAfter(l);
      double from_ns = at.isPresent() ? schedule.end_ns(at.getAsInt()) : input_ns;
      String what =
          schedule.endCause(l) == EndCause.JOIN
              ? "what it joins, after " + name(program, at) + " has ended"
              : "its last vector, after " + name(program, at) + " has ended";
      add(
          parts,
          name(program, l),
          share * (schedule.end_ns(l) - from_ns),
          factor(share) + time(schedule.end_ns(l) - from_ns) + ": " + what);
    }
    if (at.isEmpty()) {
      add(
          parts,
          "io",
          share * input_ns,
          factor(share)
              + bits(program.counts().bits().inputBits(), flow.offTile())
              + ": the network's input over the links");
    } else {
      int l = at.getAsInt();
      double time_ns = schedule.end_ns(l) - schedule.start_ns(l);
      String formula = formula(program, schedule, l);
      add(
          parts,
          name(program, l),
          share * time_ns,
          share == 1 ? formula : factor(share) + "(" + formula + ")");
      waits(program, schedule, l, parts);
    }
    Collections.reverse(parts);
    return parts;
  }

  /** Walks back from a layer's start. */
  private static void waits(
      MappedProgram program, Schedule schedule, int from, List<CostTree> parts) {
    double share = program.share();
    int l = from;
    for (OptionalInt before = schedule.startsAfter(l);
        before.isPresent();
        before = schedule.startsAfter(l)) {
      int p = before.getAsInt();
      add(
          parts,
          name(program, l) + " waits",
          share * (schedule.start_ns(l) - schedule.start_ns(p)),
          factor(share)
              + time(schedule.start_ns(l) - schedule.start_ns(p))
              + ": start after "
              + needed(schedule, l)
              + " of "
              + name(program, p));
      l = p;
    }
    add(
        parts,
        "way to " + name(program, l),
        share * schedule.start_ns(l),
        factor(share)
            + time(schedule.start_ns(l))
            + ": "
            + needed(schedule, l)
            + " of the input and hops from the port");
  }

  /** Share of the inferences that a program has, unless all are its own. */
  private static String factor(double share) {
    return share == 1 ? "" : Units.exact(share) + " of all inferences x ";
  }

  private static String bits(double bits, OffTileTraffic offTile) {
    return Hierarchy.number(bits) + " x " + time(offTile.port_nsPerBit());
  }

  private static String time(double time_ns) {
    return Units.exact(time_ns, Dimension.TIME);
  }

  private static String needed(Schedule schedule, int consumer) {
    return Units.exact(schedule.layer(consumer).firstShare() * 100) + " %";
  }

  private static String name(MappedProgram program, int l) {
    return program.counts().layer(l).name();
  }

  private static String name(MappedProgram program, OptionalInt layer) {
    return layer.isPresent() ? name(program, layer.getAsInt()) : "the input";
  }

  /** Terms of a layer's time from its start on. */
  private static String formula(MappedProgram program, Schedule schedule, int l) {
    LayerTime time = schedule.layer(l);
    double late_ns = time.time_ns() - time.own_ns();
    return time(time.own_ns())
        + " for "
        + Units.count(program.counts().layer(l).shape().vectors())
        + " vectors on "
        + program.copies(l)
        + (program.copies(l) == 1 ? " copy" : " copies")
        + reads(program, l)
        + " + "
        + (late_ns > 0 ? time(late_ns) + " for bandwidth off the tiles + " : "")
        + lead(time.lead(), program.job().isKernel())
        + time(time.fill_ns())
        + " pipeline fill";
  }

  /** Terms of the time beside the reads. */
  private static String lead(LeadTime lead, boolean isKernel) {
    return term(lead.digital_ns(), "digital work")
        + term(lead.writing_ns(), isKernel ? "writes" : "writing activations")
        + term(lead.settling_ns(), "settling of amplifiers")
        + term(lead.drawing_ns(), "random words")
        + term(lead.waiting_ns(), "waits of devices")
        + term(lead.fetching_ns(), "operands off the tiles");
  }

  private static String term(double time_ns, String what) {
    return time_ns > 0 ? time(time_ns) + " " + what + " + " : "";
  }

  /** Reads of a digit where they depend on the data. */
  private static String reads(MappedProgram program, int l) {
    return program
        .counts()
        .mapping(l)
        .filter(mapping -> mapping.reads().skips())
        .map(
            mapping ->
                ", "
                    + Units.exact(mapping.reads().longest())
                    + " reads a digit, "
                    + mapping.tiling().rowGroupsLongest()
                    + " without skipping,")
        .orElse("");
  }

  private static void add(List<CostTree> parts, String name, double value_ns, String formula) {
    if (value_ns > 0) {
      parts.add(CostTree.leaf(name, value_ns, "ns", formula, "schedule of the mapping"));
    }
  }
}
