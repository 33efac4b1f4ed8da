package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.dse.report.PlacedMapping;
import dev.kirchhoff.mapper.fabric.Fabric;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles where they stand: for each site the number of the layer that has most of its crossbars,
 * with a plus if others are there too and a dot if nobody is. Grids as rows of routers, other
 * fabrics site by site.
 */
final class FloorplanText {
  private static final int WIDEST = 150;
  private static final int IN_A_LINE = 16;
  private static final String FREE = ".";

  private FloorplanText() {}

  static String of(PlacedMapping result, PlacedMapping.Placed placed) {
    Fabric fabric = result.mapped().fabric();
    Topology kind = result.design().chip().uncore().interconnect().kind();
    if (fabric.links() <= 1 || fabric.sites() == 1) {
      return "";
    }
    boolean isGrid = fabric.columns() > 0;
    List<String> cells = cells(result, placed, isGrid);
    int width = cells.stream().mapToInt(String::length).max().orElse(1);
    int columns = isGrid ? fabric.columns() : IN_A_LINE;
    int rows = (cells.size() + columns - 1) / columns;
    StringBuilder out = new StringBuilder("  ");
    if (result.placed().size() > 1) {
      out.append("chip ").append(result.placed().indexOf(placed) + 1).append(": ");
    }
    out.append(kind.word());
    if (isGrid) {
      out.append(", ").append(rows).append(" x ").append(columns).append(", port at the first");
    } else {
      out.append(", ").append(fabric.sites()).append(" sites in their order");
    }
    if ((width + 1) * columns > WIDEST) {
      return out.append(": too wide to print, sites are in the JSON\n").toString();
    }
    out.append("; numbers are layers, + more than one, . nothing\n");
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder("   ");
      for (int i = row * columns; i < Math.min(cells.size(), (row + 1) * columns); i++) {
        line.append(' ').append(" ".repeat(width - cells.get(i).length())).append(cells.get(i));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  /** By node where there are rows of them, else by site; tiles of one router with a slash. */
  private static List<String> cells(
      PlacedMapping result, PlacedMapping.Placed placed, boolean isGrid) {
    Fabric fabric = result.mapped().fabric();
    List<List<PlacedMapping.OnTile>> tiles = result.tiles();
    String[] bySite = new String[fabric.sites()];
    for (int unit = 0; unit < placed.flows().units(); unit++) {
      int tile = placed.firstTile() + unit;
      if (tile < tiles.size()) {
        bySite[placed.refined().siteOf(unit)] = cell(tiles.get(tile));
      }
    }
    List<String> cells = new ArrayList<>();
    for (int site = 0; site < bySite.length; site++) {
      String text = bySite[site] == null ? FREE : bySite[site];
      int at = isGrid ? fabric.node(site) : site;
      while (cells.size() <= at) {
        cells.add("");
      }
      cells.set(at, cells.get(at).isEmpty() ? text : cells.get(at) + "/" + text);
    }
    return cells;
  }

  private static String cell(List<PlacedMapping.OnTile> layers) {
    if (layers.isEmpty()) {
      return FREE;
    }
    return layers.get(0).number() + (layers.size() > 1 ? "+" : "");
  }
}
