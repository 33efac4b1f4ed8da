package dev.kirchhoff.mapper.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bits that travel between the units of a mapping in one inference.
 *
 * <p>A unit is what must stand on one site: the load of one tile, with blocks of one layer or of
 * several that share the tile. A flow has one source, one or more targets that get the same bits (a
 * multicast), and a whole number of bits. The port of the chip may be source or target. Flows with
 * equal ends are one flow; what stays within a unit is none. Runs are units that belong together:
 * those of one layer, in its order.
 */
public final class Flows {
  /** The port of the chip, as an end of a flow. */
  public static final int PORT = -1;

  private final int units;
  private final int[] sources;
  private final int[] targetStart;
  private final int[] targets;
  private final long[] bits;
  private final int[] flowStart;
  private final int[] flowsOfUnit;
  private final int[][] runs;

  private Flows(int units, Map<List<Integer>, Double> flows, List<int[]> runs) {
    this.units = units;
    this.runs = runs.toArray(int[][]::new);
    sources = new int[flows.size()];
    targetStart = new int[flows.size() + 1];
    bits = new long[flows.size()];
    targets = new int[flows.keySet().stream().mapToInt(ends -> ends.size() - 1).sum()];
    int f = 0;
    for (Map.Entry<List<Integer>, Double> flow : flows.entrySet()) {
      List<Integer> ends = flow.getKey();
      sources[f] = ends.get(0);
      int end = targetStart[f];
      for (int i = 1; i < ends.size(); i++) {
        targets[end++] = ends.get(i);
      }
      bits[f] = Math.round(flow.getValue());
      targetStart[++f] = end;
    }
    flowStart = new int[units + 1];
    flowsOfUnit = new int[sources.length + targets.length];
    index();
  }

  /** Flows by unit, in their order. */
  private void index() {
    for (int f = 0; f < sources.length; f++) {
      count(sources[f]);
      for (int t = targetStart[f]; t < targetStart[f + 1]; t++) {
        count(targets[t]);
      }
    }
    for (int u = 0; u < units; u++) {
      flowStart[u + 1] += flowStart[u];
    }
    int[] next = Arrays.copyOf(flowStart, units);
    for (int f = 0; f < sources.length; f++) {
      note(sources[f], f, next);
      for (int t = targetStart[f]; t < targetStart[f + 1]; t++) {
        note(targets[t], f, next);
      }
    }
  }

  private void count(int end) {
    if (end != PORT) {
      flowStart[end + 1]++;
    }
  }

  private void note(int end, int flow, int[] next) {
    if (end != PORT) {
      flowsOfUnit[next[end]++] = flow;
    }
  }

  /** Units, numbered from 0. */
  public int units() {
    return units;
  }

  /** Number of flows. */
  public int count() {
    return sources.length;
  }

  /** Source of a flow: a unit or {@link #PORT}. */
  public int source(int flow) {
    return sources[flow];
  }

  /** Number of targets of a flow. */
  public int targets(int flow) {
    return targetStart[flow + 1] - targetStart[flow];
  }

  /** The i-th target of a flow: a unit or {@link #PORT}. */
  public int target(int flow, int i) {
    return targets[targetStart[flow] + i];
  }

  /** Bits of a flow, the same to all its targets. */
  public long bits(int flow) {
    return bits[flow];
  }

  /** Bits of all flows, a multicast counted once. */
  public long bits() {
    return Arrays.stream(bits).sum();
  }

  /** Number of flows that begin or end at a unit. */
  public int flowsOf(int unit) {
    return flowStart[unit + 1] - flowStart[unit];
  }

  /** The i-th flow that begins or ends at a unit. */
  public int flowOf(int unit, int i) {
    return flowsOfUnit[flowStart[unit] + i];
  }

  /** Number of runs. */
  public int runs() {
    return runs.length;
  }

  /** The units of a run. */
  public int[] run(int run) {
    return runs[run].clone();
  }

  /**
   * The flows of some consecutive units alone, numbered from 0: those of one chip of several. Ends
   * outside are the port.
   */
  public Flows part(int first, int count) {
    Builder part = new Builder(count);
    for (int f = 0; f < count(); f++) {
      int[] to = new int[targets(f)];
      for (int t = 0; t < to.length; t++) {
        to[t] = within(target(f, t), first, count);
      }
      part.add(within(source(f), first, count), to, bits(f));
    }
    for (int[] run : runs) {
      part.run(
          Arrays.stream(run)
              .map(unit -> within(unit, first, count))
              .filter(unit -> unit != PORT)
              .toArray());
    }
    return part.build();
  }

  private static int within(int end, int first, int count) {
    return end >= first && end < first + count ? end - first : PORT;
  }

  /** Collects flows. */
  public static final class Builder {
    private final int units;
    private final Map<List<Integer>, Double> flows = new LinkedHashMap<>();
    private final List<int[]> runs = new ArrayList<>();

    /** For so many units. */
    public Builder(int units) {
      this.units = units;
    }

    /**
     * Adds a flow.
     *
     * @param source a unit or {@link #PORT}
     * @param targets units or {@link #PORT}; the source itself and repeats do not count
     * @param bits bits per inference
     * @throws IndexOutOfBoundsException if an end is neither a unit nor the port
     */
    public Builder add(int source, int[] targets, double bits) {
      require(source);
      Integer[] ends = new Integer[targets.length + 1];
      ends[0] = source;
      int[] sorted = targets.clone();
      Arrays.sort(sorted);
      int count = 1;
      for (int i = 0; i < sorted.length; i++) {
        require(sorted[i]);
        if (sorted[i] != source && (i == 0 || sorted[i] != sorted[i - 1])) {
          ends[count++] = sorted[i];
        }
      }
      if (count > 1 && bits > 0) {
        flows.merge(List.of(Arrays.copyOf(ends, count)), bits, Double::sum);
      }
      return this;
    }

    /** Adds a flow with one target. */
    public Builder add(int source, int target, double bits) {
      return add(source, new int[] {target}, bits);
    }

    /** Adds units that belong together. */
    public Builder run(int[] units) {
      if (units.length > 0) {
        runs.add(units.clone());
      }
      return this;
    }

    private void require(int end) {
      if (end < PORT || end >= units) {
        throw new IndexOutOfBoundsException(
            "The end (" + end + ") of a flow must be the port or one of " + units + " units.");
      }
    }

    /** The flows added so far, those of less than half a bit left out. */
    public Flows build() {
      Map<List<Integer>, Double> whole = new LinkedHashMap<>(flows);
      whole.values().removeIf(bits -> Math.round(bits) == 0);
      return new Flows(units, whole, runs);
    }
  }
}
