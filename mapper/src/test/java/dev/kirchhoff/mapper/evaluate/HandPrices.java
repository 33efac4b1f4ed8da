package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Electrics;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PassTiming;
import dev.kirchhoff.peripherals.Price;
import dev.kirchhoff.peripherals.PriceLine;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.ReadoutErrors;
import dev.kirchhoff.peripherals.Timing;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import dev.kirchhoff.peripherals.readout.ErrorBudget;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Prices written by hand, for tests that know what a result must be. */
final class HandPrices implements PriceTable {
  /** Energy of programming a cell. */
  private static final double CELL_FJ = 1000;

  final Map<Action, Double> energy = new EnumMap<>(Action.class);
  final Map<Part, Double> pass = new EnumMap<>(Part.class);
  final Map<Part, Double> area = new EnumMap<>(Part.class);
  final Map<Part, Double> statics = new EnumMap<>(Part.class);
  final Map<Part, Double> instances = new EnumMap<>(Part.class);
  double pass_ns = 10;
  double buffer_bitPerNs;
  double bus_bitPerNs;
  double link_bitPerNs;
  double global_bitPerNs = Double.POSITIVE_INFINITY;
  double hop_ns;
  double missing_V;

  /** Share by which a pass is late. */
  double late;

  /** Every action, part and static power has a price of its own; converters follow the readout. */
  static HandPrices plain(Design design) {
    Chip chip = design.chip();
    HandPrices prices = new HandPrices();
    for (Action action : Action.values()) {
      prices.energy.put(action, 1.0 + action.ordinal());
    }
    prices.energy.put(Action.ARRAY_PASS, 0.0);
    prices.energy.put(Action.CELL_WRITE, CELL_FJ);
    prices.energy.put(Action.CONFIGURE_BIT, 0.0);
    prices.energy.put(Action.CONVERSION, 100.0 * chip.pe().readout().bits());
    for (Part part : Part.values()) {
      prices.area.put(part, 10.0 + part.ordinal());
      prices.statics.put(part, 0.1 + part.ordinal() / 100.0);
      prices.instances.put(part, 1.0);
    }
    int perPe = chip.crossbar().perPe();
    int converters = perPe * chip.crossbar().columns() / chip.pe().readout().columnsPerAdc();
    prices.instances.put(Part.CROSSBAR, (double) perPe);
    prices.instances.put(Part.READOUT, (double) Math.max(1, converters));
    prices.instances.put(Part.CONTROL, 0.0);
    prices.pass.put(Part.INPUT_REGISTER, 7.0);
    return prices;
  }

  @Override
  public double price(PriceLine line) {
    return switch (line.kind()) {
      case ENERGY -> energy.getOrDefault(line.action().orElseThrow(), 0.0);
      case PASS -> pass.getOrDefault(line.part(), 0.0);
      case STATIC -> statics.getOrDefault(line.part(), 0.0);
      case AREA -> area.getOrDefault(line.part(), 0.0);
    };
  }

  @Override
  public double instances(Part part) {
    return instances.getOrDefault(part, 0.0);
  }

  @Override
  public Price explain(PriceLine line) {
    return new Price(price(line), "by hand", "test");
  }

  @Override
  public Timing timing() {
    return new Timing(
        new PassTiming(2, 1, 1, pass_ns, new PassTiming.Turns(1, pass_ns, 0), 3, 1, 0, late),
        buffer_bitPerNs,
        bus_bitPerNs,
        link_bitPerNs,
        global_bitPerNs,
        hop_ns,
        Timing.Programming.of(programming()),
        0);
  }

  @Override
  public Electrics electrics() {
    return new Electrics(0, 1, 0, 100, 50, 50, 0.9);
  }

  @Override
  public ReadoutErrors readoutErrors() {
    return new ReadoutErrors(ErrorBudget.EXACT, 1, 0, 1);
  }

  @Override
  public double missingHeadroom_V() {
    return missing_V;
  }

  @Override
  public ProgrammingPrice programming() {
    return new ProgrammingPrice(CELL_FJ, 100, 4, 100, 10);
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }
}
