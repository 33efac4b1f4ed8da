package dev.kirchhoff.mapper.layout;

import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.mapping.CrossbarSharing;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.tile.SharedCrossbars;
import dev.kirchhoff.mapper.tile.SharedCrossbars.CrossbarClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reader of the layout of a mapping: the block of every weight, on demand. */
public final class LayoutReader {
  private LayoutReader() {}

  /** The layout of a mapping. */
  public static Layout read(Mapping mapping) {
    LayoutBuilder builder =
        new LayoutBuilder(
            new Layout.Size(
                mapping.use().side().rows(),
                mapping.use().side().columns(),
                mapping.use().perPe(),
                mapping.use().perTile()));
    LayerPositions positions = LayerPositions.of(mapping);
    List<LayerLayout> layers = new ArrayList<>();
    for (int j = 0; j < mapping.programs().size(); j++) {
      layers.addAll(layers(builder, mapping, j, positions));
    }
    return new Layout(builder.size(), layers, positions.end());
  }

  private static List<LayerLayout> layers(
      LayoutBuilder builder, Mapping mapping, int network, LayerPositions positions) {
    MappedProgram program = mapping.programs().get(network);
    Optional<SharedCrossbars> shared = program.sharing().map(CrossbarSharing::crossbars);
    long[] classFirst =
        shared.map(crossbars -> classFirst(network, program, crossbars, positions)).orElse(null);
    List<LayerLayout> layers = new ArrayList<>();
    for (int l = 0; l < program.layers(); l++) {
      if (program.counts().layer(l).dynamic() || program.counts().storing(l) != l) {
        continue;
      }
      CrossbarMapping crossbarMapping = program.counts().mapping(l).orElseThrow();
      Matrix matrix =
          new Matrix(
              program.counts().layer(l).shape(),
              crossbarMapping.operands().rowsPerWeight(),
              crossbarMapping.operands().columnsPerWeight(),
              crossbarMapping.kernels());
      LayoutBuilder.Item item =
          new LayoutBuilder.Item(
              network,
              l,
              matrix,
              crossbarMapping.tiling(),
              program.copies(l),
              positions.first(network, l));
      if (mapping.use().floorplan() != Floorplan.SHARED) {
        layers.add(builder.own(item, mapping.use().floorplan(), crossbarMapping.region().square()));
      } else if (shared.isPresent()) {
        layers.add(builder.shared(item, shared.get(), program.counts().stage(l), classFirst));
      } else {
        layers.add(builder.inOrder(item));
      }
    }
    return layers;
  }

  /** Shared crossbars stand behind those of the layer whose block opened them. */
  private static long[] classFirst(
      int network, MappedProgram program, SharedCrossbars shared, LayerPositions positions) {
    long[] next = new long[program.counts().stages()];
    for (int l = 0; l < program.layers(); l++) {
      if (program.counts().stores(l)) {
        next[program.counts().stage(l)] =
            positions.first(network, l) + Math.round(program.crossbars(l));
      }
    }
    long[] first = new long[shared.classes().size()];
    Arrays.setAll(
        first,
        b -> {
          CrossbarClass crossbarClass = shared.classes().get(b);
          int opener = shared.kinds().get(crossbarClass.blocks().get(0).kind()).layer();
          next[opener] -= crossbarClass.count();
          return next[opener];
        });
    return first;
  }
}
