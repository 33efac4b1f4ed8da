package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.design.LoadedSpecs.load;
import static dev.kirchhoff.arch.design.LoadedSpecs.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.spec.SpecException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures of a user's own: how they are spelt, and which settings they hold for. */
class GivenFiguresTest {
  private static final String READOUT =
      "kirchhoff: 1\nchip:\n  pe:\n    readout: {kind: sar, bits: 7%s}\n";

  private static DesignSpec readout(String model, String... settings) throws SpecException {
    return load("a.yaml", Map.of("a.yaml", String.format(READOUT, model)), settings);
  }

  private static ComponentModel.Given figures(DesignSpec spec) {
    Design design = spec.newBinder().bind(spec.tree().start());
    return (ComponentModel.Given) design.chip().pe().readout().model();
  }

  private static String refusal(Map<String, String> files, String... settings) {
    return assertThrows(SpecException.class, () -> load("a.yaml", files, settings)).getMessage();
  }

  @Test
  void aSingleEnergyIsThatOfTheNaturalAction() throws SpecException {
    Map<String, Double> conversion = Map.of("conversion", 450.0);
    DesignSpec single = readout(", model: {energy: 0.45 pJ}");
    assertEquals(conversion, figures(single).energy_fJ());
    assertEquals(
        conversion, figures(readout(", model: {energy: {conversion: 0.45 pJ}}")).energy_fJ());
    String resolved = SpecText.yaml(single);
    assertTrue(resolved.contains("energy: {conversion: 0.45 pJ}"), resolved);
    assertEquals(
        conversion, figures(load("a.yaml", Map.of("a.yaml", resolved))).energy_fJ(), "reads back");
  }

  @Test
  void anEnergySetByNameStandsBesideASingleOne() throws SpecException {
    String tree = "kirchhoff: 1\nchip: {pe: {readout: {kind: adderTree, model: {energy: 2 pJ}}}}\n";
    Map<String, String> files = Map.of("a.yaml", tree);
    String path = "pe.readout.model.energy.";
    assertEquals(
        Map.of("conversion", 2000.0, "product", 3.0),
        figures(load("a.yaml", files, path + "product=3 fJ")).energy_fJ());
    assertEquals(
        Map.of("conversion", 3.0),
        figures(load("a.yaml", files, path + "conversion=3 fJ")).energy_fJ());
  }

  @Test
  void actionsThatAPartDoesNotHaveAreErrors() {
    String spec = String.format(READOUT, ", model: {energy: {%s}}");
    assertEquals(
        List.of(
            "a.yaml:4:52 pe.readout.model.energy.convertion: unknown action of readout;"
                + " did you mean conversion?"),
        problems(String.format(spec, "convertion: 0.45 pJ")));
    assertEquals(
        List.of(
            "a.yaml:4:52 pe.readout.model.energy.product: unknown action of readout;"
                + " there are conversion"),
        problems(String.format(spec, "product: 0.45 pJ")),
        "a converter adds no products");
    assertEquals(
        List.of(
            "a.yaml:4:51 pe.readout.model.energy: names no action of readout; there are conversion"),
        problems(String.format(spec, "")));
    assertEquals(
        List.of(
            "a.yaml:2:36 crossbar.model.energy.cellRead: unknown action of crossbar;"
                + " there are pass"),
        problems("kirchhoff: 1\nchip: {crossbar: {model: {energy: {cellRead: 1 fJ}}}}\n"),
        "figures of an array are of whole passes");
  }

  @Test
  void powerIncludesEnergyAndLeakage() {
    for (String other : List.of("energy: 1 pJ", "leakage: 1 uW")) {
      String model = String.format(", model: {power: 1 mW, %s}", other);
      assertEquals(
          List.of(
              "a.yaml:4:50 pe.readout.model.power: includes everything; give power, or energy and"
                  + " leakage, not both"),
          problems(String.format(READOUT, model)));
    }
  }

  @Test
  void figuresMayBeLaidOverTheSettingsThatTheyHoldFor() throws SpecException {
    Map<String, Double> conversion = Map.of("conversion", 450.0);
    String set = "pe.readout.model={node: 28 nm, area: 900 um2, energy: 0.45 pJ}";
    DesignSpec overFile = readout("", set);
    assertEquals(conversion, figures(overFile).energy_fJ());
    assertEquals(28, figures(overFile).origin().node_nm(), 1e-9);
    assertEquals(
        conversion, figures(readout("", "pe.readout.bits=6", set)).energy_fJ(), "both are set");
    assertEquals(
        conversion, figures(readout(", model: survey-2025", set)).energy_fJ(), "another model");
    Map<String, String> extended =
        Map.of(
            "base.yaml",
            String.format(READOUT, ""),
            "a.yaml",
            "kirchhoff: 1\nextends: base.yaml\n"
                + "chip: {pe: {readout: {model: {energy: 0.45 pJ}}}}\n");
    assertEquals(conversion, figures(load("a.yaml", extended)).energy_fJ());
  }

  @Test
  void figuresSetInAChoiceHoldForTheAlternativesThatTakeAllThatIsSet() throws SpecException {
    Map<String, String> choice =
        Map.of(
            "a.yaml",
            "kirchhoff: 1\nchip: {pe: {readout: {any: [{kind: sar, bits: {any: [6, 7, 8]}},"
                + " {kind: senseAmplifier, bits: {any: [1, 2]}}]}}}\n");
    String figures = "pe.readout.model={energy: 0.45 pJ}";
    for (List<String> settings :
        List.of(List.of("pe.readout.bits=7", figures), List.of(figures, "pe.readout.bits=7"))) {
      DesignSpec spec = load("a.yaml", choice, settings.toArray(String[]::new));
      assertEquals(List.of(), spec.knobs(), "a sense amplifier has at most 4 bits");
      assertEquals(Map.of("conversion", 450.0), figures(spec).energy_fJ());
    }
  }

  @Test
  void settingsLaidOverFiguresAreErrors() {
    Map<String, String> own =
        Map.of("a.yaml", String.format(READOUT, ", model: {energy: 0.45 pJ}"));
    String changed = "is changed, but the figures of a.yaml:4 hold for the bits of that file only";
    assertTrue(refusal(own, "pe.readout.bits=6").contains(changed));
    assertTrue(
        refusal(own, "pe.readout.bits=6", "pe.readout.model={area: 900 um2}").contains(changed),
        "the energy is still that of the file");
    Map<String, String> partly =
        Map.of(
            "base.yaml",
            String.format(READOUT, ", model: {energy: 0.45 pJ}"),
            "a.yaml",
            "kirchhoff: 1\nextends: base.yaml\n"
                + "chip: {pe: {readout: {bits: 6, model: {area: 900 um2}}}}\n");
    assertTrue(
        refusal(partly)
            .contains("is changed, but the figures of base.yaml:4 hold for the bits of that file"),
        "the area is of 6 bits, the energy of 7");
  }
}
