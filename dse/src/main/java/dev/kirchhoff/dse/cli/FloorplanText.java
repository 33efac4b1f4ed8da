package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.dse.report.PlacedMapping;
import dev.kirchhoff.dse.terminal.Page;
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
  private static final String INDENT = "   ";

  private FloorplanText() {}

  static Page of(PlacedMapping result, PlacedMapping.Placed placed) {
    Fabric fabric = result.mapped().fabric();
    Topology kind = result.design().chip().uncore().interconnect().kind();
    if (fabric.links() <= 1 || fabric.sites() == 1) {
      return new Page();
    }
    boolean isGrid = fabric.columns() > 0;
    List<String> cells = cells(result, placed, isGrid);
    String chip =
        result.placed().size() > 1 ? "chip " + (result.placed().indexOf(placed) + 1) + ": " : "";
    int across = isGrid ? fabric.columns() : IN_A_LINE;
    String sites =
        isGrid
            ? (cells.size() + across - 1) / across + " x " + across + ", port at the first"
            : fabric.sites() + " sites in their order";
    String head = "  " + chip + kind.word() + ", " + sites;
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
