package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.report.MappingReport;
import dev.kirchhoff.dse.report.MappingReport.LayerMapping;
import dev.kirchhoff.dse.report.MappingReport.Placement;
import dev.kirchhoff.dse.report.MappingReport.Site;
import dev.kirchhoff.dse.report.MappingReport.StoredLayer;
import dev.kirchhoff.dse.terminal.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tiles where they stand: for each site the number of the layer that has most of its crossbars,
 * with a plus if others are there too and a dot if nobody is. Grids as rows of routers, other
 * fabrics site by site.
 */
final class FloorplanText {
  private static final int WIDEST = 150;
  private static final int IN_A_LINE = 16;
  private static final String FREE = ".";
  private static final String INDENT = "   ";

  private FloorplanText() {}

  /** Plans of all chips; none where all tiles share one medium. */
  static Page of(MappingReport mapping) {
    Placement placement = mapping.placement().orElseThrow();
    Page out = new Page();
    List<Integer> nodes = placement.nodes().orElse(List.of());
    if (nodes.size() > 1) {
      Map<Integer, String> tiles = tiles(mapping);
      Map<Optional<Integer>, List<Site>> chips = new LinkedHashMap<>();
      for (Site site : placement.sites()) {
        chips.computeIfAbsent(site.chip(), chip -> new ArrayList<>()).add(site);
      }
      chips.forEach((chip, sites) -> out.append(plan(placement, nodes, chip, sites, tiles)));
    }
    return out;
  }

  private static Page plan(
      Placement placement,
      List<Integer> nodes,
      Optional<Integer> chip,
      List<Site> placed,
      Map<Integer, String> tiles) {
    boolean isGrid = placement.columns().isPresent();
    List<String> cells = cells(nodes, placed, tiles, isGrid);
    int across = placement.columns().orElse(IN_A_LINE);
    String sites =
        isGrid
            ? (cells.size() + across - 1) / across + " x " + across + ", port at the first"
            : nodes.size() + " sites in their order";
    String of = chip.map(number -> "chip " + (number + 1) + ": ").orElse("");
    String head = "  " + of + placement.fabric() + ", " + sites;
    return new Page().append(columns -> drawn(head, cells, across, isGrid, columns));
  }

  /** The plan; rows of a grid are not broken, so that one wider than the line is not drawn. */
  private static String drawn(
      String head, List<String> cells, int across, boolean isGrid, int columns) {
    int width = cells.stream().mapToInt(String::length).max().orElse(1) + 1;
    int most = (Math.min(columns, WIDEST) - INDENT.length()) / width;
    if (most < across && isGrid) {
      return new Page().append(head + ": too wide to print, sites are in the JSON\n").at(columns);
    }
    int inALine = Math.min(most, across);
    Page out = new Page().append(head + "; numbers are layers, + more than one, . nothing\n");
    for (int from = 0; from < cells.size(); from += inALine) {
      StringBuilder line = new StringBuilder(INDENT);
      for (String cell : cells.subList(from, Math.min(cells.size(), from + inALine))) {
        line.append(" ".repeat(width - cell.length())).append(cell);
      }
      out.append(line.toString().stripTrailing() + "\n");
    }
    return out.at(columns);
  }

  /** By node where there are rows of them, else by site; tiles of one router with a slash. */
  private static List<String> cells(
      List<Integer> nodes, List<Site> placed, Map<Integer, String> tiles, boolean isGrid) {
    List<String> bySite = new ArrayList<>(Collections.nCopies(nodes.size(), FREE));
    placed.forEach(site -> bySite.set(site.site(), tiles.getOrDefault(site.tile(), FREE)));
    List<String> cells = new ArrayList<>();
    for (int site = 0; site < bySite.size(); site++) {
      int at = isGrid ? nodes.get(site) : site;
      while (cells.size() <= at) {
        cells.add("");
      }
      String before = cells.get(at);
      cells.set(at, before.isEmpty() ? bySite.get(site) : before + "/" + bySite.get(site));
    }
    return cells;
  }

  /** The number of the layer with most blocks on each tile that has any. */
  private static Map<Integer, String> tiles(MappingReport mapping) {
    Map<Integer, Map<Integer, Long>> blocks = new TreeMap<>();
    for (int n = 0; n < mapping.networks().size(); n++) {
      List<LayerMapping> layers = mapping.networks().get(n).layers();
      for (int l = 0; l < layers.size(); l++) {
        if (layers.get(l) instanceof StoredLayer layer) {
          int number = mapping.number(n, l);
          layer.stored().copies().stream()
              .flatMap(copies -> copies.stream().flatMap(List::stream))
              .forEach(
                  block ->
                      blocks
                          .computeIfAbsent(block.tile(), tile -> new TreeMap<>())
                          .merge(number, 1L, Long::sum));
        }
      }
    }
    Map<Integer, String> cells = new TreeMap<>();
    blocks.forEach((tile, layers) -> cells.put(tile, cell(layers)));
    return cells;
  }

  private static String cell(Map<Integer, Long> layers) {
    long most = Collections.max(layers.values());
    int first =
        layers.keySet().stream().filter(n -> layers.get(n) == most).findFirst().orElseThrow();
    return first + (layers.size() > 1 ? "+" : "");
  }
}
