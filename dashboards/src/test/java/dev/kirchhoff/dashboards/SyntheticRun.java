package dev.kirchhoff.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A made-up run that looks like a search for a ReRAM chip for ResNet-18: 22 knobs, TOPS/W against
 * area, three constraints, about 60 % infeasible. The front is kept by comparing with every member.
 * Events come one after the other, as in a log.
 */
public final class SyntheticRun {
  public static final String NAME = "ResNet-18 on ReRAM";

  /** Version of the models that made it. */
  static final String VERSION = "0.1.0+ab12cd3";

  private static final String[][] KNOBS = {
    {"crossbar.rows", "64", "128", "256", "512"},
    {"crossbar.rowsActive", "16", "32", "64", "128", "256"},
    {"crossbar.perPe", "4", "8", "16"},
    {"crossbar.weights.encoding", "offset", "differential"},
    {"cell.bits", "1", "2", "3", "4"},
    {"cell.device", "redox-hfox-wan2022", "redox-taox-milo2021"},
    {"cell.readVoltage", "0.1 V", "0.15 V", "0.2 V", "0.25 V", "0.3 V"},
    {"pe.perTile", "4", "8", "12", "16"},
    {"pe.input.bitsPerPulse", "1", "2", "4"},
    {"pe.readout", "sar", "flash", "senseAmplifier"},
    {"pe.readout.bits", "4", "5", "6", "7", "8", "9"},
    {"pe.readout.range", "calibrated", "full"},
    {"pe.readout.columnsPerAdc", "8", "16", "32", "64", "128"},
    {"tile.buffer.size", "32 KB", "64 KB", "128 KB"},
    {"interconnect", "mesh", "hTree"},
    {"interconnect.width", "128", "256"},
    {"mapping.extraCrossbars", "0 %", "25 %", "50 %", "100 %", "200 %"},
    {"pe.shiftAdd.count", "1", "2", "4"},
    {"tile.bus.width", "64", "128", "256"},
    {"tile.relu.count", "1", "2"},
    {"chip.globalBuffer.size", "256 KB", "512 KB", "1 MB"},
    {"chip.clock", "0.5 GHz", "1 GHz"},
  };

  private final String runId;
  private final SplittableRandom random;
  private final long budget;
  private final List<int[]> designs = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();
  private final List<Double> snr = new ArrayList<>();
  private final List<Boolean> feasible = new ArrayList<>();
  private final Map<Long, double[]> front = new TreeMap<>();
  private final Instant start = Instant.parse("2026-11-24T23:12:35Z");
  private long seq;
  private int round;
  private double hypervolume;

  public SyntheticRun(String runId, long seed, long budget) {
    this.runId = runId;
    this.random = new SplittableRandom(seed);
    this.budget = budget;
  }

  public String runId() {
    return runId;
  }

  /** Designs so far. */
  public int evaluated() {
    return designs.size();
  }

  /** Indices of the front. */
  public List<Long> front() {
    return List.copyOf(front.keySet());
  }

  /** Ordinals of a design. */
  public int[] knobs(int index) {
    return designs.get(index).clone();
  }

  /** Values of the knobs of a design. */
  public String knob(int index, String path) {
    for (int k = 0; k < KNOBS.length; k++) {
      if (KNOBS[k][0].equals(path)) {
        int ordinal = designs.get(index)[k];
        return ordinal < 0 ? "–" : KNOBS[k][1 + ordinal];
      }
    }
    throw new IllegalArgumentException(path);
  }

  /** Signal-to-noise ratio of a design, of which 18 dB are wanted at least. */
  public double snr(int index) {
    return snr.get(index);
  }

  /** True if a design meets every limit. */
  public boolean isFeasible(int index) {
    return feasible.get(index);
  }

  /** Objective values of a design; NaN = no value. */
  public double[] values(int index) {
    return values.get(index);
  }

  private EventEnvelope next(RunEvent event) {
    String time = start.plusMillis(10L * seq).toString();
    return new EventEnvelope(EventJson.typeOf(event), runId, seq++, time, event);
  }

  /** The header in a state. */
  public EventEnvelope header(String state, String reason) {
    return header(state, reason, NAME);
  }

  /** The answer to a command. */
  public EventEnvelope answer(RunEvent.Command command, boolean accepted, String reason) {
    return next(
        new RunEvent.Ack(
            command.command(),
            accepted,
            reason,
            designs.size(),
            EventJson.mapper().valueToTree(command)));
  }

  /** The answer to a command that excludes a design whose simulated chips miss a limit. */
  public EventEnvelope excluded(long index, String missed) {
    return answer(
        new RunEvent.Command("refuted-" + index, "exclude", missed, null, index, null), true, "");
  }

  /** The header with another name. */
  public EventEnvelope header(String state, String reason, String name) {
    return header(state, reason, name, VERSION);
  }

