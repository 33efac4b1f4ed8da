package dev.kirchhoff.dse.engine;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;

/**
 * Moves to designs that have not been evaluated yet. Randomness comes from the solve, not from the
 * solver, which would give each solve the same.
 */
public class NeighbourMoves implements MoveIteratorFactory<PlannedDesign, DesignMove> {

  @Override
  public long getSize(ScoreDirector<PlannedDesign> director) {
    return Integer.MAX_VALUE;
  }

  @Override
  public Iterator<DesignMove> createOriginalMoveIterator(ScoreDirector<PlannedDesign> director) {
    return new Neighbours(director.getWorkingSolution());
  }

  @Override
  public Iterator<DesignMove> createRandomMoveIterator(
      ScoreDirector<PlannedDesign> director, Random random) {
    return new Neighbours(director.getWorkingSolution());
  }

  private static final class Neighbours implements Iterator<DesignMove> {
    private final PlannedDesign design;
    private Optional<DesignMove> next = Optional.empty();

    Neighbours(PlannedDesign design) {
      this.design = design;
    }

    @Override
    public boolean hasNext() {
      if (next.isEmpty()) {
        List<KnobChoice> present = design.choices();
        next = design.solve().neighbour(present).map(near -> DesignMove.to(present, near));
      }
      return next.isPresent();
    }

    @Override
    public DesignMove next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      DesignMove move = next.get();
      next = Optional.empty();
      return move;
    }
  }
}
