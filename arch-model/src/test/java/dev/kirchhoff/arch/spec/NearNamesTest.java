package dev.kirchhoff.arch.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The name that was probably meant. */
class NearNamesTest {
  private static final List<String> NAMES = List.of("rows", "columns", "rowsActive", "columnMux");

  @Test
  void anAbbreviationMeansTheNameThatItShortensNotOneOfItsLength() {
    assertEquals(Optional.of("columns"), NearNames.nearest("cols", NAMES));
    assertEquals(Optional.of("columnMux"), NearNames.nearest("colMux", NAMES));
    assertEquals(Optional.of("rowsActive"), NearNames.nearest("rowsAct", NAMES));
  }

  @Test
  void aMisspeltNameSuggestsTheNearestOneIfAnyIsNear() {
    assertEquals(Optional.of("columns"), NearNames.nearest("colunms", NAMES));
    assertEquals(Optional.of("rows"), NearNames.nearest("row", NAMES));
    assertEquals(Optional.empty(), NearNames.nearest("voltage", NAMES));
  }
}
