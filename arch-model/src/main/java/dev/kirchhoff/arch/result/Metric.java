package dev.kirchhoff.arch.result;

import static dev.kirchhoff.arch.result.Metric.Group.INFERENCE;
import static dev.kirchhoff.arch.result.Metric.Group.KERNEL;
import static dev.kirchhoff.arch.result.Metric.Group.OPERATIONS;
import static dev.kirchhoff.arch.result.Metric.Group.POWERS;
import static dev.kirchhoff.arch.result.Metric.Group.PROGRAMMING;
import static dev.kirchhoff.arch.result.Metric.Group.QUALITY;
import static dev.kirchhoff.arch.result.Metric.Group.SIZE;
import static dev.kirchhoff.arch.result.Metric.Scope.CHIP;
import static dev.kirchhoff.arch.result.Metric.Scope.NETWORK;
import static dev.kirchhoff.arch.result.MetricAxis.DECADES;
import static dev.kirchhoff.arch.result.MetricAxis.linear;
import static dev.kirchhoff.arch.result.MetricFormat.COUNT;
import static dev.kirchhoff.arch.result.MetricFormat.NUMBER;
import static dev.kirchhoff.arch.result.MetricFormat.PERCENT;
import static dev.kirchhoff.arch.result.MetricFormat.PER_SECOND;
import static dev.kirchhoff.arch.result.MetricFormat.POINTS;
import static dev.kirchhoff.arch.result.MetricFormat.QUANTITY;
import static dev.kirchhoff.arch.result.MetricFormat.SHARE;
import static dev.kirchhoff.arch.result.MetricFormat.SPAN;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.kirchhoff.arch.spec.Dimension;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Metric of a design: its word in the spec language, its key in results, unit, dimension, better
 * direction, axis, scope, group, format and title. Terminal, CSV, JSON, page and {@code
 * docs/metrics.md} take them from here: a new metric is one entry and its computation.
 *
 * <p>Sustained figures need a workload. {@link #TOPS}, {@link #TOPS_PER_W} and {@link
 * #TOPS_PER_MM2} are sustained when there is one and peak when there is none; their {@code peak}
 * twins always exist. Estimates of accuracy exist where noise was tried on the network. Differences
 * that count as wide on linear axes are 10 dB (a decade of power), ten points of accuracy, the
 * whole of a utilization, 0.1 ms of switching (assumed).
 */
public enum Metric {
  TOPS(
      key("TOPS", "throughput_TOPS", "TOPS"),
      higher(NETWORK, OPERATIONS, NUMBER),
      "operations per second"),
  TOPS_PER_W(
      key("TOPS/W", "energyEfficiency_TOPSperW", "TOPS/W"),
      higher(NETWORK, OPERATIONS, NUMBER),
      "energy efficiency"),
  TOPS_PER_MM2(
      key("TOPS/mm2", "areaEfficiency_TOPSpermm2", "TOPS/mm2"),
      higher(NETWORK, OPERATIONS, NUMBER),
      "area efficiency"),
  PEAK_TOPS(
      key("peakTOPS", "throughputPeak_TOPS", "TOPS"),
      higher(CHIP, OPERATIONS, NUMBER),
      "peak operations per second"),
  PEAK_TOPS_PER_W(
      key("peakTOPS/W", "energyEfficiencyPeak_TOPSperW", "TOPS/W"),
      higher(CHIP, OPERATIONS, NUMBER),
      "peak energy efficiency"),
  PEAK_TOPS_PER_MM2(
      key("peakTOPS/mm2", "areaEfficiencyPeak_TOPSpermm2", "TOPS/mm2"),
      higher(CHIP, OPERATIONS, NUMBER),
      "peak area efficiency"),
  AREA(key("area", "area_mm2", "mm2"), lower(CHIP, SIZE, QUANTITY), "chip area"),
  POWER(key("power", "power_W", "W"), lower(NETWORK, POWERS, QUANTITY), "power when busy"),
  PEAK_POWER(
      key("peakPower", "powerPeak_W", "W"),
      lower(CHIP, POWERS, QUANTITY),
      "power with every crossbar busy"),
  LEAKAGE(key("leakage", "leakage_W", "W"), lower(CHIP, POWERS, QUANTITY), "static power"),
  ENERGY(
      key("energy", "energy_uJ", "uJ"),
      lower(NETWORK, INFERENCE, QUANTITY),
      "energy of one inference"),
  LATENCY(
      key("latency", "latency_ms", "ms"),
      lower(NETWORK, INFERENCE, QUANTITY),
      "latency of one inference"),
  BATCH_LATENCY(
      key("batchLatency", "latencyBatch_ms", "ms"),
      lower(NETWORK, INFERENCE, QUANTITY),
      "latency of a batch"),
  THROUGHPUT(
      key("throughput", "throughput_perS", "1/s"),
      higher(NETWORK, INFERENCE, PER_SECOND),
      "inferences per second"),
  SNR(
      key("snr", "snr_dB", "dB"),
      higher(NETWORK, QUALITY, QUANTITY, linear(10)),
      "signal-to-noise ratio"),
  ACCURACY_LOSS(
      key("accuracyLoss", "accuracyLoss", ""),
      lower(NETWORK, QUALITY, POINTS, linear(0.1)),
      "accuracy loss, estimated"),
  ACCURACY_LOSS_HIGH(
      key("accuracyLossHigh", "accuracyLossHigh", ""),
      lower(NETWORK, QUALITY, POINTS, linear(0.1)),
      "accuracy loss, high end of its band"),
  AGREEMENT(
      key("agreement", "agreement", ""),
      higher(NETWORK, QUALITY, PERCENT, linear(0.1)),
      "decisions that equal the exact network's, estimated"),
  AGREEMENT_LOW(
      key("agreementLow", "agreementLow", ""),
      higher(NETWORK, QUALITY, PERCENT, linear(0.1)),
      "agreement, low end of its band"),
  UTILIZATION(
      key("utilization", "utilization", ""),
      higher(CHIP, SIZE, SHARE, linear(1)),
      "utilization of cells"),
  CROSSBARS(key("crossbars", "crossbars", ""), lower(CHIP, SIZE, COUNT), "crossbars"),
  TILES(key("tiles", "tiles", ""), lower(CHIP, SIZE, COUNT), "tiles"),
  CHIPS(key("chips", "chips", ""), lower(CHIP, SIZE, COUNT), "chips"),
  PROGRAMMING_ENERGY(
      key("programmingEnergy", "programmingEnergy_uJ", "uJ"),
      lower(CHIP, PROGRAMMING, QUANTITY),
      "energy to program once"),
  PROGRAMMING_TIME(
      key("programmingTime", "programmingTime_ms", "ms"),
      lower(CHIP, PROGRAMMING, QUANTITY),
      "time to program once"),
  LIFETIME(
      key("lifetime", "lifetime_s", "s"), higher(CHIP, PROGRAMMING, SPAN), "lifetime by endurance"),
  REFRESH_INTERVAL(
      key("refreshInterval", "refreshInterval_s", "s"),
      higher(CHIP, PROGRAMMING, SPAN),
      "refresh interval"),
  RECONFIGURATION_TIME(
      key("reconfigurationTime", "reconfigurationTime_ms", "ms"),
      lower(NETWORK, INFERENCE, QUANTITY, linear(0.1)),
      "time to set the fabric, of one inference"),
  RESULT_QUALITY(
      key("quality", "quality", ""),
      new Traits(Direction.OF_MEASURE, NETWORK, KERNEL, NUMBER, DECADES),
      "quality of a kernel's result, in the unit of its measure"),
  QUALITY_LOSS(
      key("qualityLoss", "qualityLoss", ""),
      lower(NETWORK, KERNEL, NUMBER, linear(1)),
      "quality lost against the exact machine, in its unit; none of a solver that has converged"),
  RESIDUAL(
      key("residual", "residual", ""),
      lower(NETWORK, KERNEL, NUMBER),
      "relative residual at the end"),
  ITERATIONS(key("iterations", "iterations", ""), lower(NETWORK, KERNEL, COUNT), "iterations"),
  ENERGY_TO_SOLUTION(
      key("energyToSolution", "energyToSolution_uJ", "uJ"),
      lower(NETWORK, KERNEL, QUANTITY),
      "energy of the tasks that a solution takes"),
  TIME_TO_SOLUTION(
      key("timeToSolution", "timeToSolution_ms", "ms"),
      lower(NETWORK, KERNEL, QUANTITY),
      "time of the tasks that a solution takes"),
  DIGITAL_SHARE(
      key("digitalShare", "digitalShare", ""),
      lower(NETWORK, KERNEL, SHARE, linear(1)),
      "share of digital work in the energy"),
  WRITES_PER_TASK(
      key("writesPerTask", "writesPerTask", ""),
      lower(NETWORK, KERNEL, NUMBER),
      "cells written in a task"),
  TASKS_UNTIL_WORN(
      key("tasksUntilWorn", "tasksUntilWorn", ""),
      higher(NETWORK, KERNEL, NUMBER),
      "tasks until the cells that are written most are worn"),
  IDEAL_TOPS_PER_W(
      key("idealTOPS/W", "energyEfficiencyIdeal_TOPSperW", "TOPS/W"),
      higher(NETWORK, OPERATIONS, NUMBER),
      "energy efficiency, converters free"),
  IDEAL_TOPS_PER_MM2(
      key("idealTOPS/mm2", "areaEfficiencyIdeal_TOPSpermm2", "TOPS/mm2"),
      higher(NETWORK, OPERATIONS, NUMBER),
      "area efficiency, converters free");

  /** Direction in which values are better. */
  public enum Direction {
    /** More is better. */
    HIGHER("higher"),
    /** Less is better. */
    LOWER("lower"),
    /** Direction of the measure, which depends on the kernel. */
    OF_MEASURE("of its measure");

    private final String word;

    Direction(String word) {
      this.word = word;
    }

    /** Name in results and documents. */
    public String word() {
      return word;
    }
  }

  /** Owner of a metric's value. */
  public enum Scope {
    /** One value a chip. */
    CHIP,
    /** A value of each network on the chip by itself, beside that of all together. */
    NETWORK;

    /** Name in results and documents. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Groups of metrics in reading order. */
  public enum Group {
    OPERATIONS("Operations"),
    INFERENCE("One inference"),
    POWERS("Power"),
    QUALITY("Accuracy"),
    KERNEL("Kernel"),
    SIZE("Size"),
    PROGRAMMING("Programming");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    /** Heading in documents. */
    public String title() {
      return title;
    }
  }

  private record Name(String word, String key, String unit) {}

  private record Traits(
      Direction direction, Scope scope, Group group, MetricFormat format, MetricAxis axis) {}

  private static final List<Metric> READING_ORDER =
      Arrays.stream(values()).sorted(Comparator.comparing(Metric::group)).toList();

  private final Name name;
  private final Traits traits;
  private final String title;
  private final Dimension dimension;
  private final double coherentFactor;

  Metric(Name name, Traits traits, String title) {
    this.name = name;
    this.traits = traits;
    this.title = title;
    this.dimension = Dimension.ofUnit(name.unit).orElse(traits.format.unitless());
    this.coherentFactor = dimension.unit(name.unit).map(Dimension.Unit::factor).orElse(1.0);
  }

  private static Name key(String word, String key, String unit) {
    return new Name(word, key, unit);
  }

  private static Traits higher(Scope scope, Group group, MetricFormat format) {
    return new Traits(Direction.HIGHER, scope, group, format, DECADES);
  }

  private static Traits higher(Scope scope, Group group, MetricFormat format, MetricAxis axis) {
    return new Traits(Direction.HIGHER, scope, group, format, axis);
  }

  private static Traits lower(Scope scope, Group group, MetricFormat format) {
    return new Traits(Direction.LOWER, scope, group, format, DECADES);
  }

  private static Traits lower(Scope scope, Group group, MetricFormat format, MetricAxis axis) {
    return new Traits(Direction.LOWER, scope, group, format, axis);
  }

  /** Name in objectives, constraints and {@code expect}. */
  public String word() {
    return name.word;
  }

  /** Key in results, unit included; its JSON. */
  @JsonValue
  public String key() {
    return name.key;
  }

  /** Unit of {@link Totals#value}; empty for counts and ratios. */
  public String unit() {
    return name.unit;
  }

  /** Dimension of the unit; figures of TOPS are plain numbers in a spec. */
  public Dimension dimension() {
    return dimension;
  }

  /** Direction in which its values are better. */
  public Direction direction() {
    return traits.direction;
  }

  /** True if a larger value is better whatever it is of. */
  public boolean higherIsBetter() {
    return traits.direction == Direction.HIGHER;
  }

  /** Axis of its values, wherever they are compared, measured or drawn. */
  public MetricAxis axis() {
    return traits.axis;
  }

  /** Owner of the value: the chip, or each of its networks. */
  public Scope scope() {
    return traits.scope;
  }

  /** Group that it is read with. */
  public Group group() {
    return traits.group;
  }

  /** Format of its values in text. */
  public MetricFormat format() {
    return traits.format;
  }

  /** Noun phrase for tables and the page. */
  public String title() {
    return title;
  }

  /** True if each network on a chip has its own; the others are the chip's. */
  public boolean isOfNetwork() {
    return traits.scope == NETWORK;
  }

  /**
   * True if its ratio to a published value measures the error of a model: a cost, a time or a rate;
   * not a count, a level or a share.
   */
  public boolean isModelled() {
    return dimension != Dimension.LEVEL && traits.format.isModelled();
  }

  /** A value in the coherent unit of the dimension. */
  public double coherent(double value) {
    return value * coherentFactor;
  }

  /** A value in the metric's unit from one in the coherent unit. */
  public double inUnit(double coherent) {
    return coherent / coherentFactor;
  }

  /** A value in text, with its unit. */
  public String print(double value) {
    return traits.format.print(value, coherent(value), dimension);
  }

  /** All metrics, group by group. */
  public static List<Metric> inReadingOrder() {
    return READING_ORDER;
  }

  /** The metric of a name in the spec language. */
  public static Optional<Metric> ofWord(String word) {
    for (Metric metric : values()) {
      if (metric.name.word.equals(word)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }

  /** The metric of a key in results. */
  public static Optional<Metric> ofKey(String key) {
    for (Metric metric : values()) {
      if (metric.name.key.equals(key)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }
}
