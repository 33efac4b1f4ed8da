package dev.kirchhoff.mapper.explain;

import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.flow.Reconfiguration;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PartItem;
import dev.kirchhoff.peripherals.Price;
import dev.kirchhoff.peripherals.PriceLine;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Energy of one inference as a tree, by component and by layer. */
final class EnergyTree {
  private final EvaluatedDesign evaluated;
  private final PriceTable prices;

  EnergyTree(EvaluatedDesign evaluated) {
    this.evaluated = evaluated;
    prices = evaluated.prices();
  }

  CostTree byComponent() {
    List<CostTree> others = new ArrayList<>();
    reload().ifPresent(others::add);
    write().ifPresent(others::add);
    reconfiguration().ifPresent(others::add);
    refresh().ifPresent(others::add);
    return Hierarchy.of(evaluated, "fJ", Dimension.ENERGY, this::part, others);
  }

  CostTree byLayer() {
    List<CostTree> parts = new ArrayList<>();
    for (int j = 0; j < evaluated.programs(); j++) {
      List<CostTree> layers = new ArrayList<>();
      for (int l = 0; l < evaluated.program(j).layers(); l++) {
        layer(j, l).ifPresent(layers::add);
      }
      String share =
          evaluated.programs() == 1
              ? ""
              : Units.significant(evaluated.share(j)) + " of all inferences";
      parts.add(CostTree.sum(evaluated.program(j).name(), "fJ", share, layers));
    }
    if (evaluated.programs() == 0) {
      List<CostTree> leaves = leaves(this::times);
      parts.add(CostTree.sum("peak", "fJ", "one vector on every PE", leaves));
    }
    List<CostTree> statics = new ArrayList<>();
    for (Part part : Part.values()) {
      statics.addAll(statics(part));
    }
    if (!statics.isEmpty()) {
      parts.add(CostTree.sum("static", "fJ", "", statics));
    }
    reload().ifPresent(parts::add);
    write().ifPresent(parts::add);
    reconfiguration().ifPresent(parts::add);
    refresh().ifPresent(parts::add);
    return CostTree.sum("chip", "fJ", "", parts);
  }

  private Optional<CostTree> layer(int j, int l) {
    List<CostTree> leaves = leaves(action -> times(action, j, l));
    String name = evaluated.program(j).counts().layer(l).name();
    return leaves.isEmpty() ? Optional.empty() : Optional.of(CostTree.sum(name, "fJ", "", leaves));
  }

  private List<CostTree> part(Part part) {
    List<CostTree> items = new ArrayList<>();
    double passes = times(Action.ARRAY_PASS);
    for (PartItem item : prices.items(part)) {
      List<CostTree> leaves = new ArrayList<>();
      pass("busy", item, passes).ifPresent(leaves::add);
      staticPower("static", part, item).ifPresent(leaves::add);
      Hierarchy.part(item.name(), "fJ", leaves).ifPresent(items::add);
    }
    if (!items.isEmpty()) {
      return items;
    }
    List<CostTree> leaves = leaves(part);
    leafOfStatic(part, "static").ifPresent(leaves::add);
    return Hierarchy.part(part.word(), "fJ", leaves).stream().toList();
  }

  private List<CostTree> statics(Part part) {
    List<CostTree> items = new ArrayList<>();
    for (PartItem item : prices.items(part)) {
      staticPower(item.name(), part, item).ifPresent(items::add);
    }
    return items.isEmpty() ? leafOfStatic(part, part.word()).stream().toList() : items;
  }

  private static Optional<CostTree> pass(String name, PartItem item, double passes) {
    double times = passes * item.count();
    double each_fJ = item.pass_fJ().value();
    return times * each_fJ == 0
        ? Optional.empty()
        : Optional.of(leaf(name, times, each_fJ, item.pass_fJ(), Spread.NONE));
  }

  private Optional<CostTree> staticPower(String name, Part part, PartItem item) {
    double number = item.count() * evaluated.instances(part);
    double power_uW = number * item.static_uW().value();
    return power_uW == 0
        ? Optional.empty()
        : Optional.of(staticPower(name, number, power_uW, item.static_uW(), Spread.NONE));
  }

  /**
   * Dynamic leaves of all parts.
   *
   * @param times number of each action
   */
  private List<CostTree> leaves(ToDoubleFunction<Action> times) {
    List<CostTree> leaves = new ArrayList<>();
    for (Action action : Action.values()) {
      action(action.part().word() + "." + action.word(), action, times.applyAsDouble(action))
          .ifPresent(leaves::add);
    }
    double passes = times.applyAsDouble(Action.ARRAY_PASS);
    for (Part part : Part.values()) {
      List<PartItem> items = prices.items(part);
      for (PartItem item : items) {
        pass(item.name() + ".busy", item, passes).ifPresent(leaves::add);
      }
      if (items.isEmpty()) {
        pass(part.word() + ".busy", part, passes).ifPresent(leaves::add);
      }
    }
    return leaves;
  }

  /** Dynamic leaves of a part without items. */
  private List<CostTree> leaves(Part part) {
    List<CostTree> leaves = new ArrayList<>();
    for (Action action : Action.values()) {
      if (action.part() == part) {
        action(action.word(), action, times(action)).ifPresent(leaves::add);
      }
    }
    pass("busy", part, times(Action.ARRAY_PASS)).ifPresent(leaves::add);
    return leaves;
  }

