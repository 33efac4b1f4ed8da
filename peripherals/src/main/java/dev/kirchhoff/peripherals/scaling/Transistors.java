package dev.kirchhoff.peripherals.scaling;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.spec.Units;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * Delays, energies and currents of the transistors of a flavour over node and supply, interpolated
 * in figures that were measured in SPICE on the cards of the Predictive Technology Model ({@code
 * transistors.csv}, which {@code scripts/spice} writes; docs/circuits.md, Transistors).
 *
 * <p>Logarithms are linear in the logarithms of node and of the supply over that of the card, 0.55
 * to 1.15 times, and continue beyond. Extrapolated (assumed): below 22 nm, where cards are planar
 * and processes have fins, delays and leakage shrink with the node, energies with the square of the
 * nominal supply too, at the same share of it; above 180 nm the slope continues; low standby power
 * has cards from 45 nm down, and above the ratio to high performance that it has there. Neglected:
 * wires, variation.
 */
final class Transistors {
  /** Figures of a table. */
  enum Figure {
    /** Delay of an inverter that drives four, in ns. */
    FO4("fo4_ps", Units.PS_PER_NS),
    /** Leakage of a NAND2 of four transistors of 4 F, in uW. */
    GATE_LEAKAGE("nand2_nW", Units.NW_PER_UW),
    /** Energy of a rise and a fall of a NAND2 that drives one, in fJ. */
    NAND_ENERGY("nand2_fJ", 1),
    /** Energy of a decision of a StrongARM latch with its clock and set-reset stage, in fJ. */
    LATCH_ENERGY("latch_fJ", 1),
    /** Time constant of its regeneration, in ns. */
    LATCH_TAU("tau_ps", Units.PS_PER_NS),
    /** On-current of an NMOS by width, in uA/um. */
    ON_CURRENT("on_uAPerUm", 1),
    /** Off-current of an NMOS by width, in uA/um. */
    OFF_CURRENT("off_nAPerUm", Units.NA_PER_UA);

    private final String column;
    private final double ofUnit;

    Figure(String column, double ofUnit) {
      this.column = column;
      this.ofUnit = ofUnit;
    }
  }

  private static final String FILE = "transistors.csv";
  private static final Map<Flavour, Transistors> MEASURED = measured(rows());

  private final double smallest_nm;
  private final double largest_nm;
  private final NodeTable nominal_V;
  private final double[] logShares;
  private final Map<Figure, NodeTable[]> tables = new EnumMap<>(Figure.class);

  private Transistors(List<Row> rows, double largest_nm) {
    List<Row> nominal = rows.stream().filter(row -> row.supply_V == row.nominal_V).toList();
    smallest_nm = nominal.get(0).node_nm;
    this.largest_nm = largest_nm;
    nominal_V = table(nominal, Row::nominal_V);
    double[] shares = rows.stream().mapToDouble(Row::share).distinct().sorted().toArray();
    logShares = Arrays.stream(shares).map(StrictMath::log).toArray();
    for (Figure figure : Figure.values()) {
      NodeTable[] byShare = new NodeTable[shares.length];
      for (int i = 0; i < shares.length; i++) {
        double share = shares[i];
        List<Row> alike = rows.stream().filter(row -> row.share() == share).toList();
        byShare[i] = table(alike, row -> row.figures.get(figure));
      }
      tables.put(figure, byShare);
    }
  }

  /** Transistors of a flavour. */
  static Transistors of(Flavour flavour) {
    return MEASURED.get(flavour);
  }

  /** Node of the smallest card. */
  double smallest_nm() {
    return smallest_nm;
  }

  /** Node of the largest card. */
  double largest_nm() {
    return largest_nm;
  }

  /** A figure at a node and the nominal supply of its card. */
  double nominal(Figure figure, double node_nm) {
    return at(figure, node_nm, nominal_V(node_nm));
  }

  /** Nominal supply of the card of a node. */
  double nominal_V(double node_nm) {
    return nominal_V.at(Math.max(smallest_nm, node_nm));
  }

  /** A figure at a node and supply. */
  double at(Figure figure, double node_nm, double supply_V) {
    double logShare = StrictMath.log(supply_V / nominal_V(node_nm));
    return at(figure, node_nm, logShare, i -> logShares[i]);
  }

