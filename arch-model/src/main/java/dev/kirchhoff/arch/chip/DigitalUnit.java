package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.List;

/**
 * Digital units of one kind at a level: their number, and the model that prices one.
 *
 * @param count instances in the enclosing level; 0 = there is none
 * @param model model that prices one instance
 */
public record DigitalUnit(int count, ComponentModel model) {
  /** No such unit. */
  public static DigitalUnit none() {
    return new DigitalUnit(0, ComponentModel.standard());
  }

  /**
   * The key of a digital unit of a tile.
   *
   * @param action name of its one action
   * @param count instances by default
   */
  static Key key(String name, String action, String count, String doc) {
    return Key.of(
        name,
        new Type.Section(
            new Shape(
                name,
                "a digital unit",
                List.of(
                    Key.of("count", whole(0, 100_000), count, "instances in one tile"),
                    ComponentModel.key(name, action))),
            "{count: 0}"),
        "{}",
        doc);
  }

  static DigitalUnit of(View.Section unit, PartBinder parts) {
    return new DigitalUnit(unit.whole("count"), parts.model(unit));
  }
}