  private Optional<CostTree> action(String name, Action action, double times) {
    double each_fJ = prices.energy_fJ(action);
    return times * each_fJ == 0
        ? Optional.empty()
        : Optional.of(
            leaf(
                name,
                times,
                each_fJ,
                prices.explain(PriceLine.energy(action)),
                prices.error(PriceLine.energy(action)).spread()));
  }

  private Optional<CostTree> pass(String name, Part part, double passes) {
    double each_fJ = prices.passEnergy_fJ(part);
    return passes * each_fJ == 0
        ? Optional.empty()
        : Optional.of(
            leaf(
                name,
                passes,
                each_fJ,
                prices.explain(PriceLine.pass(part)),
                prices.error(PriceLine.pass(part)).spread()));
  }

  private static CostTree leaf(
      String name, double times, double each_fJ, Price price, Spread spread) {
    return CostTree.leaf(
        name,
        times * each_fJ,
        "fJ",
        Hierarchy.number(times)
            + " x "
            + Units.print(each_fJ, Dimension.ENERGY)
            + ChipTree.in(price),
        price.source(),
        spread);
  }

  private double times(Action action, int j, int l) {
    return evaluated.share(j) * evaluated.flow(j).actions().of(l, action);
  }

  /** Number of an action in all layers; of the peak state without a workload. */
  private double times(Action action) {
    if (evaluated.programs() == 0) {
      return evaluated.mapping().peak().actions().of(action) * evaluated.pes();
    }
    double sum = 0;
    for (int job = 0; job < evaluated.programs(); job++) {
      sum += evaluated.share(job) * evaluated.flow(job).actions().of(action);
    }
    return sum;
  }

  private double interval_ns() {
    if (evaluated.programs() == 0) {
      return evaluated.flow().peakVector_ns();
    }
    double sum = 0;
    for (int job = 0; job < evaluated.programs(); job++) {
      sum += evaluated.share(job) * evaluated.flow().interval_ns(job);
    }
    return sum;
  }

  private Optional<CostTree> leafOfStatic(Part part, String name) {
    double power_uW = evaluated.instances(part) * prices.static_uW(part);
    if (power_uW == 0) {
      return Optional.empty();
    }
    return Optional.of(
        staticPower(
            name,
            evaluated.instances(part),
            power_uW,
            prices.explain(PriceLine.standing(part)),
            prices.error(PriceLine.standing(part)).spread()));
  }

  private CostTree staticPower(
      String name, double number, double power_uW, Price price, Spread spread) {
    return CostTree.leaf(
        name,
        power_uW * interval_ns(),
        "fJ",
        Hierarchy.each(number, power_uW, Dimension.POWER)
            + " x "
            + Units.print(interval_ns(), Dimension.TIME)
            + ChipTree.in(price),
        price.source(),
        spread);
  }

  private Optional<CostTree> reload() {
    double cells = 0;
    for (int j = 0; j < evaluated.programs(); j++) {
      cells += evaluated.share(j) * evaluated.flow().loadedCells(j);
    }
    return cells == 0
        ? Optional.empty()
        : Optional.of(written("reload", cells, " cells loaded in phases x "));
  }

  private Optional<CostTree> write() {
    double cells = 0;
    for (int j = 0; j < evaluated.programs(); j++) {
      cells += evaluated.share(j) * evaluated.program(j).writtenCells();
    }
    return cells == 0
        ? Optional.empty()
        : Optional.of(written("write", cells, " cells written with activations x "));
  }

  private CostTree written(String name, double cells, String what) {
    Price price = prices.explain(PriceLine.energy(Action.CELL_WRITE));
    return CostTree.leaf(
        name,
        evaluated.programming_fJ(cells),
        "fJ",
        Hierarchy.number(cells)
            + what
            + Units.print(prices.programming().energyPerCell_fJ(), Dimension.ENERGY)
            + ChipTree.in(price),
        price.source(),
        prices.error(PriceLine.energy(Action.CELL_WRITE)).spread());
  }

  private Optional<CostTree> reconfiguration() {
    double times = 0;
    for (int j = 0; j < evaluated.programs(); j++) {
      times += evaluated.share(j) * evaluated.flow().reconfigurations(j);
    }
    if (times == 0) {
      return Optional.empty();
    }
    Reconfiguration once = evaluated.flow().reconfiguration();
    return Optional.of(
        CostTree.leaf(
            "reconfiguration",
            times * evaluated.reconfiguration_fJ(),
            "fJ",
            Hierarchy.number(times)
                + " x "
                + Hierarchy.number(once.bits())
                + " bits x ("
                + Units.print(prices.energy_fJ(Action.CONFIGURE_BIT), Dimension.ENERGY)
                + " + "
                + Hierarchy.number(once.hops())
                + " hops x "
                + Units.print(prices.energy_fJ(Action.HOP_BIT), Dimension.ENERGY)
                + ")",
            "a cell and its lines switch like two gates (assumed); hops as of the traffic"));
  }

  private Optional<CostTree> refresh() {
    if (evaluated.programs() == 0 || evaluated.refresh_uW() == 0) {
      return Optional.empty();
    }
    Price price = prices.explain(PriceLine.energy(Action.CELL_WRITE));
    return Optional.of(
        CostTree.leaf(
            "refresh",
            evaluated.refresh_uW() * interval_ns(),
            "fJ",
            Units.print(evaluated.refresh_uW(), Dimension.POWER)
                + " for writing "
                + Hierarchy.number(evaluated.mapping().storedCells())
                + " cells again x "
                + Units.print(interval_ns(), Dimension.TIME)
                + ChipTree.in(price),
            price.source(),
            prices.error(PriceLine.energy(Action.CELL_WRITE)).spread()));
  }
}
