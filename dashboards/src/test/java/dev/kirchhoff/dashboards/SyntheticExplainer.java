package dev.kirchhoff.dashboards;

import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Synthetic details of designs of a {@link SyntheticRun}: sums are right, numbers are not those of
 * any chip.
 */
public final class SyntheticExplainer implements Explainer {
  /** Energy of one inference by part, in fJ at design 0. */
  public static final double ENERGY_FJ = 6.2e11;

  private static final String[] PARTS = {
    "readout",
    "crossbar",
    "input",
    "buffer",
    "interconnect",
    "shiftAdd",
    "columnMux",
    "inputRegister",
    "control"
  };
  private static final double[] ENERGY = {0.46, 0.09, 0.11, 0.13, 0.09, 0.05, 0.02, 0.03, 0.02};
  private static final double[] AREA = {0.12, 0.21, 0.14, 0.22, 0.13, 0.06, 0.05, 0.04, 0.03};
  private static final double[] TIME = {0.52, 0.18, 0.06, 0.1, 0.12, 0.02, 0, 0, 0};
  private static final String[] SOURCES = {
    "Saberi et al., IEEE TCAS-I 58 (2011), doi 10.1109/TCSI.2011.2107214, 90 nm, scaled; read from table II",
    "Wan et al., Nature 608 (2022), doi 10.1038/s41586-022-04992-8; conductance read from figure 2",
    "assumed: driver sized for the settling of one wordline"
  };

  private final AtomicLong priced = new AtomicLong();

  /** Designs of which costs were asked for. */
  public long priced() {
    return priced.get();
  }

  /** Energy of sar converters and of the rest, and the area of the rest; of odd designs no sar. */
  @Override
  public FamilyCosts costs(RunEvent.Run header) {
    refuseOthers(header);
    return new FamilyCosts() {
      @Override
      public List<RunEvent.Column> columns() {
        return List.of(
            new RunEvent.Column("parts.energy_uJ.sar", "energy of sar", "uJ"),
            new RunEvent.Column("parts.energy_uJ.fixed", "energy of fixed", "uJ"),
            new RunEvent.Column("parts.area_mm2.fixed", "area of fixed", "mm2"));
      }

      @Override
      public float[][] of(List<int[]> designs) {
        priced.addAndGet(designs.size());
        return designs.stream().map(SyntheticExplainer::costs).toArray(float[][]::new);
      }
    };
  }

  /** Costs of a design in the order of the columns. */
  public static float[] costs(int[] knobs) {
    return new float[] {knobs[0] % 2 == 1 ? Float.NaN : 3 + knobs[10], 5 + knobs[1], 7 + knobs[2]};
  }

  private static void refuseOthers(RunEvent.Run header) {
    if (!SyntheticRun.VERSION.equals(header.version())) {
      throw new IllegalArgumentException(
          "This run was made by model "
              + header.version()
              + "; installed is "
              + SyntheticRun.VERSION
              + ".");
    }
  }

