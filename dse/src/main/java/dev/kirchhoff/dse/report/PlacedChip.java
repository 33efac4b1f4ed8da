package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.event.ChipAtlas.BlockOnTile;
import dev.kirchhoff.arch.event.ChipAtlas.ChipSheet;
import dev.kirchhoff.arch.event.ChipAtlas.LayerOnChip;
import dev.kirchhoff.arch.event.ChipAtlas.Links;
import dev.kirchhoff.arch.event.ChipAtlas.PartArea;
import dev.kirchhoff.arch.event.ChipAtlas.Size;
import dev.kirchhoff.arch.event.ChipAtlas.TileSheet;
import dev.kirchhoff.arch.event.ChipAtlas.Tiles;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.layout.Block;
import dev.kirchhoff.mapper.layout.LayerLayout;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.report.MappedDesign;
import dev.kirchhoff.peripherals.Part;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tiles, links and blocks of one placed design, as the page draws them. */
final class PlacedChip {
  /** Tiles that are listed one by one; more are merged into squares. */
  private static final int MOST_TILES = 40_000;

  /** Links that are listed. */
  private static final int MOST_LINKS = 50_000;

  /** The chip's port in the page's columns of nodes, which are numbers. */
  private static final int PORT = -1;

  private final EvaluatedDesign evaluated;
  private final PlacedMapping placed;
  private final MappedDesign mapped;
  private final List<LayerLayout> layouts;
  private final long cellsOfCrossbar;
  private ChipSheet chip;

  PlacedChip(EvaluatedDesign evaluated, PlacedMapping placed) {
    this.evaluated = evaluated;
    this.placed = placed;
    mapped = placed.mapped();
    layouts = mapped.layout().layers();
    Layout.Size size = mapped.layout().size();
    cellsOfCrossbar = (long) size.rows() * size.columns();
  }

  ChipSheet chip() {
    if (chip == null) {
      chip = surveyed();
    }
    return chip;
  }

  private ChipSheet surveyed() {
    List<LayerOnChip> layers = layers();
    List<int[]> links = links();
    MappedDesign.Capacity capacity = mapped.capacity();
    Layout.Size size = mapped.layout().size();
    double interval_ns =
        IntStream.range(0, evaluated.programs())
            .mapToDouble(j -> evaluated.share(j) * evaluated.flow().interval_ns(j))
            .sum();
    int loads = isReloaded() ? lastTile() / capacity.tiles() + 1 : 1;
    return new ChipSheet(
        capacity.fits(),
        new Size(
            capacity.chips(),
            capacity.tiles(),
            capacity.pesPerTile(),
            size.perPe(),
            size.rows(),
            size.columns(),
            capacity.taken(),
            loads),
        placed.design().chip().uncore().interconnect().kind().word(),
        placed.placed().isEmpty() ? 0 : mapped.fabric().columns(),
        layers,
        tiles(layers),
        listed(links),
        links.size(),
        1 / mapped.hop().link_nsPerBit(),
        interval_ns,
        areas());
  }

  private int lastTile() {
    return (int) (Math.max(0, mapped.layout().crossbars() - 1) / mapped.layout().size().perTile());
  }

  private List<LayerOnChip> layers() {
    List<LayerResult> results = Evaluator.evaluation(evaluated).layers();
    List<LayerOnChip> layers = new ArrayList<>();
    for (LayerLayout layout : layouts) {
      MappedDesign.MappedNetwork network = mapped.networks().get(layout.network());
      MappedDesign.MappedLayer layer = network.layers().get(layout.layer());
      double energy_uJ =
          results.stream()
              .filter(r -> r.network().equals(network.name()) && r.layer().equals(layer.name()))
              .mapToDouble(LayerResult::energy_uJ)
              .findFirst()
              .orElse(0);
      layers.add(
          new LayerOnChip(
              network.name(),
              layer.name(),
              layer.allocation().crossbars(),
              layer.allocation().copies(),
              layer.allocation().utilization(),
              energy_uJ,
              network.share()));
    }
    return layers;
  }

