package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.PartBinder;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.Precision;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Binder of the section {@code chip} of one design to records; each part reads its own section. */
final class ChipBinder implements PartBinder {
  /**
   * Technology of a file that states figures.
   *
   * @param node_nm its node
   * @param supply_V its supply
   */
  record FileTechnology(double node_nm, double supply_V) {}

  private final Function<Place, FileTechnology> technologies;
  private final DeviceBinder devices;
  private final IdentityHashMap<Value.Section, ComponentModel> givens = new IdentityHashMap<>();

  ChipBinder(DeviceCatalogue catalogue, Function<Place, FileTechnology> technologies) {
    this.technologies = technologies;
    devices = new DeviceBinder(catalogue::section);
  }

  /**
   * Chip of a design.
   *
   * @param widest widest precision of a layer
   */
  Chip chip(View.Section chip, double temperature_K, Precision widest) {
    return Chip.of(chip, temperature_K, widest, this);
  }

  @Override
  public Device device(View.Section cell) {
    Device device = devices.device(cell.section("device"));
    return cell.has("area")
        ? DeviceBinder.inCell(device, cell.number("area"), cell.raw("area").place())
        : device;
  }

  @Override
  public ComponentModel model(View.Section section) {
    if (!section.has("model")) {
      return ComponentModel.standard();
    }
    if (!section.isSection("model")) {
      return new ComponentModel.Named(section.word("model"));
    }
    View.Section figures = section.section("model");
    ComponentModel known = givens.get(figures.undecided());
    if (known != null) {
      return known;
    }
    ComponentModel model = given(figures);
    if (DeviceBinder.isPlain(figures.undecided())) {
      givens.put(figures.undecided(), model);
    }
    return model;
  }

  private ComponentModel given(View.Section figures) {
    FileTechnology technology = technologies.apply(figures.place());
    OptionalDouble time_ns = figures.optionalNumber("time");
    if (time_ns.isEmpty() && figures.has("rate")) {
      time_ns = OptionalDouble.of(1 / figures.number("rate"));
    }
    Map<String, Double> energy_fJ = new HashMap<>();
    if (figures.raw("energy") instanceof Value.PerAction perAction) {
      perAction.numbers().forEach((action, number) -> energy_fJ.put(action, number.number()));
    }
    return new ComponentModel.Given(
        figures.optionalNumber("area"),
        figures.optionalNumber("power"),
        energy_fJ,
        figures.optionalNumber("leakage"),
        time_ns,
        new ComponentModel.Origin(
            figures.has("node") ? figures.number("node") * Units.NM_PER_UM : technology.node_nm(),
            figures.has("supply") ? figures.number("supply") : technology.supply_V(),
            figures.place().fileAndLine(),
            figures.has("source") ? figures.word("source") : ""));
  }
}
