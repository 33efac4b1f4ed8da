package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Links that leave the chip, with the memory behind them where the kind is one of memory.
 *
 * @param kind link circuit
 * @param links number of links
 * @param bandwidth_GBps bandwidth of one link
 * @param model model that prices one link
 */
public record Io(IoKind kind, int links, double bandwidth_GBps, ComponentModel model) {
  private static final WordIndex<IoKind> KINDS = new WordIndex<>(IoKind.values(), IoKind::word);

  /** Link circuit. */
  public enum IoKind {
    PARALLEL("parallel"),
    HYPER_TRANSPORT("hyperTransport"),
    /** LPDDR4 memory and its interface. */
    LPDDR4("lpddr4"),
    /** DDR3 memory and its interface. */
    DDR3("ddr3"),
    /** GDDR5 memory and its interface. */
    GDDR5("gddr5"),
    /** Stacked memory of the second generation and its interface. */
    HBM2("hbm2");

    private final String word;

    IoKind(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }
  }

  /** Keys of the links of any kind. */
  static Type type() {
    Key links = Key.of("links", whole(1, 1024), "1", "number of links");
    Key bandwidth =
        Key.of(
                "bandwidth",
                quantity(Dimension.BANDWIDTH, 1e-6, 10_000),
                "6.4 GB/s",
                "bandwidth of one link")
            .setting();
    List<Shape> kinds = new ArrayList<>();
    for (IoKind kind : IoKind.values()) {
      kinds.add(
          new Shape(
              kind.word(),
              "a link of " + kind.word(),
              List.of(links, bandwidth, ComponentModel.key("io", "transfer"))));
    }
    kinds.add(Shape.none("io"));
    return new Type.Kinds("io", kinds);
  }

  /** Bandwidth of all links together. */
  public double bandwidthOfAll_GBps() {
    return links * bandwidth_GBps;
  }

  /** Links of a design; empty where it has none. */
  static Optional<Io> of(View.Section section, PartBinder parts) {
    return section.isNone()
        ? Optional.empty()
        : Optional.of(
            new Io(
                KINDS.get(section.kind()),
                section.whole("links"),
                section.number("bandwidth"),
                parts.model(section)));
  }
}
