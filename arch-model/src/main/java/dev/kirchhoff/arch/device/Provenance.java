package dev.kirchhoff.arch.device;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Provenance of the figures of a device, figure by figure.
 *
 * @param source paper or tool that most of them come from
 * @param statements origin and source of each figure that has them stated
 * @param note what is simplified, and what a reader should know
 */
public record Provenance(String source, Map<DeviceFigure, Statement> statements, String note) {
  public Provenance {
    Objects.requireNonNull(source);
    Objects.requireNonNull(note);
    Map<DeviceFigure, Statement> copy = new EnumMap<>(DeviceFigure.class);
    copy.putAll(statements);
    statements = Collections.unmodifiableMap(copy);
  }

  /**
   * Origin of a figure.
   *
   * @param origin read, fitted, assumed or given
   * @param source paper, tool, or the reason of an assumption
   */
  public record Statement(Origin origin, String source) {}

  /** Figures of one source, without statements. */
  public static Provenance of(String source) {
    return new Provenance(source, Map.of(), "");
  }

  /** Statement about a figure, if there is one. */
  public Optional<Statement> of(DeviceFigure figure) {
    return Optional.ofNullable(statements.get(figure));
  }

  /** The word of a figure's origin; "origin not stated" without one. */
  public String word(DeviceFigure figure) {
    Statement statement = statements.get(figure);
    return statement == null ? "origin not stated" : statement.origin().word();
  }

  /** Copy of this provenance with another statement of one figure. */
  public Provenance with(DeviceFigure figure, Statement statement) {
    Map<DeviceFigure, Statement> changed = new EnumMap<>(DeviceFigure.class);
    changed.putAll(statements);
    changed.put(figure, statement);
    return new Provenance(source, changed, note);
  }
}
