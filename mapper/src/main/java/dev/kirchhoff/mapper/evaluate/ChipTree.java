package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.Price;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Area and peak power of a chip as trees. */
final class ChipTree {
  private final DesignMapping mapping;
  private final PriceTable prices;

  ChipTree(DesignMapping mapping) {
    this.mapping = mapping;
    prices = mapping.prices();
  }

  CostTree area() {
    return Hierarchy.of(mapping, "um2", Dimension.AREA, this::partArea, List.of());
  }

  CostTree power() {
    return Hierarchy.of(mapping, "uW", Dimension.POWER, this::partPower, List.of());
  }

  private Optional<CostTree> partArea(Part part) {
    double instances = mapping.instances(part);
    double each_um2 = prices.area_um2(part);
    if (instances * each_um2 == 0) {
      return Optional.empty();
    }
    Price price = prices.explainArea(part);
    return Optional.of(
        CostTree.leaf(
            part.word(),
            instances * each_um2,
            "um2",
            instances(part) + Units.print(each_um2, Dimension.AREA) + in(price),
            price.source()));
  }

  private Optional<CostTree> partPower(Part part) {
    List<CostTree> leaves = new ArrayList<>();
    double vector_ns = mapping.peakVector_ns();
    for (Action action : Action.values()) {
      double times = mapping.peak.of(action) * mapping.pes();
      double each_fJ = prices.energy_fJ(action);
      if (action.part() == part && times * each_fJ != 0) {
        Price price = prices.explainEnergy(action);
        leaves.add(
            CostTree.leaf(
                action.word(),
                times * each_fJ / vector_ns,
                "uW",
                Units.significant(times / vector_ns)
                    + " /ns x "
                    + Units.print(each_fJ, Dimension.ENERGY)
                    + in(price),
                price.source()));
      }
    }
    double passes = mapping.peak.of(Action.ARRAY_PASS) * mapping.pes();
    double pass_fJ = prices.passEnergy_fJ(part);
    if (pass_fJ != 0) {
      double busy_uW = passes * pass_fJ / vector_ns;
      Price price = prices.explainPassEnergy(part);
      leaves.add(
          CostTree.leaf(
              "busy",
              busy_uW,
              "uW",
              instances(part) + Units.print(busy_uW / mapping.instances(part), Dimension.POWER),
              price.source()));
    }
    leaf(part).ifPresent(leaves::add);
    return Hierarchy.part(part.word(), "uW", leaves);
  }

  private Optional<CostTree> leaf(Part part) {
    double instances = mapping.instances(part);
    double each_uW = prices.static_uW(part);
    if (instances * each_uW == 0) {
      return Optional.empty();
    }
    Price price = prices.explainStatic(part);
    return Optional.of(
        CostTree.leaf(
            "static",
            instances * each_uW,
            "uW",
            instances(part) + Units.print(each_uW, Dimension.POWER) + in(price),
            price.source()));
  }

  /** "2,016 PEs x 8 x ". */
  private String instances(Part part) {
    String each = Hierarchy.number(prices.instances(part)) + " x ";
    return switch (part.level()) {
      case PE -> Hierarchy.number(mapping.pes()) + " PEs x " + each;
      case TILE -> Hierarchy.number(mapping.tiles()) + " tiles x " + each;
      case CHIP -> each;
    };
  }

  /** How one costs what it does; a figure of the spec stands there already. */
  static String in(Price price) {
    boolean asGiven =
        price.source().startsWith("given, ") && !price.source().contains("; scaled as ");
    return price.formula().isEmpty() || asGiven ? "" : "; each " + price.formula();
  }
}
