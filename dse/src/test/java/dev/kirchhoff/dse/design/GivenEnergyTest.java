package dev.kirchhoff.dse.design;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.Grammar;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Energies of a user's own, of every part that the grammar lets have figures: a single value is the
 * energy of the part's natural action, and what is not given stays the default model's.
 */
class GivenEnergyTest {
  /** Without control, so that a modelled figure is the same with and without figures beside it. */
  private static final String SPEC =
      """
      kirchhoff: 1
      name: test
      chip:
        technology: {node: 28 nm}
        control: {energy: 0 %, area: 0 %}
        cell: {bits: 2, device: redox-hfox-wan2022}
      """;

  private static final double GIVEN_FJ = 123;

  /** By path of a part, or of one kind of it, what its energy is given for; natural first. */
  private static final Map<String, List<Action>> ACTIONS =
      Map.ofEntries(
          entry("crossbar", List.of(Action.ARRAY_PASS)),
          entry("pe.input", List.of(Action.ROW_PULSE, Action.WORDLINE, Action.ROW_CONVERT)),
          entry("pe.sampleHold", List.of(Action.SAMPLE)),
          entry("pe.readout", List.of(Action.CONVERSION)),
          entry("pe.readout=adderTree", List.of(Action.CONVERSION, Action.PRODUCT)),
          entry("pe.feedback", List.of(Action.LOOP_SETTLE)),
          entry("pe.random", List.of(Action.RANDOM_DRAW)),
          entry("pe.shiftAdd", List.of(Action.SHIFT_ADD)),
          entry(
              "pe.inputRegister",
              List.of(Action.INPUT_REGISTER_READ_BIT, Action.INPUT_REGISTER_WRITE_BIT)),
          entry(
              "pe.outputRegister",
              List.of(Action.OUTPUT_REGISTER_READ_BIT, Action.OUTPUT_REGISTER_WRITE_BIT)),
          entry("tile.buffer", List.of(Action.TILE_BUFFER_READ_BIT, Action.TILE_BUFFER_WRITE_BIT)),
          entry("tile.bus", List.of(Action.BUS_BIT)),
          entry("tile.outputRegister", List.of(Action.TILE_OUTPUT_REGISTER_BIT)),
          entry("tile.relu", List.of(Action.RELU)),
          entry("tile.sigmoid", List.of(Action.LOOKUP)),
          entry("tile.maxPool", List.of(Action.MAX_COMPARE)),
          entry("tile.shiftAdd", List.of(Action.ADD)),
          entry("tile.vector", List.of(Action.MULTIPLY_ACCUMULATE)),
          entry("interconnect", List.of(Action.HOP_BIT)),
          entry(
              "globalBuffer",
              List.of(Action.GLOBAL_BUFFER_READ_BIT, Action.GLOBAL_BUFFER_WRITE_BIT)),
          entry("io", List.of(Action.IO_BIT)));

  /** A part of one kind: its path, the kind or empty, and the settings that make it. */
  private record Case(String path, String kind, List<String> settings) {
    List<Action> actions() {
      List<Action> ofKind = ACTIONS.get(path + "=" + kind);
      return ofKind == null ? ACTIONS.get(path) : ofKind;
    }

    PriceTable priced(String energy) throws SpecException {
      List<String> with = new ArrayList<>(settings);
      if (!energy.isEmpty()) {
        with.add(path + ".model={energy: " + energy + "}");
      }
      return prices(with);
    }
  }

  private static PriceTable prices(List<String> settings) throws SpecException {
    DesignSpec spec =
        DesignSpec.load(
            "a.yaml",
            settings.stream().map(Setting::parse).toList(),
            List.of(),
            SpecEnvironment.of(new InMemorySource("a.yaml", SPEC)));
    return Prices.of(spec.newBinder().bind(spec.tree().start()));
  }

  /** Every part that may have figures, once a kind. */
  private static List<Case> cases() {
    Key chip =
        Grammar.spec().keys().stream().filter(k -> k.name().equals("chip")).findFirst().get();
    List<Case> cases = new ArrayList<>();
    collect(((Type.Section) chip.type()).shape(), "", "", List.of(), cases);
    return cases;
  }

  private static void collect(
      Shape shape, String path, String kind, List<String> settings, List<Case> into) {
    for (Key key : shape.keys()) {
      String at = path.isEmpty() ? key.name() : path + "." + key.name();
      if (key.type() instanceof Type.Section section) {
        collect(section.shape(), at, "", settings, into);
      } else if (key.type() instanceof Type.Kinds kinds) {
        for (Shape each : kinds.shapes()) {
          List<String> with = new ArrayList<>(settings);
          with.add(at + "=" + each.name());
          collect(each, at, each.name(), with, into);
        }
      } else if (key.type() instanceof Type.Model) {
        into.add(new Case(path, kind, settings));
      }
    }
  }

  @Test
  void everyPartThatMayHaveFiguresHasANaturalAction() {
    Set<String> paths = new TreeSet<>();
    for (Case each : cases()) {
      assertNotNull(each.actions(), each.path());
      paths.add(each.path());
    }
    Set<String> listed =
        ACTIONS.keySet().stream().map(p -> p.replaceAll("=.*", "")).collect(Collectors.toSet());
    assertEquals(listed, paths);
  }

