package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/** Classes of circuits with the nodes that their scaling was made for. */
final class ScalingText {
  private ScalingText() {}

  /** One line a class: nodes that its rule was made for, and where it comes from. */
  static Page table() {
    TextTable table = new TextTable("", 3).row("class", "made for", "source");
    for (ScalingClass scaling : ScalingClass.values()) {
      table.row(
          scaling.word(),
          Units.brief(scaling.smallest_nm()) + ".." + Units.brief(scaling.largest_nm()) + " nm",
          scaling.source());
    }
    return new Page()
        .append(table)
        .append(
            "Beyond these nodes a rule's trend is continued and evaluate says so. Nominal supplies;"
                + " 300 K; analogue and high voltage relative to 28 nm.\n");
  }
}
