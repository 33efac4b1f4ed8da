package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.event.ChipAtlas;
import dev.kirchhoff.arch.event.DesignAnalysis.KnobMove;
import dev.kirchhoff.arch.event.DesignAnalysis.LoggedDesign;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Atlas of designs of runs by this program's own models, placed as {@code map} places them with its
 * own seed and steps. The last {@value #CHIPS} chips are kept; requests wait for each other.
 */
public final class SpecAtlas implements ChipAtlas {
  /** Chips that are kept (chosen). */
  private static final int CHIPS = 4;

  /** Seed of the placement, as {@code map} has it. */
  private static final long SEED = 1;

  private final Map<Key, PlacedChip> chips =
      new LinkedHashMap<>(CHIPS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PlacedChip> eldest) {
          return size() > CHIPS;
        }
      };

  private record Key(String run, String version, List<Integer> knobs, List<KnobMove> moves) {}

  /** Made by the service loader. */
  public SpecAtlas() {}

  @Override
  public synchronized ChipSheet chip(LoggedDesign design, List<KnobMove> moves) {
    return placed(design, moves).chip();
  }

  @Override
  public synchronized TileSheet tile(LoggedDesign design, List<KnobMove> moves, int tile) {
    return placed(design, moves).tile(tile);
  }

  private PlacedChip placed(LoggedDesign design, List<KnobMove> moves) {
    Key key = new Key(design.run(), design.header().version(), design.knobs(), List.copyOf(moves));
    PlacedChip known = chips.get(key);
    if (known == null) {
      known = place(design, moves);
      chips.put(key, known);
    }
    return known;
  }

  private static PlacedChip place(LoggedDesign logged, List<KnobMove> moves) {
    ModelledRun run;
    try {
      run = ModelledRun.of(logged.header());
    } catch (DataProblemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    int[] ordinals = logged.ordinals();
    if (!run.space().isValid(ordinals)) {
      throw new IllegalArgumentException("The knobs of the design do not fit the spec of its run.");
    }
    KnobMoves knobs = new KnobMoves(run.space());
    for (KnobMove move : moves) {
      ordinals = knobs.moved(ordinals, move.knob(), move.ordinal());
    }
    EvaluatedDesign evaluated = run.evaluated(ordinals);
    if (evaluated.programs() == 0) {
      throw new IllegalArgumentException(
          "The run has no workload, so there is nothing to lay out on the chip.");
    }
    String name = logged.run() + "#" + logged.index();
    Design design = run.spec().newBinder().bind(ordinals);
    return new PlacedChip(evaluated, PlacedMapping.of(name, design, SEED, Optional.empty()));
  }
}
