package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.library.CircuitData;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;

/**
 * Flash converter: 2^B − 1 comparators decide at once against a ladder, 2^B − B − 1 full adders
 * then count them (docs/circuits.md, eq. 19 to 21).
 *
 * <p>E = (2^B − 1) comparator + (B + 1) ln 2 (2^B − 1) C_in V_FS² (ladder, settled in the
 * decision's time) + (2^B − B − 1) 6 gates. Each comparator has noise of 0.25 LSB and an offset
 * trimmed to 0.2 LSB, which makes the levels uneven; there is no common offset. It decides in the
 * time given or stays undecided ({@link Comparator}). The longest way through the adders is 2 B − 3
 * of them (carry-save tree, Wallace, IEEE Trans. Electronic Computers EC-13, 1964) of 3 FO4 each
 * (assumed). Area of comparators and adders, twice for the layout (assumed). Neglected: kickback,
 * interpolation, folding, pipelining of the adders. Valid 1..8 bits.
 */
public final class FlashConverter extends BudgetedConverter {
  private static final CircuitData DATA = CircuitData.of("flash-28nm");
  private static final double ADDER_GATES = DATA.constant("adder");
  private static final double ADDER_AREA_GATES = DATA.constant("adder area");
  private static final double ADDER_FO4 = DATA.constant("adder delay");
  private static final double LN_2 = StrictMath.log(2);
  private static final String SOURCE =
      "flash: ladder settled to half an LSB, unit gate of ZigZag-IMC (arXiv 2305.18335); "
          + Comparator.SOURCE;

  private final double decision_ns;
  private final Comparator comparator;

  /** A converter whose comparators have a time to decide. */
  public FlashConverter(Process process, Signal signal, double decision_ns) {
    super(process, signal);
    this.decision_ns = decision_ns;
    comparator =
        Comparator.of(
            process,
            signal,
            ErrorAllocation.COMPARATOR * signal.step_V(),
            ErrorAllocation.OFFSET * signal.step_V(),
            decision_ns);
  }

  private double encoder_ns() {
    return Math.max(0, 2 * signal.bits() - 3) * ADDER_FO4 * process.fo4_ns();
  }

  @Override
  public List<BudgetTerm> parts() {
    double comparators = signal.codes() - 1;
    double adders = comparators - signal.bits();
    double v = signal.range_V();
    return with(
        comparator.parts(comparators, comparators),
        BudgetTerm.bias(
            "ladder",
            new BudgetTerm.Figure(
                (signal.bits() + 1) * LN_2 * input_fF() * v * v,
                "# x 0.6931 x # fF x (# V)^2",
                signal.bits() + 1,
                input_fF(),
                v),
            decision_ns,
            decision_ns),
        new BudgetTerm(
            "encoder",
            new BudgetTerm.Figure(
                adders * ADDER_GATES * process.gate_fJ(),
                "# x 6 x # fJ",
                adders,
                process.gate_fJ()),
            new BudgetTerm.Figure(
                LAYOUT * adders * ADDER_AREA_GATES * process.gate_um2(),
                "2 x # x 7.8 x # um2",
                adders,
                process.gate_um2())),
        offsetCorrection());
  }

  @Override
  String source() {
    return SOURCE;
  }

  @Override
  public double time_ns() {
    return decision_ns + encoder_ns();
  }

  @Override
  public double needed_ns() {
    return comparator.least_ns() + encoder_ns();
  }

  @Override
  public ErrorBudget errors() {
    return new ErrorBudget(NoiseTerm.sum_steps2(noise()), 0, 0, 0);
  }

  @Override
  public List<NoiseTerm> noise() {
    return List.of(
        comparison(),
        new NoiseTerm("offset of the thresholds", ErrorAllocation.OFFSET * ErrorAllocation.OFFSET),
        comparator.metastability());
  }

  @Override
  public double input_fF() {
    return (signal.codes() - 1) * comparator.input_fF();
  }

  /** True: latches sample at the clock edge, so that the input is not needed while they decide. */
  @Override
  public boolean holdsInput() {
    return true;
  }
}
