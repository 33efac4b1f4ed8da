package dev.kirchhoff.dse.work;

import dev.kirchhoff.dse.accuracy.Member;
import dev.kirchhoff.dse.space.DesignPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A design by its knobs, to be simulated or evaluated.
 *
 * @param ordinals its knobs
 * @param index its index in the run, for sentences; empty where it has none yet
 */
public record OneDesign(List<Integer> ordinals, OptionalLong index) implements UnitDesigns {
  private static final Pattern ID =
      Pattern.compile("(-?\\d{1,9}(?:[.]-?\\d{1,9}){0,999})(?:#(\\d{1,18}))?");

  public OneDesign {
    ordinals = List.copyOf(ordinals);
    if (ordinals.isEmpty()) {
      throw new IllegalArgumentException("A design that is handed out must have knobs.");
    }
  }

  /** A design of a run. */
  static OneDesign of(List<Integer> ordinals, long index) {
    return new OneDesign(ordinals, OptionalLong.of(index));
  }

  /** A design that has no index yet. */
  static OneDesign of(int[] ordinals) {
    return new OneDesign(Arrays.stream(ordinals).boxed().toList(), OptionalLong.empty());
  }

  /** Its knobs. */
  int[] knobs() {
    return ordinals.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The design as a member of a front.
   *
   * @throws IllegalStateException if it has no index
   */
  Member toMember() {
    return new Member(
        index.orElseThrow(() -> new IllegalStateException("A member has an index.")), ordinals);
  }

  /** {@code 3.0.-1#12}: ordinals, and the index where there is one. */
  @Override
  public String id() {
    String knobs = ordinals.stream().map(String::valueOf).collect(Collectors.joining("."));
    return knobs + (index.isPresent() ? "#" + index.getAsLong() : "");
  }

  /** The design of a name; empty if it is none. */
  static Optional<OneDesign> of(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<Integer> ordinals = new ArrayList<>();
    for (String ordinal : matcher.group(1).split("[.]")) {
      ordinals.add(Integer.parseInt(ordinal));
    }
    return Optional.of(
        matcher.group(2) == null
            ? new OneDesign(ordinals, OptionalLong.empty())
            : of(ordinals, Long.parseLong(matcher.group(2))));
  }

  @Override
  public String words() {
    return index.isPresent()
        ? "chips of design #" + index.getAsLong()
        : "figures of design " + new DesignPoint(knobs());
  }

  @Override
  public int count() {
    return 1;
  }
}