  /** Use of tiles while layers are counted one after the other. */
  private static final class TileUse {
    final int[] layer;
    final long[] most;
    final int[] layers;
    final int[] crossbars;
    final long[] cells;
    final double[] energy_uJ;
    final long[] ofLayer;
    final BitSet taken = new BitSet();

    TileUse(int tiles) {
      layer = new int[tiles];
      most = new long[tiles];
      layers = new int[tiles];
      crossbars = new int[tiles];
      cells = new long[tiles];
      energy_uJ = new double[tiles];
      ofLayer = new long[tiles];
    }
  }

  private Tiles tiles(List<LayerOnChip> layers) {
    int last = lastTile();
    TileUse use = new TileUse(isReloaded() ? mapped.capacity().tiles() : last + 1);
    int perTile = mapped.layout().size().perTile();
    for (int l = 0; l < layouts.size(); l++) {
      layouts
          .get(l)
          .forEach(
              block -> {
                int tile = placed.tile((int) (block.crossbar() / perTile));
                use.ofLayer[tile] += block.cells();
                if (!use.taken.get((int) block.crossbar())) {
                  use.taken.set((int) block.crossbar());
                  use.crossbars[tile]++;
                }
              });
      close(l, layouts.get(l), layers.get(l), use);
    }
    return columns(use);
  }

  private boolean isReloaded() {
    return placed.tile(lastTile()) != lastTile();
  }

  private static long cellsOfCopy(LayerLayout layout) {
    return (long) layout.matrix().parts() * layout.matrix().height() * layout.matrix().width();
  }

  /** Adds the cells of a layer to the tiles that it is on. */
  private void close(int number, LayerLayout layout, LayerOnChip layer, TileUse use) {
    double all = (double) cellsOfCopy(layout) * layout.copies();
    for (int tile = 0; tile < use.cells.length; tile++) {
      long cells = use.ofLayer[tile];
      if (cells > 0) {
        use.ofLayer[tile] = 0;
        use.cells[tile] += cells;
        use.layers[tile]++;
        use.energy_uJ[tile] += layer.share() * layer.energy_uJ() * cells / all;
        if (cells > use.most[tile]) {
          use.most[tile] = cells;
          use.layer[tile] = number;
        }
      }
    }
  }

