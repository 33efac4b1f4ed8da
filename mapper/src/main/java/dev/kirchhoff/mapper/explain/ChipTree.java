package dev.kirchhoff.mapper.explain;

import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PartItem;
import dev.kirchhoff.peripherals.Price;
import dev.kirchhoff.peripherals.PriceLine;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Area and peak power of a chip as trees. */
final class ChipTree {
  private final EvaluatedDesign evaluated;
  private final PriceTable prices;

  ChipTree(EvaluatedDesign evaluated) {
    this.evaluated = evaluated;
    prices = evaluated.prices();
  }

  CostTree area() {
    return Hierarchy.of(evaluated, "um2", Dimension.AREA, this::partArea, List.of());
  }

  CostTree power() {
    return Hierarchy.of(evaluated, "uW", Dimension.POWER, this::partPower, List.of());
  }

  private List<CostTree> partArea(Part part) {
    List<CostTree> items = new ArrayList<>();
    for (PartItem item : prices.items(part)) {
      double number = item.count() * evaluated.instances(part);
      if (number * item.area_um2().value() != 0) {
        items.add(
            CostTree.leaf(
                item.name(),
                number * item.area_um2().value(),
                "um2",
                instances(part, item.count())
                    + Units.print(item.area_um2().value(), Dimension.AREA)
                    + in(item.area_um2()),
                item.area_um2().source()));
      }
    }
    return items.isEmpty() ? ownArea(part).stream().toList() : items;
  }

  private Optional<CostTree> ownArea(Part part) {
    double instances = evaluated.instances(part);
    double each_um2 = prices.area_um2(part);
    if (instances * each_um2 == 0) {
      return Optional.empty();
    }
    Price price = prices.explain(PriceLine.area(part));
    return Optional.of(
        CostTree.leaf(
            part.word(),
            instances * each_um2,
            "um2",
            instances(part) + Units.print(each_um2, Dimension.AREA) + in(price),
            price.source(),
            prices.error(PriceLine.area(part)).spread()));
  }

  private List<CostTree> partPower(Part part) {
    List<CostTree> items = new ArrayList<>();
    for (PartItem item : prices.items(part)) {
      Hierarchy.part(item.name(), "uW", itemPower(part, item)).ifPresent(items::add);
    }
    return items.isEmpty() ? ownPower(part).stream().toList() : items;
  }

  private List<CostTree> itemPower(Part part, PartItem item) {
    List<CostTree> leaves = new ArrayList<>();
    double passes = evaluated.mapping().peak().actions().of(Action.ARRAY_PASS) * evaluated.pes();
    double busy_uW =
        item.count() * passes * item.pass_fJ().value() / evaluated.flow().peakVector_ns();
    double number = item.count() * evaluated.instances(part);
    if (busy_uW != 0) {
      leaves.add(
          CostTree.leaf(
              "busy",
              busy_uW,
              "uW",
              instances(part, item.count()) + Units.print(busy_uW / number, Dimension.POWER),
              item.pass_fJ().source()));
    }
    double each_uW = item.static_uW().value();
    if (number * each_uW != 0) {
      leaves.add(
          CostTree.leaf(
              "static",
              number * each_uW,
              "uW",
              instances(part, item.count())
                  + Units.print(each_uW, Dimension.POWER)
                  + in(item.static_uW()),
              item.static_uW().source()));
    }
    return leaves;
  }

  private Optional<CostTree> ownPower(Part part) {
    List<CostTree> leaves = new ArrayList<>();
    double vector_ns = evaluated.flow().peakVector_ns();
    for (Action action : Action.values()) {
      double times = evaluated.mapping().peak().actions().of(action) * evaluated.pes();
      double each_fJ = prices.energy_fJ(action);
      if (action.part() == part && times * each_fJ != 0) {
        Price price = prices.explain(PriceLine.energy(action));
        leaves.add(
            CostTree.leaf(
                action.word(),
                times * each_fJ / vector_ns,
                "uW",
                Units.significant(times / vector_ns)
                    + " /ns x "
                    + Units.print(each_fJ, Dimension.ENERGY)
                    + in(price),
                price.source(),
                prices.error(PriceLine.energy(action)).spread()));
      }
    }
    double passes = evaluated.mapping().peak().actions().of(Action.ARRAY_PASS) * evaluated.pes();
    double pass_fJ = prices.passEnergy_fJ(part);
    if (pass_fJ != 0) {
      double busy_uW = passes * pass_fJ / vector_ns;
      Price price = prices.explain(PriceLine.pass(part));
      leaves.add(
          CostTree.leaf(
              "busy",
              busy_uW,
              "uW",
              instances(part) + Units.print(busy_uW / evaluated.instances(part), Dimension.POWER),
              price.source(),
              prices.error(PriceLine.pass(part)).spread()));
    }
    leaf(part).ifPresent(leaves::add);
    return Hierarchy.part(part.word(), "uW", leaves);
  }

  private Optional<CostTree> leaf(Part part) {
    double instances = evaluated.instances(part);
    double each_uW = prices.static_uW(part);
    if (instances * each_uW == 0) {
      return Optional.empty();
    }
    Price price = prices.explain(PriceLine.standing(part));
    return Optional.of(
        CostTree.leaf(
            "static",
            instances * each_uW,
            "uW",
            instances(part) + Units.print(each_uW, Dimension.POWER) + in(price),
            price.source(),
            prices.error(PriceLine.standing(part)).spread()));
  }

  /** "2,016 PEs x 8 x ". */
  private String instances(Part part) {
    return instances(part, evaluated.instancesEach(part));
  }

  private String instances(Part part, double number) {
    String each = Hierarchy.number(number) + " x ";
    return switch (part.level()) {
      case PE -> Hierarchy.number(evaluated.pes()) + " PEs x " + each;
      case TILE -> Hierarchy.number(evaluated.mapping().tiles()) + " tiles x " + each;
      case CHIP -> each;
    };
  }

  /** Formula of a price per instance; empty for a figure of the spec, which is shown already. */
  static String in(Price price) {
    boolean asGiven =
        price.source().startsWith("given, ") && !price.source().contains("; scaled as ");
    return price.formula().isEmpty() || asGiven ? "" : "; each " + price.formula();
  }
}
