package dev.kirchhoff.dse.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final long SEED = 20261128;

  @Test
  void aLongLineIsBrokenAtSpacesAndIndentedBelow() {
    assertEquals(
        "  one two\n    three\n    four\n", new Page().append("  one two three four\n").at(11));
    assertEquals("one two\n", new Page().append("one two\n").at(7));
  }

  @Test
  void aLineThatIsAppendedInPartsIsFoldedAsOne() {
    Page page = new Page().append("one ").append(2L).append(' ').append("three").append('\n');
    assertEquals("one 2\n  three\n", page.at(8));
    assertEquals("one 2 three\n", page.toString());
  }

  @Test
  void aNumberStaysWithItsUnitAndACommandIsNotBroken() {
    assertEquals("area of\n  12 mm2\n", new Page().append("area of 12 mm2\n").at(11));
    assertEquals(
        "Next:\n  ./kirchhoff show k3f9\n",
        new Page().append("Next: ./kirchhoff show k3f9\n").at(24));
  }

  @Test
  void aWordLongerThanALineIsCutBehindItsJoints() {
    assertEquals(
        List.of("examples/", "quickstart.", "yaml"),
        Folding.words("examples/quickstart.yaml", 11, 11));
    assertEquals(List.of("abcdef", "gh"), Folding.words("abcdefgh", 6, 6));
  }

  /** The page's address in a terminal of 80 columns: cut at its hyphen it led nowhere. */
  @Test
  void anAddressIsNotCut() {
    String address = "http://127.0.0.1:8100/runs/20261129T002234Z-quickstart-2bwm?token=UOBQNJIs";
    assertEquals(
        "stays at\n  " + address + "\n  until Ctrl-C\n",
        new Page().append("stays at " + address + " until Ctrl-C\n").at(60));
  }

  @Test
  void aStyleGoesOnBelow() {
    String folded = new Page().append(Style.FAINT.of("one two") + "\n").at(5);
    assertEquals("\u001b[2mone\u001b[0m\n  \u001b[2mtwo\u001b[0m\n", folded);
  }

  @Test
  void noLineIsLongerThanAskedForAndNoWordIsLost() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 2000; trial++) {
      StringBuilder text = new StringBuilder(" ".repeat(random.nextInt(9)));
      for (int word = random.nextInt(30); word >= 0; word--) {
        String letters = "a1.,()/-%".repeat(1 + random.nextInt(4));
        text.append(letters, 0, 1 + random.nextInt(letters.length()));
        text.append(" ".repeat(1 + random.nextInt(2)));
      }
      int columns = 20 + random.nextInt(60);
      String folded = new Page().append(text + "\n").at(columns);
      String trialText = "seed " + SEED + ", trial " + trial + ":\n" + text + "\n" + folded;
      assertTrue(folded.lines().allMatch(line -> line.length() <= columns), trialText);
      assertEquals(text.toString().replaceAll("\\s", ""), folded.replaceAll("\\s", ""), trialText);
    }
  }
}
