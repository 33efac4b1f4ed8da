package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.PlacedMapping;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.place.PlacementCost;
import dev.kirchhoff.mapper.report.MappedDesign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Traffic of a mapping over the fabric, in the order of tiles and refined, as text. */
final class MapTraffic {
  /** Links that are named. */
  private static final int NAMED = 5;

  private static final String[] PREFIXES = {" b", " kb", " Mb", " Gb", " Tb", " Pb"};

  private final PlacedMapping result;
  private final MappedDesign mapped;

  private MapTraffic(PlacedMapping result) {
    this.result = result;
    mapped = result.mapped();
  }

  private record Link(int chip, int number, long bits, double time_ns) {}

  static Page of(PlacedMapping result) {
    return new MapTraffic(result).text();
  }

  /** Bits with a prefix. */
  static String bits(double bits) {
    int prefix = 0;
    double amount = bits;
    while (amount >= 999.5 && prefix < PREFIXES.length - 1) {
      amount /= 1000;
      prefix++;
    }
    return Units.significant(amount) + PREFIXES[prefix];
  }

  private Page text() {
    long byTiles = sum(PlacedMapping.Placed::inOrder);
    long after = sum(PlacedMapping.Placed::refined);
    double before = mapped.hop().counted();
    if (byTiles == 0 && before == 0) {
      return new Page().append("  no traffic between tiles\n");
    }
    long mostBefore = most(PlacedMapping.Placed::inOrder);
    long mostAfter = most(PlacedMapping.Placed::refined);
    double hop_fJ = mapped.hop().energy_fJ();
    TextTable table = new TextTable("  ");
    table.head("traffic of one inference", "in order", "refined", "");
    table.row("bits times hops", bits(before), bits(after), change(before, after));
    if (hop_fJ > 0) {
      table.row(
          "energy",
          Units.print(before * hop_fJ, Dimension.ENERGY),
          Units.print(after * hop_fJ, Dimension.ENERGY),
          "");
    }
    String widest = isWide() ? "most loaded link by width" : "most loaded link";
    table.row(widest, bits(mostBefore), bits(mostAfter), change(mostBefore, mostAfter));
    Page text = new Page().append(table);
    text.append("  in order as evaluate counts it; tile by tile ")
        .append(bits(byTiles))
        .append(", ")
        .append(change(before, byTiles))
        .append('\n');
    if (hop_fJ == 0) {
      text.append("  a bit and hop has no energy of its own: routers have rated power, or none\n");
    }
    return text.append(links());
  }

  private TextTable links() {
    List<Link> links = new ArrayList<>();
    for (int chip = 0; chip < result.placed().size(); chip++) {
      PlacementCost cost = result.placed().get(chip).refined();
      for (int link = 0; link < mapped.fabric().links(); link++) {
        double time_ns =
            cost.load(link) / mapped.fabric().capacity(link) * mapped.hop().link_nsPerBit();
        if (cost.load(link) > 0) {
          links.add(new Link(chip, link, cost.load(link), time_ns));
        }
      }
    }
    int all = links.size();
    links.sort(Comparator.comparingDouble(Link::time_ns).reversed());
    TextTable table = new TextTable("  ");
    table.head(
        "most loaded links of " + Units.count(all), "bits", isWide() ? "widths" : "", "time");
    for (Link link : links.subList(0, Math.min(NAMED, all))) {
      String chip = result.placed().size() > 1 ? "chip " + (link.chip() + 1) + ", " : "";
      table.row(
          chip + name(link.number()),
          bits(link.bits()),
          isWide() ? widths(link.number()) : "",
          Units.print(link.time_ns(), Dimension.TIME));
    }
    return table;
  }

  private String widths(int link) {
    double capacity = mapped.fabric().capacity(link);
    return capacity == Math.rint(capacity)
        ? Units.count((long) capacity)
        : Units.significant(capacity);
  }

  /** True if some links are several times as wide as others, or have several tracks. */
  private boolean isWide() {
    boolean any = false;
    for (int link = 0; link < mapped.fabric().links(); link++) {
      any |= mapped.fabric().capacity(link) != 1;
    }
    return any;
  }

  private long sum(Function<PlacedMapping.Placed, PlacementCost> of) {
    return result.placed().stream().mapToLong(placed -> of.apply(placed).bitHops()).sum();
  }

  private long most(Function<PlacedMapping.Placed, PlacementCost> of) {
    return result.placed().stream().mapToLong(p -> of.apply(p).mostLoad()).max().orElse(0);
  }

  private static String change(double before, double after) {
    double change = after / before - 1;
    return Math.abs(change) < 5e-4 ? "same" : String.format(Locale.ROOT, "%+.1f %%", 100 * change);
  }

  private String name(int link) {
    Fabric fabric = mapped.fabric();
    if (fabric.tail(link) == fabric.head(link)) {
      return "between all tiles";
    }
    return node(fabric.tail(link)) + " to " + node(fabric.head(link));
  }

  private String node(int node) {
    if (node == Fabric.OUTSIDE) {
      return "the port";
    }
    int columns = mapped.fabric().columns();
    return columns == 0
        ? "node " + node
        : "row " + (node / columns + 1) + " column " + (node % columns + 1);
  }
}