  @Override
  public Details explain(RunEvent.Run header, int[] knobs) {
    refuseOthers(header);
    double scale = 1 + 0.05 * knobs[10];
    Map<String, CostTree> trees = new TreeMap<>();
    trees.put(
        "energy",
        tree("inference", "fJ", ENERGY_FJ * scale, ENERGY, "491,000,000 conversions x 324 fJ"));
    trees.put("area", tree("chip", "um2", 2.17e7 * scale, AREA, "22,912 x 94.7 um2"));
    trees.put(
        "latency", tree("inference", "ns", 3.11e6, TIME, "8 pulses x 32 conversions x 12.1 ns"));
    Map<String, Double> totals = new TreeMap<>();
    totals.put("energy_uJ", ENERGY_FJ * scale * 1e-9);
    totals.put("latency_ms", 3.11);
    totals.put("snr_dB", 18.4);
    totals.put("utilization", 0.931);
    totals.put("throughput_TOPS", 1.17);
    totals.put("programmingEnergy_uJ", 8120.0);
    totals.put("energyEfficiencyIdeal_TOPSperW", 11.9);
    return new Details(
        totals,
        Map.of(
            "energyEfficiencyIdeal_TOPSperW",
            new Band(7.4, 11.9, 21),
            "energyEfficiency_TOPSperW",
            new Band(3.1, 6.84, 12.6),
            "energy_uJ",
            new Band(
                0.6 * ENERGY_FJ * scale * 1e-9,
                ENERGY_FJ * scale * 1e-9,
                1.8 * ENERGY_FJ * scale * 1e-9)),
        Map.of(),
        trees,
        layers(),
        "kirchhoff: 1\nname: ResNet-18 on ReRAM\nchip:\n  technology: {node: 32 nm, supply: 0.9 V}\n"
            + "  pe:\n    perTile: 8        # default\n    readout: {kind: sar, bits: "
            + (4 + knobs[10])
            + "}   # from <base>.yaml:14\n",
        List.of("The converter's energy is scaled from 90 nm; its band is a factor of 2."));
  }

  /** Parts in their levels: six in a PE, two more in a tile, the last in the chip. */
  private static CostTree tree(
      String name, String unit, double total, double[] shares, String formula) {
    List<CostTree> pe = new ArrayList<>();
    List<CostTree> tile = new ArrayList<>();
    List<CostTree> chip = new ArrayList<>();
    for (int i = 0; i < PARTS.length; i++) {
      double value = shares[i] * total;
      String source = SOURCES[i % SOURCES.length];
      List<CostTree> level = i == 3 || i == 4 ? tile : i == 8 ? chip : pe;
      if (i == 0) {
        level.add(
            CostTree.sum(
                PARTS[i],
                unit,
                "",
                List.of(
                    CostTree.leaf(
                        "conversion",
                        value * 0.8,
                        unit,
                        formula,
                        source,
                        unit.equals("ns")
                            ? Spread.NONE
                            : new Spread(
                                0.34, 2.5, "SARs of 8 b: 0.34x in one tool, 2.5x in another")),
                    CostTree.leaf("reference", value * 0.2, unit, "61,300 x 1.3", source))));
      } else if (value > 0) {
        level.add(CostTree.leaf(PARTS[i], value, unit, formula, source));
      }
    }
    if (unit.equals("ns")) {
      pe.addAll(tile);
      return CostTree.sum(name, unit, "", List.of(CostTree.sum("resnet18", unit, "", pe)));
    }
    tile.add(0, CostTree.sum("PE", unit, "12 a tile", pe));
    chip.add(0, CostTree.sum("tile", unit, "84 a chip", tile));
    return CostTree.sum(name, unit, "", chip);
  }

  private static List<LayerResult> layers() {
    List<LayerResult> layers = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      double noise = Math.pow(10, -(17.2 + (i * 7 % 9)) / 10);
      layers.add(
          new LayerResult(
              "resnet18",
              i == 20 ? "20/fc" : String.format(Locale.ROOT, "%02d/conv", i),
              i == 0 ? 118_000_000L : 115_600_000L / (1 + i % 3),
              new LayerResult.LayerMapping(12L * (1 + i), i < 4 ? 8 : 1, 0.7 + 0.014 * i),
              i == 0 ? 84 : 58.0 / (1 + i % 4),
              0.41 / (1 + i % 5),
              new LayerResult.LayerTimes(
                  0.1 * i, 0.1 * i + 0.5, 0.4, 0.1, 0, 0.8, i == 0 ? "input" : "", ""),
              new LayerResult.Noise(
                  17.2 + (i * 7 % 9),
                  noise * 0.45,
                  noise * 0.1,
                  noise * 0.12,
                  noise * 0.25,
                  noise * 0.08,
                  1,
                  0,
                  0)));
    }
    return layers;
  }
}