  /** The header with another name, of models of another version. */
  public EventEnvelope header(String state, String reason, String name, String version) {
    List<RunEvent.KnobHeader> knobs = new ArrayList<>();
    for (String[] knob : KNOBS) {
      List<JsonNode> choices = new ArrayList<>();
      for (int i = 1; i < knob.length; i++) {
        choices.add(EventJson.mapper().valueToTree(knob[i]));
      }
      knobs.add(new RunEvent.KnobHeader(knob[0], choices, 0, ""));
    }
    List<RunEvent.Column> slacks = new ArrayList<>();
    for (String constraint : List.of("area <= 50 mm2", "snr >= 18 dB", "latency <= 5 ms")) {
      slacks.add(
          new RunEvent.Column(
              "slack." + slacks.size(), constraint, constraint.replaceFirst(".* ", "")));
    }
    RunEvent.Recorded recorded =
        new RunEvent.Recorded(List.of(new RunEvent.Column("area_mm2", "area", "mm2")), slacks);
    RunEvent.Run run =
        new RunEvent.Run(
            state,
            reason,
            version,
            1,
            budget,
            "optaplanner",
            2,
            EventJson.mapper().createObjectNode().put("name", name),
            List.of(),
            knobs,
            List.of("TOPS/W", "area"),
            List.of("area <= 50 mm2", "snr >= 18 dB", "latency <= 5 ms"),
            name,
            List.of(
                new RunEvent.Axis("TOPS/W", "energyEfficiency_TOPSperW", "TOPS/W", true),
                new RunEvent.Axis("area", "area_mm2", "mm2", false)));
    return next(run.recording(recorded));
  }

  /**
   * Evaluates some designs: the evaluations, changes of the front and, on demand, the end of a
   * round.
   */
  public List<EventEnvelope> step(int count, boolean endOfRound) {
    List<EventEnvelope> events = new ArrayList<>();
    long first = designs.size();
    int[][] knobs = new int[KNOBS.length][count];
    double[][] columns = new double[2][count];
    double[][] violations = new double[3][count];
    float[] areas = new float[count];
    float[][] slacks = new float[3][count];
    float[][] shares = new float[3][count];
    Map<Long, double[]> before = new TreeMap<>(front);
    for (int i = 0; i < count; i++) {
      int[] design = propose();
      double[] slack = new double[3];
      double[] value = price(design, slack);
      boolean meets = true;
      for (int k = 0; k < design.length; k++) {
        knobs[k][i] = design[k];
      }
      for (int k = 0; k < 3; k++) {
        violations[k][i] = Math.max(0, -slack[k]);
        slacks[k][i] = (float) slack[k];
        shares[k][i] = (float) violations[k][i];
        meets &= slack[k] >= 0;
      }
      areas[i] = (float) value[1];
      columns[0][i] = value[0];
      columns[1][i] = value[1];
      designs.add(design);
      values.add(value);
      snr.add(slack[1] + 18);
      feasible.add(meets);
      if (meets) {
        offer(first + i, value);
      }
    }
    RunEvent.Figures figures = new RunEvent.Figures(new float[][] {areas}, slacks);
    events.add(
        next(
            new RunEvent.Evaluations(
                first, count, round, 0, knobs, columns, violations, shares, figures)));
    before.forEach((index, value) -> change(events, before, index, value, "left"));
    new TreeMap<>(front).forEach((index, value) -> change(events, before, index, value, "entered"));
    if (endOfRound) {
      events.add(
          next(
              new RunEvent.Round(
                  round++,
                  designs.size(),
                  designs.size() + round * 7L,
                  front.size(),
                  hypervolume(),
                  EventJson.mapper().createObjectNode())));
    }
    return events;
  }

  /**
   * Details of a design with its accuracy on simulated chips; with the index the estimate is off
   * more.
   */
  public EventEnvelope simulated(long index) {
    double estimate = 0.01 + 0.002 * (index % 7);
    double loss = estimate + 0.001 * (index % 5);
    return account(
        index,
        new RunEvent.Accuracy(
            "fashion-cnn",
            new RunEvent.Sampled(0.9 - loss, 0.85 - loss, 0.94 - loss),
            new RunEvent.Sampled(loss, loss - 0.02, loss + 0.03),
            estimate,
            new RunEvent.Sampled(0.97 - loss, 0.93 - loss, 0.99 - loss),
            0.97 - estimate,
            null,
            200,
            1,
            1,
            86400));
  }

  /** Details of a design that has not been simulated. */
  public EventEnvelope unsimulated(long index) {
    return account(index, null);
  }