  private Tiles columns(TileUse use) {
    int[] nodes = new int[use.cells.length];
    int[] chips = new int[use.cells.length];
    for (int c = 0; c < placed.placed().size(); c++) {
      PlacedMapping.Placed on = placed.placed().get(c);
      for (int unit = 0; unit < on.flows().units(); unit++) {
        int tile = on.firstTile() + unit;
        if (tile < nodes.length) {
          nodes[tile] = mapped.fabric().node(on.refined().siteOf(unit));
          chips[tile] = c;
        }
      }
    }
    List<Integer> used =
        IntStream.range(0, nodes.length).filter(t -> use.cells[t] > 0).boxed().toList();
    int columns = placed.placed().isEmpty() ? 0 : mapped.fabric().columns();
    int side = side(used.size(), columns);
    Collection<List<Integer>> squares =
        used.stream()
            .collect(
                Collectors.groupingBy(
                    t -> side == 1 ? t : square(chips[t], nodes[t], columns, side),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .values();
    return new Tiles(
        side,
        list(squares, tiles -> tiles.get(0)),
        list(squares, List::size),
        list(squares, tiles -> chips[tiles.get(0)]),
        list(squares, tiles -> (int) square(0, nodes[tiles.get(0)], columns, side)),
        list(squares, tiles -> use.layer[most(tiles, use)]),
        list(squares, tiles -> tiles.stream().mapToInt(t -> use.layers[t]).max().orElse(0)),
        list(squares, tiles -> tiles.stream().mapToInt(t -> use.crossbars[t]).sum()),
        list(squares, tiles -> tiles.stream().mapToLong(t -> use.cells[t]).sum()),
        list(squares, tiles -> tiles.stream().mapToDouble(t -> use.energy_uJ[t]).sum()));
  }

  /** Side of squares of which few enough cover the tiles. */
  private static int side(int tiles, int columns) {
    double merged = (double) tiles / MOST_TILES;
    return merged <= 1 ? 1 : (int) Math.ceil(columns > 0 ? Math.sqrt(merged) : merged);
  }

  /** Square of a node on its chip, as the node of its corner; of a row, its first. */
  private static long square(int chip, int node, int columns, int side) {
    int corner =
        columns > 0
            ? node / columns / side * side * columns + node % columns / side * side
            : node / side * side;
    return ((long) chip << Integer.SIZE) + corner;
  }

  private static int most(List<Integer> tiles, TileUse use) {
    return tiles.stream().max(Comparator.comparingLong(t -> use.most[t])).orElseThrow();
  }

  private static <T> List<T> list(
      Collection<List<Integer>> squares, Function<List<Integer>, T> of) {
    return squares.stream().map(of).toList();
  }

  /** Loaded links as chip and number, the most loaded first. */
  private List<int[]> links() {
    List<int[]> links = new ArrayList<>();
    for (int c = 0; c < placed.placed().size(); c++) {
      for (int link = 0; link < mapped.fabric().links(); link++) {
        if (load(c, link) > 0) {
          links.add(new int[] {c, link});
        }
      }
    }
    links.sort(Comparator.comparingLong((int[] at) -> -load(at[0], at[1])));
    return links;
  }

  private long load(int chip, int link) {
    return placed.placed().get(chip).refined().load(link);
  }

  private Links listed(List<int[]> links) {
    Fabric fabric = mapped.fabric();
    List<int[]> most = links.subList(0, Math.min(links.size(), MOST_LINKS));
    return new Links(
        most.stream().map(at -> at[0]).toList(),
        most.stream().map(at -> fabric.tail(at[1]).orElse(PORT)).toList(),
        most.stream().map(at -> fabric.head(at[1]).orElse(PORT)).toList(),
        most.stream().map(at -> load(at[0], at[1])).toList(),
        most.stream().map(at -> fabric.capacity(at[1])).toList());
  }

  private List<PartArea> areas() {
    List<PartArea> areas = new ArrayList<>();
    for (Part part : Part.values()) {
      double area_um2 = evaluated.instancesEach(part) * evaluated.prices().area_um2(part);
      if (area_um2 > 0) {
        String level = part.level().name().toLowerCase(Locale.ROOT);
        areas.add(new PartArea(level, part.word(), area_um2));
      }
    }
    return areas;
  }

  TileSheet tile(int tile) {
    int perTile = mapped.layout().size().perTile();
    int tiles = mapped.capacity().tiles();
    if (tile < 0 || tile > (isReloaded() ? tiles - 1 : Math.max(tiles - 1, lastTile()))) {
      throw new IllegalArgumentException("The chip has no tile " + tile + ".");
    }
    List<BlockOnTile> blocks = new ArrayList<>();
    for (int at = tile; at <= (isReloaded() ? lastTile() : tile); at += tiles) {
      Optional<Integer> load = at == tile ? Optional.empty() : Optional.of(at / tiles);
      long from = (long) at * perTile;
      for (int l = 0; l < layouts.size(); l++) {
        add(layouts.get(l), l, load, from, from + perTile, blocks);
      }
    }
    return new TileSheet(tile, blocks);
  }

  private void add(
      LayerLayout layout,
      int number,
      Optional<Integer> load,
      long from,
      long to,
      List<BlockOnTile> blocks) {
    layout.forEach(
        block -> {
          if (block.crossbar() >= from && block.crossbar() < to) {
            blocks.add(block(block, number, load));
          }
        });
  }

  private BlockOnTile block(Block block, int number, Optional<Integer> load) {
    Layout.CrossbarLocation place = mapped.layout().place(block.crossbar());
    return new BlockOnTile(
        place.pe(),
        place.crossbar(),
        load,
        number,
        block.copy(),
        block.part(),
        block.rows().first(),
        block.rows().count(),
        block.columns().first(),
        block.columns().count(),
        block.firstRow(),
        block.firstColumn());
  }
}
