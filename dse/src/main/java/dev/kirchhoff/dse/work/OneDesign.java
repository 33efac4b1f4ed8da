package dev.kirchhoff.dse.work;

import dev.kirchhoff.dse.accuracy.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A member of a front, to be simulated.
 *
 * @param ordinals its knobs
 * @param index its index in the run, for sentences
 */
public record OneDesign(List<Integer> ordinals, long index) implements UnitDesigns {
  private static final Pattern ID =
      Pattern.compile("(-?\\d{1,9}(?:[.]-?\\d{1,9}){0,999})#(\\d{1,18})");

  public OneDesign {
    ordinals = List.copyOf(ordinals);
    if (ordinals.isEmpty()) {
      throw new IllegalArgumentException("A design that is handed out must have knobs.");
    }
  }

  /** The design as a member of a front. */
  Member toMember() {
    return new Member(index, ordinals);
  }

  /** {@code 3.0.-1#12}: ordinals and index. */
  @Override
  public String id() {
    String knobs = ordinals.stream().map(String::valueOf).collect(Collectors.joining("."));
    return knobs + "#" + index;
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
    return Optional.of(new OneDesign(ordinals, Long.parseLong(matcher.group(2))));
  }

  @Override
  public String words() {
    return "chips of design #" + index;
  }

  @Override
  public int count() {
    return 1;
  }
}
