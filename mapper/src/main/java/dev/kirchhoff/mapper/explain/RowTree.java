package dev.kirchhoff.mapper.explain;

import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Ledger;
import dev.kirchhoff.mapper.evaluate.Ledger.Cost;
import dev.kirchhoff.mapper.evaluate.Ledger.Use;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PartItem;
import dev.kirchhoff.peripherals.Price;
import dev.kirchhoff.peripherals.PriceLine;
import dev.kirchhoff.peripherals.PriceLine.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a cost as a tree: a leaf is a row of the ledger, its formula the count and the price of
 * that row, so that what is printed is what was added up.
 */
final class RowTree {
  private final EvaluatedDesign evaluated;
  private final Ledger ledger;
  private final Cost cost;
  private final String unit;
  private final Map<Use, Rows> uses = new EnumMap<>(Use.class);
  private final Map<PriceLine, Price> explained = new HashMap<>();

  /** Rows of a use of all programs, each {@code count × price × times / per}. */
  private static final class Rows {
    private final double[] counts = new double[PriceLine.COUNT];
    private double times;
    private double per;
  }

  /**
   * Part that the lines belong to: the part, or one of those that it stands for.
   *
   * @param count items in an instance of the part
   */
  private record Item(String name, double count, Optional<PartItem> given) {}

  /**
   * A row: {@code count × price × times / per}.
   *
   * @param items how many of the item an instance has
   */
  private record Row(
      Use use, PriceLine line, double count, double items, double each, double times, double per) {
    double value() {
      return count * each / per * times;
    }
  }

  RowTree(EvaluatedDesign evaluated, Cost cost) {
    this.evaluated = evaluated;
    this.cost = cost;
    ledger = evaluated.ledger();
    unit = cost.kind().unit();
    ledger.cost(cost, this::add);
  }

  /** Actions of all programs are counted together; of other uses the times add up. */
  private void add(Use use, int program, double times, double per) {
    Rows rows = uses.computeIfAbsent(use, key -> new Rows());
    rows.per = per;
    rows.times = isCounted(use) ? 1 : rows.times + times;
    ledger.rows(
        use,
        program,
        (line, count) -> {
          int l = line.index();
          rows.counts[l] = isCounted(use) ? rows.counts[l] + count * times : count;
        });
  }

  private static boolean isCounted(Use use) {
    return use == Use.WORK || use == Use.PEAK;
  }

  private List<Item> items(Part part) {
    List<Item> items = new ArrayList<>();
    for (PartItem item : evaluated.prices().items(part)) {
      items.add(new Item(item.name(), item.count(), Optional.of(item)));
    }
    return items.isEmpty() ? List.of(new Item(part.word(), 1, Optional.empty())) : items;
  }

  /** The tree by component: chip ⊃ tile ⊃ PE ⊃ parts. */
  CostTree byComponent() {
    return Hierarchy.of(evaluated, unit, cost.kind().dimension(), this::part, ofCells());
  }

  private List<CostTree> part(Part part) {
    List<CostTree> trees = new ArrayList<>();
    for (Item item : items(part)) {
      List<CostTree> leaves = new ArrayList<>();
      for (Use use : List.of(Use.WORK, Use.PEAK, Use.STATIC, Use.AREA)) {
        for (PriceLine line : PriceLine.all()) {
          if (line.part() == part) {
            leaf(line.word(), use, line, item).ifPresent(leaves::add);
          }
        }
      }
      Hierarchy.part(item.name(), unit, leaves).ifPresent(trees::add);
    }
    return trees;
  }

  /** The tree by layer: what parts draw at all times and cells that are written apart. */
  CostTree byLayer() {
    List<CostTree> parts = new ArrayList<>();
    for (int j = 0; j < evaluated.programs(); j++) {
      List<CostTree> layers = new ArrayList<>();
      for (int l = 0; l < evaluated.program(j).layers(); l++) {
        layer(j, l).ifPresent(layers::add);
      }
      String share =
          evaluated.programs() == 1 ? "" : Units.exact(evaluated.share(j)) + " of all inferences";
      parts.add(CostTree.sum(evaluated.program(j).name(), unit, share, layers));
    }
    if (evaluated.programs() == 0) {
      List<CostTree> leaves = new ArrayList<>();
      for (PriceLine line : PriceLine.all()) {
        leaves.addAll(leaves(Use.PEAK, line, "." + line.word()));
      }
      parts.add(CostTree.sum("peak", unit, "one vector on every PE", leaves));
    }
    List<CostTree> statics = new ArrayList<>();
    for (Part part : Part.values()) {
      statics.addAll(leaves(Use.STATIC, PriceLine.standing(part), ""));
    }
    if (!statics.isEmpty()) {
      parts.add(CostTree.sum("static", unit, "", statics));
    }
    parts.addAll(ofCells());
    return CostTree.sum("chip", unit, "", parts);
  }

  private Optional<CostTree> layer(int j, int l) {
    double[] counts = new double[PriceLine.COUNT];
    ledger.rows(j, l, (line, count) -> counts[line.index()] = evaluated.share(j) * count);
    List<CostTree> leaves = new ArrayList<>();
    for (PriceLine line : PriceLine.all()) {
      for (Item item : items(line.part())) {
        String name = item.name() + "." + line.word();
        leaf(name, item, row(Use.WORK, line, item, counts[line.index()], 1, 1))
            .ifPresent(leaves::add);
      }
    }
    String name = evaluated.program(j).counts().layer(l).name();
    return leaves.isEmpty() ? Optional.empty() : Optional.of(CostTree.sum(name, unit, "", leaves));
  }

