package dev.kirchhoff.mapper.layout;

import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.mapping.PhaseLoading;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * First crossbars of the layers of a mapping as a layout numbers them.
 *
 * <p>Layers follow each other. On several chips a chip's first layer begins at its first crossbar.
 * With weights loaded in phases crossbars are numbered load after load, each load as many numbers
 * as the chip has crossbars: layers that stay come first in load 0, every phase begins behind them
 * in a load of its own, and a layer larger than the chip goes on in the loads that follow.
 *
 * @param first first crossbar of each layer, by program
 * @param end the crossbar behind the last
 */
record LayerPositions(List<List<Long>> first, long end) {

  static LayerPositions of(Mapping mapping) {
    return mapping.loading().isPresent()
        ? inPhases(mapping, mapping.loading().get())
        : inOrder(mapping);
  }

  /** First crossbar of a layer. */
  long first(int program, int layer) {
    return first.get(program).get(layer);
  }

  private static LayerPositions inOrder(Mapping mapping) {
    List<List<Long>> first = new ArrayList<>();
    double end = 0;
    double perChip = mapping.crossbarsOnChip() / mapping.size().chips();
    for (int j = 0; j < mapping.programs().size(); j++) {
      MappedProgram program = mapping.programs().get(j);
      List<Long> positions = new ArrayList<>();
      for (int l = 0; l < program.layers(); l++) {
        double taken = program.crossbars(l);
        int storing = program.counts().storing(l);
        if (storing != l) {
          positions.add(positions.get(storing));
          continue;
        }
        if (taken > 0) {
          end = Math.max(end, mapping.chipOf(j, l) * perChip);
        }
        positions.add(Math.round(end));
        end += taken;
      }
      first.add(positions);
    }
    return new LayerPositions(first, Math.round(end));
  }

  private static LayerPositions inPhases(Mapping mapping, PhaseLoading loading) {
    List<List<Long>> first = new ArrayList<>();
    long onChip = Math.round(mapping.crossbarsOnChip());
    int phase = 0;
    long load = 0;
    long end = 0;
    int index = 0;
    for (MappedProgram program : mapping.programs()) {
      List<Long> positions = new ArrayList<>();
      for (int l = 0; l < program.layers(); l++, index++) {
        int storing = program.counts().storing(l);
        if (storing != l) {
          positions.add(positions.get(storing));
          continue;
        }
        OptionalInt phaseOfLayer = loading.phases().phaseOf(index);
        if (phaseOfLayer.isPresent() && phaseOfLayer.getAsInt() > phase) {
          load = (end + onChip - 1) / onChip * onChip;
          phase = phaseOfLayer.getAsInt();
        }
        long position = Math.round(loading.position(index)) + (phaseOfLayer.isPresent() ? load : 0);
        positions.add(position);
        end = Math.max(end, position + Math.round(program.crossbars(l)));
      }
      first.add(positions);
    }
    return new LayerPositions(first, end);
  }
}
