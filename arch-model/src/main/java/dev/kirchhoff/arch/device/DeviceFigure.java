package dev.kirchhoff.arch.device;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * A figure of a device that has an origin. Its word is the path of its key; the path of a section
 * stands for all figures in it.
 */
public enum DeviceFigure {
  RESISTANCE_LOW("resistance.low"),
  RESISTANCE_HIGH("resistance.high"),
  LEVELS("levels"),
  READ_VOLTAGE("read.voltage"),
  READ_TIME("read.time"),
  CURVATURE("curvature"),
  WRITE_VOLTAGE("write.voltage"),
  WRITE_CURRENT("write.current"),
  WRITE_PULSE("write.pulse"),
  WRITE_PULSES("write.pulses"),
  RESET_VOLTAGE("write.reset.voltage"),
  RESET_CURRENT("write.reset.current"),
  RESET_PULSE("write.reset.pulse"),
  PROGRAMMING("programming"),
  DRIFT_EXPONENT("drift.exponent"),
  DRIFT_SPREAD("drift.spread"),
  READ_NOISE("readNoise"),
  ENDURANCE("endurance"),
  RETENTION("retention"),
  AREA("area"),
  MATURITY("maturity");

  private final String word;

  DeviceFigure(String word) {
    this.word = word;
  }

  /** Path of its key. */
  public String word() {
    return word;
  }

  /** The figures that a path stands for; none if there is no such path. */
  public static List<DeviceFigure> of(String path) {
    return Arrays.stream(values())
        .filter(f -> f.word.equals(path) || f.word.startsWith(path + "."))
        .toList();
  }

  /** All paths of figures and of sections that hold some. */
  public static List<String> paths() {
    TreeSet<String> paths = new TreeSet<>();
    for (DeviceFigure figure : values()) {
      for (int dot = figure.word.indexOf('.'); dot > 0; dot = figure.word.indexOf('.', dot + 1)) {
        paths.add(figure.word.substring(0, dot));
      }
      paths.add(figure.word);
    }
    return List.copyOf(paths);
  }
}