  @Test
  void aSingleValueIsTheEnergyOfTheNaturalActionAlone() throws SpecException {
    for (Case each : cases()) {
      Action natural = each.actions().get(0);
      PriceTable standard = each.priced("");
      PriceTable single = each.priced("0.123 pJ");
      PriceTable named = each.priced("{" + natural.word() + ": 0.123 pJ}");
      for (Action action : Action.values()) {
        String where = each + ", " + action;
        assertEquals(named.energy_fJ(action), single.energy_fJ(action), where);
        if (action == natural) {
          assertEquals(GIVEN_FJ, single.energy_fJ(action), 1e-9, where);
        } else if (isBias(natural, action)) {
          assertEquals(0, single.energy_fJ(action), where);
        } else if (!isInsideTable(each, action) && !isVerified(each, action)) {
          assertEquals(standard.energy_fJ(action), single.energy_fJ(action), where);
        }
      }
    }
  }

  /** The energy of a conversion or a pulse includes the bias of its circuit, of a hop its wires. */
  private static boolean isBias(Action given, Action action) {
    return (given == Action.CONVERSION && action == Action.CONVERTER_BIAS)
        || (given == Action.ROW_PULSE && action == Action.ROW_BIAS)
        || (given == Action.HOP_BIT && action == Action.PITCH_BIT);
  }

  @Test
  void anActionGivenByNameChangesNoOther() throws SpecException {
    for (Case each : cases()) {
      PriceTable standard = each.priced("");
      for (Action given : each.actions()) {
        PriceTable named = each.priced("{" + given.word() + ": 0.123 pJ}");
        for (Action action : Action.values()) {
          String where = each + ", " + given + ", " + action;
          if (action == given) {
            assertEquals(GIVEN_FJ, named.energy_fJ(action), 1e-9, where);
          } else if (isBias(given, action)) {
            assertEquals(0, named.energy_fJ(action), where);
          } else if (!isInsideTable(each, action) && !isVerified(each, action)) {
            assertEquals(standard.energy_fJ(action), named.energy_fJ(action), where);
          }
        }
      }
    }
  }

  /**
   * A table array's pass holds its cells and columns, their amplifiers and multiplexers; wires over
   * the tile are as long as what is left needs.
   */
  private static boolean isInsideTable(Case each, Action action) {
    Set<Part> changed =
        Set.of(Part.CROSSBAR, Part.FRONT_END, Part.COLUMN_MUX, Part.BUS, Part.INTERCONNECT);
    return each.path().equals("crossbar") && changed.contains(action.part());
  }

  /** A cell that is written is verified by conversions, at their given price. */
  private static boolean isVerified(Case each, Action action) {
    return each.path().equals("pe.readout") && action == Action.CELL_WRITE;
  }

  @Test
  void actionsThatAPartDoesNotHaveAreErrorsThatListThoseItHas() {
    for (Case each : cases()) {
      List<String> words = each.actions().stream().map(Action::word).toList();
      SpecException e = assertThrows(SpecException.class, () -> each.priced("{nonsense: 1 pJ}"));
      List<String> told = e.problems().stream().map(SpecProblem::toString).toList();
      assertEquals(1, told.size(), each + ": " + told);
      assertTrue(
          told.get(0).contains(each.path() + ".model.energy.nonsense: unknown action of ")
              && told.get(0).endsWith("; there are " + String.join(", ", words)),
          each + ": " + told);
      String near = words.get(0) + "s";
      SpecException misspelt =
          assertThrows(SpecException.class, () -> each.priced("{" + near + ": 1 pJ}"));
      assertTrue(
          misspelt.problems().get(0).toString().endsWith("did you mean " + words.get(0) + "?"),
          each + ": " + misspelt.problems());
    }
  }

  /** A wordline that carries the pulses itself is opened with them, at no price of its own. */
  @Test
  void wordlinesThatAChipDoesNotHaveCostNothing() throws SpecException {
    String figures = "pe.input.model={energy: 0.123 pJ}";
    assertEquals(0, prices(List.of(figures)).energy_fJ(Action.WORDLINE));

    String line = "pe.input.sign=bipolar";
    double modelled_fJ = prices(List.of(line)).energy_fJ(Action.WORDLINE);
    assertTrue(modelled_fJ > 0);
    assertEquals(modelled_fJ, prices(List.of(line, figures)).energy_fJ(Action.WORDLINE));
  }

  @Test
  void anotherPartsEnergyIsOfAPass() throws SpecException {
    for (String level : List.of("pe", "tile", "chip")) {
      String path = level.equals("chip") ? "others" : level + ".others";
      String part = path + "=[{name: ours, model: {energy: %s}}]";
      PriceTable single = prices(List.of(part.formatted("2 pJ")));
      PriceTable named = prices(List.of(part.formatted("{pass: 2 pJ}")));
      Part others = Part.valueOf(level.toUpperCase(java.util.Locale.ROOT) + "_OTHERS");
      assertEquals(2000, single.items(others).get(0).pass_fJ().value(), 1e-9);
      assertEquals(2000, named.items(others).get(0).pass_fJ().value(), 1e-9);
      SpecException e =
          assertThrows(SpecException.class, () -> prices(List.of(part.formatted("{read: 2 pJ}"))));
      assertTrue(e.getMessage().contains("there are pass"), e.getMessage());
    }
  }
}
