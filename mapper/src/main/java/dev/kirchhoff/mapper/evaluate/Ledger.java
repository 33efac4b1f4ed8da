package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.flow.ChipFlow;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.Price;
import dev.kirchhoff.peripherals.PriceLine;
import dev.kirchhoff.peripherals.PriceLine.Kind;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.PriceTerm;
import dev.kirchhoff.peripherals.PriceTerms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Ledger of a design: all of its costs as rows count × price.
 *
 * <p>Each row is listed once, under its use ({@link Use}): static power of the parts, the actions
 * of an inference of a program, a cell that is written, a setting of the fabric. A cost is a
 * weighted sum of uses ({@link #cost}): the energy of an inference is its actions + cells written ×
 * their price + static power × interval. Totals, layers, shares of error, bands, the terms of
 * what-if and explanations are groupings of these rows; no other class derives a count or a price.
 * A sum and its parts therefore cannot differ, and other prices (an end of a band, a drawn error, a
 * family's factor) need no second evaluation.
 *
 * <p>Rows are read from the counts of mapping and flow when they are asked for: a ledger holds
 * none, so that a search, which wants sums alone, pays for no list.
 */
public final class Ledger {
  private static final Part[] PARTS = Part.values();
  private static final Action[] ACTIONS = Action.values();
  private static final PriceLine WRITE = PriceLine.energy(Action.CELL_WRITE);
  private static final PriceLine HOP = PriceLine.energy(Action.HOP_BIT);
  private static final PriceLine PITCH = PriceLine.energy(Action.PITCH_BIT);

  private static final double[] NOMINAL = new double[PriceLine.COUNT];

  static {
    Arrays.fill(NOMINAL, 1);
  }

  private final PriceTable prices;

  /** By line the factor on its price. */
  private final double[] factors;

  private final Mapping mapping;
  private final ChipFlow flow;
  private final PartInstances instances;
  private final double storedCells;
  private final double refresh_ns;

  private Ledger(
      PriceTable prices,
      double[] factors,
      Mapping mapping,
      ChipFlow flow,
      PartInstances instances,
      double storedCells,
      double refresh_ns) {
    this.prices = prices;
    this.factors = factors;
    this.mapping = mapping;
    this.flow = flow;
    this.instances = instances;
    this.storedCells = storedCells;
    this.refresh_ns = refresh_ns;
  }

  /**
   * The ledger of a mapped chip.
   *
   * @param pesPerTile PEs of a tile
   * @param refresh_s interval in which weights are written again; 0 or infinite if they never are
   */
  static Ledger of(
      PriceTable prices, Mapping mapping, ChipFlow flow, double pesPerTile, double refresh_s) {
    boolean isRefreshed = refresh_s > 0 && refresh_s < Double.POSITIVE_INFINITY;
    return new Ledger(
        prices,
        NOMINAL,
        mapping,
        flow,
        PartInstances.of(mapping, pesPerTile),
        mapping.storedCells(),
        isRefreshed ? refresh_s * Units.NS_PER_S : Double.POSITIVE_INFINITY);
  }

  /** Use that rows are paid for. */
  public enum Use {
    /** Areas of all parts. */
    AREA,
    /** Static power of all parts. */
    STATIC,
    /** Actions of a vector of the peak state on one PE. */
    PEAK,
    /** Actions of an inference of a program, or of a task of a kernel. */
    WORK,
    /** A cell loaded with a weight in phases. */
    RELOAD,
    /** A cell written with an activation. */
    WRITE,
    /** A cell written again before its weight is lost. */
    REFRESH,
    /** A cell programmed once. */
    PROGRAMMING,
    /** All switches of the fabric set once. */
    RECONFIGURATION
  }

  /** Costs of a design. */
  public enum Cost {
    /** Area of all chips. */
    AREA(Metric.AREA, Kind.AREA),
    /** Power with every crossbar busy. */
    PEAK_POWER(Metric.PEAK_POWER, Kind.STATIC),
    /** Static power. */
    LEAKAGE(Metric.LEAKAGE, Kind.STATIC),
    /**
     * Energy of the mean inference; without a workload of a vector of the peak state on each PE.
     */
    ENERGY(Metric.ENERGY, Kind.ENERGY),
    /** Energy of programming all stored weights once. */
    PROGRAMMING_ENERGY(Metric.PROGRAMMING_ENERGY, Kind.ENERGY);

    private final Metric metric;
    private final Kind kind;

    Cost(Metric metric, Kind kind) {
      this.metric = metric;
      this.kind = kind;
    }

    /** The metric that it is the figure of. */
    public Metric metric() {
      return metric;
    }

    /** The quantity in whose unit rows are added up: fJ, uW or um2. */
    public PriceLine.Kind kind() {
      return kind;
    }

    /** The unit of rows over that of the metric: uJ, W or mm2. */
    public double unit() {
      return switch (kind) {
        case ENERGY, PASS -> Units.UJ_PER_FJ;
        case STATIC -> Units.W_PER_UW;
        case AREA -> Units.MM2_PER_UM2;
      };
    }
  }

  /** Receiver of rows. */
  @FunctionalInterface
  public interface Rows {
    /** Accepts a row; rows whose count or price is zero are left out. */
    void row(PriceLine line, double count);
  }

  /** Receiver of the uses that a cost is the sum of. */
  @FunctionalInterface
  public interface Uses {
    /**
     * A use, {@code times / per} times.
     *
     * @param program the program whose use it is; of the chip's uses any
     */
    void add(Use use, int program, double times, double per);
  }

  /**
   * A row of a cost.
   *
   * @param use what it is paid for
   * @param program the program; empty of the chip's
   * @param layer the layer; empty where it is of none
   * @param line the price
   * @param count how often it is paid: actions, or instances × time
   * @param price the price, in the unit of its line
   * @param source source of error of the price
   */
  public record Row(
      Use use,
      OptionalInt program,
      OptionalInt layer,
      PriceLine line,
      double count,
      double price,
      ErrorSource source) {
    /** Count × price, in fJ, uW or um2. */
    public double cost() {
      return count * price;
    }
  }

  /** This ledger with every price times the factor of its source of error. */
  Ledger at(ToDoubleFunction<ErrorSource> factor) {
    double[] moved = factors.clone();
    for (PriceLine line : PriceLine.all()) {
      ErrorSource source = prices.error(line);
      moved[line.index()] *= source.isNone() ? 1 : factor.applyAsDouble(source);
    }
    return new Ledger(prices, moved, mapping, flow, instances, storedCells, refresh_ns);
  }

  /** This ledger with every price at an end of its band. */
  Ledger at(BandEnd end) {
    return end == BandEnd.NOMINAL ? this : at(source -> source.spread().factor(end));
  }

  /** Number of programs. */
  int programs() {
    return mapping.programs().size();
  }

  private double share(int program) {
    return programs() == 1 ? 1 : mapping.programs().get(program).share();
  }

  /** Cells that hold a stored weight, copies included. */
  double storedCells() {
    return storedCells;
  }

  /** PEs of all chips. */
  public double pes() {
    return instances.pes();
  }

  /** Instances of a part in one PE, one tile or one chip, by its level. */
  double instancesEach(Part part) {
    return instances.each(prices, part);
  }

  /** Energy of bits over hops, wires included. */
  public double traffic_fJ(double bitHops) {
    return bitHops * (price(HOP) + mapping.pitches().hop() * price(PITCH));
  }

  /** Area of a part on all chips. */
  public double area_um2(Part part) {
    return instances(part) * price(PriceLine.area(part));
  }

  /** Instances of a part on all chips. */
  public double instances(Part part) {
    return instances.all(prices, part);
  }

  /** The price of a line. */
  public double price(PriceLine line) {
    return prices.price(line) * factors[line.index()];
  }

  /** The price of a line, explained. */
  public Price explain(PriceLine line) {
    double factor = factors[line.index()];
    Price price = prices.explain(line);
    return factor == 1
        ? price
        : new Price(
            price.value() * factor, "(" + price.formula() + ") x " + factor, price.source());
  }

  /** Source of error of the price of a line. */
  public ErrorSource error(PriceLine line) {
    return prices.error(line);
  }

  /** Sources of error of all prices, in a fixed order. */
  List<ErrorSource> errors() {
    return prices.errors();
  }

  /** The rows of a use of a program, its layers together. */
  public void rows(Use use, int program, Rows to) {
    switch (use) {
      case AREA -> {
        for (Part part : PARTS) {
          row(PriceLine.area(part), instances(part), to);
        }
      }
      case STATIC -> {
        for (Part part : PARTS) {
          row(PriceLine.standing(part), instances(part), to);
        }
      }
      case PEAK -> actions(mapping.peak().actions(), to);
      case WORK -> actions(flow.programs().get(program).actions(), to);
      case RELOAD, WRITE, REFRESH, PROGRAMMING -> row(WRITE, 1, to);
      case RECONFIGURATION -> {
        double bits = flow.reconfiguration().bits();
        row(PriceLine.energy(Action.CONFIGURE_BIT), bits, to);
        double hops = bits * flow.reconfiguration().hops();
        row(HOP, hops, to);
        row(PITCH, hops * mapping.pitches().hop(), to);
      }
    }
  }

  /** The rows of a layer's actions. */
  public void rows(int program, int layer, Rows to) {
    rows(flow.programs().get(program).actions(), layer, (line, count) -> row(line, count, to));
  }

  /** The rows of a layer's actions, whatever their prices: lines that are zero among them. */
  public static void rows(ActionCounts counts, int layer, Rows to) {
    double passes = counts.of(layer, Action.ARRAY_PASS);
    for (Part part : PARTS) {
      to.row(PriceLine.pass(part), passes);
    }
    for (Action action : ACTIONS) {
      to.row(PriceLine.energy(action), counts.of(layer, action));
    }
  }

  /** Sum of count × price over the rows of one use of the chip. */
  public double sum(Use use) {
    double[] sum = new double[1];
    rows(use, 0, (line, count) -> sum[0] += count * price(line));
    return sum[0];
  }

  /** Energy of a layer's actions. */
  double layer_fJ(int program, int layer) {
    double[] sum = new double[1];
    rows(program, layer, (line, count) -> sum[0] += count * price(line));
    return sum[0];
  }

  private void actions(ActionCounts counts, Rows to) {
    double passes = counts.of(Action.ARRAY_PASS);
    for (Part part : PARTS) {
      row(PriceLine.pass(part), passes, to);
    }
    for (Action action : ACTIONS) {
      row(PriceLine.energy(action), counts.of(action), to);
    }
  }

  private void row(PriceLine line, double count, Rows to) {
    if (count != 0 && prices.price(line) != 0) {
      to.row(line, count);
    }
  }

  /** The uses that a cost is the sum of. */
  public void cost(Cost cost, Uses to) {
    switch (cost) {
      case ENERGY -> {
        for (int j = 0; j < programs(); j++) {
          energy(j, share(j), flow.interval_ns(j), to);
        }
        if (programs() == 0) {
          to.add(Use.PEAK, 0, pes(), 1);
          to.add(Use.STATIC, 0, flow.peakVector_ns(), 1);
        }
      }
      case AREA -> to.add(Use.AREA, 0, 1, 1);
      case PEAK_POWER -> {
        to.add(Use.PEAK, 0, pes(), flow.peakVector_ns());
        to.add(Use.STATIC, 0, 1, 1);
      }
      case LEAKAGE -> to.add(Use.STATIC, 0, 1, 1);
      case PROGRAMMING_ENERGY -> to.add(Use.PROGRAMMING, 0, storedCells, 1);
    }
  }

  /**
   * The uses of an inference of a program.
   *
   * @param times inferences
   * @param interval_ns time for which all static power of the chip is the program's
   */
  void energy(int j, double times, double interval_ns, Uses to) {
    to.add(Use.WORK, j, times, 1);
    add(Use.RELOAD, j, times * flow.loadedCells(j), 1, to);
    add(Use.WRITE, j, times * mapping.programs().get(j).writtenCells(), 1, to);
    add(Use.RECONFIGURATION, j, times * flow.reconfigurations(j), 1, to);
    to.add(Use.STATIC, j, times * interval_ns, 1);
    if (refresh_ns < Double.POSITIVE_INFINITY) {
      add(Use.REFRESH, j, times * interval_ns * storedCells, refresh_ns, to);
    }
  }

  private static void add(Use use, int j, double times, double per, Uses to) {
    if (times != 0) {
      to.add(use, j, times, per);
    }
  }

  /** All rows of a cost, layer by layer. */
  public List<Row> rows(Cost cost) {
    List<Row> rows = new ArrayList<>();
    cost(
        cost,
        (use, j, times, per) -> {
          boolean isOfChip = use == Use.AREA || use == Use.STATIC || use == Use.PEAK;
          OptionalInt program =
              isOfChip || cost == Cost.PROGRAMMING_ENERGY ? OptionalInt.empty() : OptionalInt.of(j);
          if (use == Use.WORK) {
            for (int l = 0; l < mapping.programs().get(j).layers(); l++) {
              OptionalInt layer = OptionalInt.of(l);
              rows(j, l, (line, count) -> rows.add(row(use, program, layer, line, count * times)));
            }
          } else {
            rows(
                use,
                j,
                (line, count) ->
                    rows.add(row(use, program, OptionalInt.empty(), line, count * times / per)));
          }
        });
    return rows;
  }

  private Row row(Use use, OptionalInt program, OptionalInt layer, PriceLine line, double count) {
    return new Row(use, program, layer, line, count, price(line), error(line));
  }

  /** Costs by {@link PriceTerm#values}, each in the unit of its metric. */
  public List<double[]> byTerm(List<Cost> costs) {
    PriceTerms terms = prices.terms();
    double[][] sums = new double[costs.size()][PriceTerm.values().size()];
    double[][] paid = new double[costs.size()][];
    for (int m = 0; m < paid.length; m++) {
      paid[m] = counts(costs.get(m));
    }
    for (PriceLine line : PriceLine.all()) {
      int i = line.index();
      boolean isPaid = false;
      for (int m = 0; m < paid.length; m++) {
        paid[m][i] *= costs.get(m).unit() * factors[i];
        isPaid |= paid[m][i] != 0;
      }
      if (isPaid) {
        terms.split(
            line,
            (term, amount) -> {
              for (int m = 0; m < paid.length; m++) {
                sums[m][term.index()] += paid[m][i] * amount;
              }
            });
      }
    }
    return List.of(sums);
  }

  /** By line how often a cost pays it. */
  private double[] counts(Cost cost) {
    double[] counts = new double[PriceLine.COUNT];
    cost(
        cost,
        (use, j, times, per) ->
            rows(use, j, (line, count) -> counts[line.index()] += count * times / per));
    return counts;
  }

  /** Terms that a cost can have on a chip of these prices, whatever the workload. */
  public static Set<PriceTerm> terms(PriceTable prices, Cost cost) {
    Set<PriceTerm> found = new LinkedHashSet<>();
    PriceTerms terms = prices.terms();
    for (PriceLine line : PriceLine.all()) {
      if (canHave(prices, cost, line)) {
        terms.split(
            line,
            (term, amount) -> {
              if (amount > 0) {
                found.add(term);
              }
            });
      }
    }
    return found;
  }

  private static boolean canHave(PriceTable prices, Cost cost, PriceLine line) {
    boolean isPower = cost == Cost.ENERGY || cost == Cost.PEAK_POWER;
    boolean exists = prices.instances(line.part()) > 0;
    return switch (line.kind()) {
      case ENERGY ->
          cost == Cost.ENERGY
              || (cost == Cost.PEAK_POWER && line.part() != Part.WRITE_DRIVER)
              || (cost == Cost.PROGRAMMING_ENERGY && line == WRITE);
      case PASS -> isPower;
      case STATIC -> exists && (isPower || cost == Cost.LEAKAGE);
      case AREA -> exists && cost == Cost.AREA;
    };
  }
}
