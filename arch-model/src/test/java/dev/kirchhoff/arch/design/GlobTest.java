package dev.kirchhoff.arch.design;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "net/a.b, net/a.b, true", "net/a.b, net/axb, false", "*, net/a, true", "net/*, net/, true",
    "*b?d*, abcbxd, true", "*ab*ba, aba, false", "*ab, abab, true", "a*b, abc, false",
    "a*b*c, aXbXbc, true", "?, ab, false", "**a, ba, true"
  })
  void aStarStandsForAnyCharacters(String glob, String name, boolean matches) {
    assertEquals(matches, DesignBinder.glob(glob).matcher(name).matches());
  }

  @ParameterizedTest
  @CsvSource({"**, 100", "*a, 30"})
  void manyStarsTakeNoTime(String part, int times) {
    String glob = part.repeat(times) + "*q";
    assertTimeoutPreemptively(
        ofSeconds(5),
        () -> assertEquals(false, DesignBinder.glob(glob).matcher("a".repeat(80)).matches()));
  }
}
