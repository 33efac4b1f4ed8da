package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.MappingReport;
import dev.kirchhoff.dse.report.MappingReport.Link;
import dev.kirchhoff.dse.report.MappingReport.Traffic;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Traffic of a mapping over the fabric, in the order of tiles and refined, as text. */
final class MapTraffic {
  /** Links that are named. */
  private static final int NAMED = 5;

  private static final String[] PREFIXES = {" b", " kb", " Mb", " Gb", " Tb", " Pb"};

  private final Traffic traffic;
  private final Optional<Integer> columns;

  private MapTraffic(MappingReport mapping) {
    traffic = mapping.traffic().orElseThrow();
    columns = mapping.placement().orElseThrow().columns();
  }

  static Page of(MappingReport mapping) {
    return new MapTraffic(mapping).text();
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
    long byTiles = traffic.inOrder().bitHops();
    long after = traffic.refined().bitHops();
    double before = traffic.evaluated().bitHops();
    if (byTiles == 0 && before == 0) {
      return new Page().append("  no traffic between tiles\n");
    }
    long mostBefore = traffic.inOrder().mostLoadedLink_bits();
    long mostAfter = traffic.refined().mostLoadedLink_bits();
    TextTable table = new TextTable("  ");
    table.head("traffic of one inference", "in order", "refined", "");
    table.row("bit-hops", bits(before), bits(after), change(before, after));
    if (traffic.costsEnergy()) {
      table.row(
          "energy",
          Units.print(traffic.evaluated().energy_fJ(), Dimension.ENERGY),
          Units.print(traffic.refined().energy_fJ(), Dimension.ENERGY),
          "");
    }
    String widest = traffic.hasWideLinks() ? "most loaded link by width" : "most loaded link";
    table.row(widest, bits(mostBefore), bits(mostAfter), change(mostBefore, mostAfter));
    Page text = new Page().append(table);
    text.append("  in order as evaluate counts it; tile by tile ")
        .append(bits(byTiles))
        .append(", ")
        .append(change(before, byTiles))
        .append('\n');
    if (!traffic.costsEnergy()) {
      text.append("  a bit and hop has no energy of its own: routers have rated power, or none\n");
    }
    return text.append(links());
  }

  private TextTable links() {
    List<Link> links = new ArrayList<>(traffic.links());
    int all = links.size();
    links.sort(Comparator.comparingDouble(Link::time_ns).reversed());
    TextTable table = new TextTable("  ");
    table.head(
        "most loaded links of " + Units.count(all),
        "bits",
        traffic.hasWideLinks() ? "widths" : "",
        "time");
    for (Link link : links.subList(0, Math.min(NAMED, all))) {
      String chip = link.chip().map(number -> "chip " + (number + 1) + ", ").orElse("");
      table.row(
          chip + name(link),
          bits(link.bits()),
          traffic.hasWideLinks() ? widths(link.capacity()) : "",
          Units.print(link.time_ns(), Dimension.TIME));
    }
    return table;
  }

  private static String widths(double capacity) {
    return capacity == Math.rint(capacity)
        ? Units.count((long) capacity)
        : Units.significant(capacity);
  }

  private static String change(double before, double after) {
    double change = after / before - 1;
    return Math.abs(change) < 5e-4 ? "same" : String.format(Locale.ROOT, "%+.1f %%", 100 * change);
  }

  private String name(Link link) {
    return link.from().equals(link.to())
        ? "between all tiles"
        : node(link.from()) + " to " + node(link.to());
  }

  private String node(MappingReport.End end) {
    if (end.number().isEmpty()) {
      return "the port";
    }
    int node = end.number().get();
    return columns
        .map(across -> "row " + (node / across + 1) + " column " + (node % across + 1))
        .orElse("node " + node);
  }
}
