package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a PE, a tile or a chip that the language has no word for: a control pipeline, an
 * instruction memory. Priced by given figures alone; its action is one pass of a crossbar of its PE
 * or tile. It adds nothing to the time of a pass.
 *
 * @param name its line in every breakdown
 * @param count instances in the enclosing level
 * @param scaling class of circuit that its figures scale by at another node or supply
 * @param model figures of one instance
 */
public record OtherPart(String name, int count, Scaling scaling, ComponentModel.Given model) {
  private static final WordIndex<Scaling> SCALINGS =
      new WordIndex<>(Scaling.values(), Scaling::word);

  /** Class of circuit. */
  public enum Scaling {
    LOGIC("logic"),
    SRAM("sram"),
    ANALOG("analog"),
    WIRE("wire");

    private final String word;

    Scaling(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }
  }

  public OtherPart {
    if (count < 1) {
      throw new IllegalArgumentException(
          "The count (" + count + ") of part (" + name + ") must be positive.");
    }
  }

  /** The key {@code others} of a level: parts that have no key of their own. */
  static Key key(String level) {
    return Key.optional(
        "others",
        new Type.ListOf(
            new Type.Section(
                new Shape(
                    "others",
                    "another part",
                    List.of(
                        Key.required(
                            "name",
                            new Type.Text(),
                            "name of its line in every breakdown; letters and digits"),
                        Key.of("count", whole(1, 1_000_000), "1", "instances"),
                        Key.of(
                            "scaling",
                            word(SCALINGS.words()),
                            "logic",
                            "class of circuit that its figures scale by at another node"),
                        Key.required(
                            "model",
                            new Type.Section(
                                new Shape(
                                    "model", "a model", FigureKeys.of("others", false, "pass"))),
                            "figures of one instance; its action is one pass of a crossbar"))))),
        "parts of a " + level + " that have no key of their own, with figures");
  }

  static List<OtherPart> of(View.Section level, PartBinder parts) {
    if (!level.has("others")) {
      return List.of();
    }
    List<OtherPart> others = new ArrayList<>();
    for (Value item : ((Value.Items) level.raw("others")).items()) {
      View.Section part = level.of(item);
      others.add(
          new OtherPart(
              part.word("name"),
              part.whole("count"),
              SCALINGS.get(part.word("scaling")),
              (ComponentModel.Given) parts.model(part)));
    }
    return others;
  }
}