  /** Time constant of a latch at the supply at which an inverter that drives four has a delay. */
  double latchTau_ns(double node_nm, double fo4_ns) {
    double log = StrictMath.log(Math.max(smallest_nm, node_nm));
    double logDelay = StrictMath.log(fo4_ns * Math.max(smallest_nm, node_nm) / node_nm);
    return at(Figure.LATCH_TAU, node_nm, -logDelay, i -> -tables.get(Figure.FO4)[i].logAtLog(log));
  }

  private double at(Figure figure, double node_nm, double at, IntToDoubleFunction ascending) {
    double card_nm = Math.max(smallest_nm, node_nm);
    double log = StrictMath.log(card_nm);
    int i = 0;
    while (i < logShares.length - 2 && ascending.applyAsDouble(i + 1) <= at) {
      i++;
    }
    NodeTable[] byShare = tables.get(figure);
    double low = byShare[i].logAtLog(log);
    double high = byShare[i + 1].logAtLog(log);
    double from = ascending.applyAsDouble(i);
    double part = (at - from) / (ascending.applyAsDouble(i + 1) - from);
    double value = StrictMath.exp(low + part * (high - low));
    return switch (figure) {
      case FO4, LATCH_TAU, GATE_LEAKAGE -> value * node_nm / card_nm;
      case NAND_ENERGY, LATCH_ENERGY ->
          value * ScalingClass.LOGIC.energyFactor(card_nm, 1, node_nm, 1);
      case ON_CURRENT, OFF_CURRENT -> value;
    };
  }

  private static NodeTable table(List<Row> rows, ToDoubleFunction<Row> value) {
    return NodeTable.of(
        rows.stream().mapToDouble(Row::node_nm).toArray(),
        rows.stream().mapToDouble(value).toArray());
  }

  private static Map<Flavour, Transistors> measured(List<Row> rows) {
    Map<Flavour, Transistors> flavours = new EnumMap<>(Flavour.class);
    for (Flavour flavour : Flavour.values()) {
      List<Row> own = new ArrayList<>(rows.stream().filter(row -> row.flavour == flavour).toList());
      double largest_nm = own.stream().mapToDouble(Row::node_nm).max().orElseThrow();
      rows.stream()
          .filter(row -> row.flavour == Flavour.HIGH_PERFORMANCE && row.node_nm > largest_nm)
          .forEach(
              trend ->
                  own.add(trend.like(at(own, largest_nm, trend), at(rows, largest_nm, trend))));
      own.sort(Comparator.comparingDouble(Row::node_nm));
      flavours.put(flavour, new Transistors(own, largest_nm));
    }
    return flavours;
  }

  /** The first of some rows that has a node, and the share of the supply of another row. */
  private static Row at(List<Row> rows, double node_nm, Row alike) {
    return rows.stream()
        .filter(row -> row.node_nm == node_nm && row.share() == alike.share())
        .findFirst()
        .orElseThrow();
  }

  private static List<Row> rows() {
    try (InputStream in = Transistors.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("The resource (" + FILE + ") must be on the class path.");
      }
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
      List<String> columns = List.of(lines.get(0).split(","));
      return lines.stream().skip(1).map(line -> Row.of(columns, line.split(","))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Figures of a card at a supply. */
  private record Row(
      Flavour flavour,
      double node_nm,
      double nominal_V,
      double supply_V,
      Map<Figure, Double> figures) {

    static Row of(List<String> columns, String[] cells) {
      ToDoubleFunction<String> number =
          column -> Double.parseDouble(cells[columns.indexOf(column)]);
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      for (Figure figure : Figure.values()) {
        figures.put(figure, number.applyAsDouble(figure.column) / figure.ofUnit);
      }
      return new Row(
          Flavour.ofWord(cells[columns.indexOf("flavour")]).orElseThrow(),
          number.applyAsDouble("node_nm"),
          number.applyAsDouble("nominal_V"),
          number.applyAsDouble("supply_V"),
          figures);
    }

    /** Supply over that of the card, of which all cards have the same. */
    double share() {
      return Math.round(supply_V / nominal_V * 1000) / 1000.0;
    }

    /** This row of another flavour, by the ratio of the flavours at a node that both have. */
    Row like(Row other, Row own) {
      Map<Figure, Double> scaled = new EnumMap<>(figures);
      scaled.replaceAll(
          (figure, value) -> value * other.figures.get(figure) / own.figures.get(figure));
      double higher_V = other.nominal_V - own.nominal_V;
      double nominal = nominal_V + higher_V;
      return new Row(
          other.flavour, node_nm, nominal, share() == 1 ? nominal : share() * nominal, scaled);
    }
  }
}
