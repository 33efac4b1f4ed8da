package dev.kirchhoff.dse.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.move.AbstractMove;

/** Gives some knobs other ordinals at once. */
final class DesignMove extends AbstractMove<PlannedDesign> {
  private final List<KnobChoice> choices;
  private final int[] ordinals;

  private DesignMove(List<KnobChoice> choices, int[] ordinals) {
    this.choices = choices;
    this.ordinals = ordinals;
  }

  /** The move from the present design to another. */
  static DesignMove to(List<KnobChoice> present, int[] design) {
    List<KnobChoice> changed = new ArrayList<>();
    int[] ordinals = new int[design.length];
    for (int k = 0; k < design.length; k++) {
      if (present.get(k).ordinal() != design[k]) {
        ordinals[changed.size()] = design[k];
        changed.add(present.get(k));
      }
    }
    return new DesignMove(changed, Arrays.copyOf(ordinals, changed.size()));
  }

  @Override
  public boolean isMoveDoable(ScoreDirector<PlannedDesign> director) {
    return !choices.isEmpty();
  }

  @Override
  protected DesignMove createUndoMove(ScoreDirector<PlannedDesign> director) {
    return new DesignMove(choices, choices.stream().mapToInt(KnobChoice::ordinal).toArray());
  }

  @Override
  protected void doMoveOnGenuineVariables(ScoreDirector<PlannedDesign> director) {
    for (int i = 0; i < ordinals.length; i++) {
      KnobChoice choice = choices.get(i);
      director.beforeVariableChanged(choice, "ordinal");
      choice.place(ordinals[i]);
      director.afterVariableChanged(choice, "ordinal");
    }
  }

  @Override
  public DesignMove rebase(ScoreDirector<PlannedDesign> destination) {
    return new DesignMove(rebaseList(choices, destination), ordinals);
  }

  @Override
  public Collection<? extends Object> getPlanningEntities() {
    return choices;
  }

  @Override
  public Collection<? extends Object> getPlanningValues() {
    return Arrays.stream(ordinals).boxed().toList();
  }

  @Override
  public String toString() {
    return choices + " to " + Arrays.toString(ordinals);
  }
}
