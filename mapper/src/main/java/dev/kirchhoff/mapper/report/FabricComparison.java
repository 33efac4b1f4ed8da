package dev.kirchhoff.mapper.report;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.chip.Uncore;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.evaluate.Ledger;
import dev.kirchhoff.mapper.traffic.Traffic;
import dev.kirchhoff.peripherals.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Value of reconfiguration for a chip of several networks: the cost of the traffic of each on a
 * fixed fabric that is sized for one of them, and on the reconfigurable one.
 *
 * <p>The fixed fabric is that of the design, a mesh where the design's is reconfigurable. Sized for
 * a network: the narrowest links, a power of two wires from 8 on, with which that network's
 * interval is within 5 % of its interval on links of 4,096 wires. The reconfigurable fabric is that
 * of the design; where the design's is fixed, channels of eight tracks of as many wires, Wilton's
 * boxes, set for each network. All else stays.
 *
 * <p>Traffic: energy of bits × hops and of setting the switches; time of all layers' ways and of
 * the most loaded link of each, one after the other, and of setting the switches.
 */
public final class FabricComparison {
  private static final int NARROWEST = 8;
  private static final int WIDEST = 4096;
  private static final double CLOSE = 1.05;
  private static final int TRACKS = 8;

  private final Design design;
  private final Evaluator evaluator;

  private FabricComparison(Design design, Evaluator evaluator) {
    this.design = design;
    this.evaluator = evaluator;
  }

  /**
   * Traffic of a network on a fabric.
   *
   * @param network network
   * @param fabric word of the fabric's kind
   * @param sizedFor network that the links are sized for; empty for a reconfigurable fabric
   * @param width_bits wires of a link
   * @param area_um2 fabric of the whole chip
   * @param energy_fJ traffic of an inference
   * @param time_ns time of the traffic of an inference
   * @param interval_ns time between two inferences of the network
   */
  public record Row(
      String network,
      String fabric,
      String sizedFor,
      int width_bits,
      double area_um2,
      double energy_fJ,
      double time_ns,
      double interval_ns) {}

  /** The rows of a design, by network; none for one network or without a fabric. */
  public static List<Row> of(Design design) {
    boolean alone = design.chip().uncore().interconnect().kind() == Topology.NONE;
    return design.jobs().size() < 2 || alone
        ? List.of()
        : new FabricComparison(design, new Evaluator()).rows();
  }

  private List<Row> rows() {
    Interconnect stated = design.chip().uncore().interconnect();
    boolean reconfigurable = stated.kind() == Topology.RECONFIGURABLE;
    int networks = design.jobs().size();
    int[] widths = new int[networks];
    for (int k = 0; k < networks; k++) {
      widths[k] = widthFor(k, stated);
    }
    Interconnect connections =
        reconfigurable
            ? stated
            : new Interconnect(
                Topology.RECONFIGURABLE,
                stated.width_bits(),
                new SwitchedChannels(TRACKS, SwitchBox.WILTON, Configure.PER_NETWORK),
                ComponentModel.standard());
    List<EvaluatedDesign> sized =
        Arrays.stream(widths).mapToObj(width -> on(fixed(stated, width))).toList();
    EvaluatedDesign switched = on(connections);
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < networks; j++) {
      for (int k = 0; k < networks; k++) {
        rows.add(row(sized.get(k), j, design.jobs().get(k).network().name()));
      }
      rows.add(row(switched, j, ""));
    }
    return rows;
  }

  private int widthFor(int network, Interconnect stated) {
    double enough_ns = CLOSE * on(fixed(stated, WIDEST)).flow().interval_ns(network);
    int width = NARROWEST;
    while (width < WIDEST) {
      if (on(fixed(stated, width)).flow().interval_ns(network) <= enough_ns) {
        return width;
      }
      width *= 2;
    }
    return WIDEST;
  }

  private static Interconnect fixed(Interconnect stated, int width) {
    return stated.kind() == Topology.RECONFIGURABLE
        ? new Interconnect(Topology.MESH, width, 1, ComponentModel.standard())
        : new Interconnect(stated.kind(), width, stated.shape(), ComponentModel.standard());
  }

  /** The design on another fabric. */
  private EvaluatedDesign on(Interconnect interconnect) {
    Chip chip = design.chip();
    Uncore uncore = chip.uncore();
    Chip changed =
        new Chip(
            chip.technology(),
            chip.clock_GHz(),
            chip.tile(),
            chip.pe(),
            chip.crossbar(),
            chip.cell(),
            new Uncore(
                interconnect,
                uncore.globalBuffer(),
                uncore.io(),
                uncore.controlEnergyShare(),
                uncore.controlAreaShare(),
                uncore.others()));
    Design with =
        new Design(
            changed,
            design.jobs(),
            design.mapping(),
            design.operation(),
            design.peakWeightBits(),
            design.peakInputBits(),
            design.calibration());
    return evaluator.evaluated(with);
  }

  private static Row row(EvaluatedDesign evaluated, int j, String sizedFor) {
    Traffic traffic = evaluated.flow(j).traffic();
    Ledger ledger = evaluated.ledger();
    Interconnect fabric = evaluated.design().chip().uncore().interconnect();
    double link_nsPerBit = TrafficReport.link_nsPerBit(evaluated);
    double hop_ns = evaluated.flow().timing().hop().over_ns(evaluated.mapping().pitches().hop());
    double bitHops = 0;
    double time_ns = 0;
    for (int l = 0; l < traffic.layers(); l++) {
      bitHops += traffic.bitHops(l);
      double way_ns = traffic.hops(l) * hop_ns;
      time_ns += way_ns + traffic.most(l, 0) * link_nsPerBit;
    }
    double settings = evaluated.flow().reconfigurations(j);
    return new Row(
        evaluated.program(j).name(),
        fabric.kind().word(),
        sizedFor,
        fabric.width_bits(),
        ledger.area_um2(Part.INTERCONNECT) + ledger.area_um2(Part.LINKS),
        ledger.traffic_fJ(bitHops) + settings * ledger.sum(Ledger.Use.RECONFIGURATION),
        time_ns + settings * evaluated.flow().reconfiguration().once_ns(),
        evaluated.flow().interval_ns(j));
  }
}