  private List<CostTree> leaves(Use use, PriceLine line, String word) {
    List<CostTree> leaves = new ArrayList<>();
    for (Item item : items(line.part())) {
      leaf(item.name() + word, use, line, item).ifPresent(leaves::add);
    }
    return leaves;
  }

  /** Costs of writing and setting, which belong to no layer and stand beside the parts. */
  private List<CostTree> ofCells() {
    List<CostTree> trees = new ArrayList<>();
    for (Use use : List.of(Use.RELOAD, Use.WRITE, Use.RECONFIGURATION, Use.REFRESH)) {
      String name = use.name().toLowerCase(Locale.ROOT);
      List<CostTree> leaves = new ArrayList<>();
      for (PriceLine line : PriceLine.all()) {
        leaf(line.word(), use, line, new Item(name, 1, Optional.empty())).ifPresent(leaves::add);
      }
      Hierarchy.part(name, unit, leaves).ifPresent(trees::add);
    }
    return trees;
  }

  private Optional<CostTree> leaf(String name, Use use, PriceLine line, Item item) {
    Rows rows = uses.get(use);
    return rows == null
        ? Optional.empty()
        : leaf(name, item, row(use, line, item, rows.counts[line.index()], rows.times, rows.per));
  }

  private Row row(Use use, PriceLine line, Item item, double count, double times, double per) {
    double each =
        item.given().isPresent()
            ? item.given().get().price(line.kind()).value()
            : ledger.price(line);
    return new Row(use, line, item.count() * count, item.count(), each, times, per);
  }

  private Optional<CostTree> leaf(String name, Item item, Row row) {
    boolean isOther = item.given().isPresent() && row.line().kind() == Kind.ENERGY;
    if (row.count() * row.each() == 0 || row.times() == 0 || isOther) {
      return Optional.empty();
    }
    Price price =
        item.given()
            .map(given -> given.price(row.line().kind()))
            .orElseGet(() -> explained.computeIfAbsent(row.line(), ledger::explain));
    Spread spread = item.given().isPresent() ? Spread.NONE : ledger.error(row.line()).spread();
    return Optional.of(
        CostTree.leaf(name, row.value(), unit, formula(row, price), price.source(), spread));
  }

  private String formula(Row row, Price price) {
    String each = Units.exact(row.each(), row.line().kind().dimension());
    String number = Hierarchy.number(row.count());
    return switch (row.use()) {
      case AREA -> instances(row) + each + in(price);
      case STATIC ->
          cost.kind() == Kind.STATIC
              ? instances(row) + each + in(price)
              : number + " x " + each + " x " + time(row.times()) + in(price);
      case WORK -> number + " x " + each + in(price);
      case PEAK -> peak(row, price);
      case RELOAD -> cells(row) + " cells loaded in phases x " + each + in(price);
      case WRITE -> cells(row) + " cells written with activations x " + each + in(price);
      case PROGRAMMING -> cells(row) + " cells programmed once x " + each + in(price);
      case REFRESH ->
          time(row.times() / evaluated.mapping().storedCells())
              + " / "
              + time(row.per())
              + " x "
              + Hierarchy.number(evaluated.mapping().storedCells())
              + " cells written again x "
              + each
              + in(price);
      case RECONFIGURATION -> cells(row) + " x " + number + " bits x " + each + in(price);
    };
  }

  private String peak(Row row, Price price) {
    if (cost.kind() == Kind.ENERGY) {
      return Hierarchy.number(row.count())
          + " x "
          + Units.exact(row.each(), Dimension.ENERGY)
          + in(price);
    }
    if (row.line().kind() == Kind.PASS) {
      double instances = row.items() * evaluated.instances(row.line().part());
      return instances(row) + Units.exact(row.value() / instances, Dimension.POWER);
    }
    return Units.exact(row.count() / row.per())
        + " /ns x "
        + Units.exact(row.each(), Dimension.ENERGY)
        + in(price);
  }

  private static String cells(Row row) {
    return Hierarchy.number(row.times());
  }

  private static String time(double time_ns) {
    return Units.exact(time_ns, Dimension.TIME);
  }

  /** "2,016 PEs x 8 x ". */
  private String instances(Row row) {
    Part part = row.line().part();
    String each = Hierarchy.number(row.items() * evaluated.instancesEach(part)) + " x ";
    return switch (part.level()) {
      case PE -> Hierarchy.number(evaluated.pes()) + " PEs x " + each;
      case TILE -> Hierarchy.number(evaluated.mapping().tiles()) + " tiles x " + each;
      case CHIP -> each;
    };
  }

  /** Formula of a price per instance; empty for a figure of the spec, which is shown already. */
  private static String in(Price price) {
    boolean asGiven =
        price.source().startsWith("given, ") && !price.source().contains("; scaled as ");
    return price.formula().isEmpty() || asGiven ? "" : CostTree.EACH + price.formula();
  }
}