  private EventEnvelope account(long index, RunEvent.Accuracy accuracy) {
    var mapper = EventJson.mapper();
    return next(
        new RunEvent.DesignDetails(
            id(index),
            index,
            mapper.createObjectNode().put("area_mm2", values.get((int) index)[1]),
            mapper.createObjectNode(),
            mapper.createArrayNode(),
            mapper.createArrayNode(),
            mapper.createObjectNode(),
            accuracy));
  }

  private void change(
      List<EventEnvelope> events,
      Map<Long, double[]> before,
      long index,
      double[] value,
      String what) {
    boolean changed = what.equals("left") ? !front.containsKey(index) : !before.containsKey(index);
    if (changed) {
      events.add(next(new RunEvent.Front(id(index), index, what, List.of(value[0], value[1]))));
    }
  }

  private static String id(long index) {
    return String.format(Locale.ROOT, "k3v7%012d", index);
  }

  private int[] propose() {
    int[] design = new int[KNOBS.length];
    boolean near = !front.isEmpty() && random.nextInt(100) < 55;
    if (near) {
      List<Long> members = new ArrayList<>(front.keySet());
      int[] parent = designs.get(members.get(random.nextInt(members.size())).intValue());
      design = Arrays.copyOf(parent, parent.length);
    }
    for (int k = 0; k < design.length; k++) {
      if (!near || random.nextInt(5) == 0) {
        design[k] = random.nextInt(KNOBS[k].length - 1);
      }
    }
    design[15] = design[14] == 1 ? -1 : Math.max(0, design[15]);
    return design;
  }

  /**
   * A price that trades energy against area as converters, arrays and sharing do; not a model of
   * anything.
   */
  private double[] price(int[] d, double[] slack) {
    double bits = 4 + d[10];
    double share = Math.pow(2, d[12]);
    double converters = Math.pow(2, 0.8 * (bits - 6)) * (d[9] == 1 ? 1.6 : d[9] == 2 ? 0.6 : 1);
    double cells = 8.0 / (1 + d[4]) * (1 + 0.6 * d[3]);
    double extra = 1 + new double[] {0, 0.125, 0.25, 0.5, 1}[d[16]];
    double energy =
        0.17 * converters * (1 + 0.13 * d[12]) * Math.sqrt(cells) * Math.pow(2, -0.4 * d[1])
            + 0.05 * (1 + 0.6 * d[6])
            + 0.05 * (3 - d[13])
            + 0.04 * (3 - d[2])
            + 0.07 * d[14]
            + 0.03 * (3 - d[17])
            + 0.02 * (7 - d[18] - d[19] - d[20])
            + 0.05 * (extra - 1);
    double area =
        1.3
            * (4
                + cells * extra * (0.8 + 2.6 * converters / share) * Math.pow(2, -0.1 * d[0])
                + 1.9 * d[13]
                + 1.4 * d[2]
                + 1.6 * (1 - d[14])
                + 1.2 * d[17]
                + 0.7 * d[18]
                + 0.6 * d[19]
                + 0.9 * d[20]);
    double latency =
        0.8 + 0.07 * share * bits / extra / (1 + d[8]) * (2 - d[21]) * (1 + 0.1 * (4 - d[1]));
    double ratio_dB =
        8.6
            + 1.9 * bits
            - 1.5 * d[4]
            - 1.1 * d[1]
            + 1.4 * d[3]
            + 0.7 * d[6]
            - 0.9 * d[8]
            - (d[11] == 1 ? 3.5 : 0)
            - (d[9] == 2 ? 4 : 0)
            + 0.7 * d[5];
    energy *= 1 + 0.05 * d[8];
    boolean doesNotFit = d[0] == 3 && d[2] == 2 && d[16] == 4;
    slack[0] = doesNotFit ? Math.min(0, 50 - area) - 12 : 50 - area;
    slack[1] = ratio_dB - 18;
    slack[2] = 5 - latency;
    return new double[] {doesNotFit ? Double.NaN : 3.4 / energy, area};
  }

  private void offer(long index, double[] value) {
    for (double[] member : front.values()) {
      if (member[0] >= value[0] && member[1] <= value[1]) {
        return;
      }
    }
    front.values().removeIf(member -> value[0] >= member[0] && value[1] <= member[1]);
    front.put(index, value);
  }

  /** Share of the box from 0 TOPS/W and 50 mm2 to 8 TOPS/W and 0 mm2 that the front covers. */
  private double hypervolume() {
    List<double[]> members = new ArrayList<>(front.values());
    members.sort((a, b) -> Double.compare(b[0], a[0]));
    double covered = 0;
    for (int i = 0; i < members.size(); i++) {
      double below = i + 1 < members.size() ? members.get(i + 1)[0] : 0;
      covered += (Math.min(8, members.get(i)[0]) - Math.min(8, below)) * (50 - members.get(i)[1]);
    }
    hypervolume = Math.max(hypervolume, covered / 400);
    return hypervolume;
  }
}
