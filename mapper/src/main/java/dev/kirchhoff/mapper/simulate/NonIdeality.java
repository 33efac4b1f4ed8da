package dev.kirchhoff.mapper.simulate;

import java.util.List;
import java.util.stream.Stream;

/** Non-ideality of an analogue product; each can be simulated or left out. */
public enum NonIdeality {
  /** Error of programmed conductances. */
  PROGRAMMING("programming error"),
  /** Drift and relaxation since programming. */
  AGEING("drift and relaxation"),
  /** Noise of cells when they are read. */
  READ_NOISE("read noise"),
  /** Cells that are stuck at an end of their window. */
  STUCK_CELLS("stuck cells"),
  /** Current of cells that is not proportional to the voltages of inputs. */
  CURVATURE("curvature"),
  /** Resistance of lines, drivers and front ends. */
  WIRES("wires"),
  /** Steps and range of the converters. */
  CONVERTER("converters"),
  /** Thermal noise, virtual ground and lost effective bits. */
  READOUT("readout noise"),
  /** Noise, offsets, gains and levels of the drivers of rows. */
  INPUT("inputs"),
  /** Finite gain of the amplifiers that close a loop around an array. */
  LOOP_GAIN("gain of amplifiers"),
  /** Input offsets of these amplifiers, drawn for each chip. */
  LOOP_OFFSET("offsets of amplifiers");

  private final String words;

  NonIdeality(String words) {
    this.words = words;
  }

  /**
   * Non-idealities of a workload.
   *
   * @param closesLoops whether amplifiers close loops around its arrays
   */
  public static List<NonIdeality> of(boolean closesLoops) {
    return Stream.of(values())
        .filter(effect -> closesLoops || effect != LOOP_GAIN && effect != LOOP_OFFSET)
        .toList();
  }

  /** Name in tables. */
  public String words() {
    return words;
  }
}
