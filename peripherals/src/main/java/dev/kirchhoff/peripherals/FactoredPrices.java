package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Price table whose energies, static powers and areas are multiplied by the factors of their
 * sources of error; times and electrical quantities are unchanged. Wires keep the length of the
 * nominal tile.
 */
public final class FactoredPrices implements PriceTable {
  private final PriceTable nominal;
  private final ToDoubleFunction<ErrorSource> factors;
  private final double[] price = new double[PriceLine.COUNT];
  private final ProgrammingPrice programming;

  private FactoredPrices(PriceTable nominal, ToDoubleFunction<ErrorSource> factors) {
    this.nominal = nominal;
    this.factors = factors;
    for (PriceLine line : PriceLine.all()) {
      price[line.index()] = nominal.price(line) * factor(nominal.error(line));
    }
    ProgrammingPrice writing = nominal.programming();
    programming =
        new ProgrammingPrice(
            price(PriceLine.energy(Action.CELL_WRITE)),
            writing.timePerCellGroup_ns(),
            writing.cellsAtOnce(),
            price(PriceLine.energy(Action.CELL_PULSE)),
            writing.pulse_ns());
  }

  /**
   * Prices with every energy, area and static power times the factor of its source of error; times
   * stay.
   */
  public static PriceTable of(PriceTable nominal, ToDoubleFunction<ErrorSource> factors) {
    return new FactoredPrices(nominal, factors);
  }

  /** Prices at an end of their band: every circuit at the same end together. */
  public static PriceTable at(BandEnd end, PriceTable nominal) {
    return end == BandEnd.NOMINAL ? nominal : of(nominal, error -> error.spread().factor(end));
  }

  private double factor(ErrorSource error) {
    return error.isNone() ? 1 : factors.applyAsDouble(error);
  }

  @Override
  public double price(PriceLine line) {
    return price[line.index()];
  }

  @Override
  public Price explain(PriceLine line) {
    Price explained = nominal.explain(line);
    double factor = factor(nominal.error(line));
    return factor == 1
        ? explained
        : new Price(
            explained.value() * factor,
            "(" + explained.formula() + ") x " + factor,
            explained.source());
  }

  @Override
  public double instances(Part part) {
    return nominal.instances(part);
  }

  /** Given figures are exact. */
  @Override
  public List<PartItem> items(Part part) {
    return nominal.items(part);
  }

  @Override
  public Timing timing() {
    return nominal.timing();
  }

  @Override
  public Electrics electrics() {
    return nominal.electrics();
  }

  @Override
  public List<NoiseTerm> readoutNoise() {
    return nominal.readoutNoise();
  }

  @Override
  public ReadoutErrors readoutErrors() {
    return nominal.readoutErrors();
  }

  @Override
  public InputErrors inputErrors() {
    return nominal.inputErrors();
  }

  @Override
  public double missingHeadroom_V() {
    return nominal.missingHeadroom_V();
  }

  @Override
  public ProgrammingPrice programming() {
    return programming;
  }

  @Override
  public PriceTerms terms() {
    return new FactoredTerms(nominal.terms());
  }

  /** Terms with the shares of prices times the factors of the prices. */
  private final class FactoredTerms implements PriceTerms {
    private final PriceTerms terms;

    FactoredTerms(PriceTerms terms) {
      this.terms = terms;
    }

    @Override
    public Optional<CircuitFamily> energy(Action action) {
      return terms.energy(action);
    }

    @Override
    public Optional<CircuitFamily> standing(Part part) {
      return terms.standing(part);
    }

    @Override
    public Optional<CircuitFamily> area(Part part) {
      return terms.area(part);
    }

    @Override
    public Optional<CircuitFamily> programming() {
      return terms.programming();
    }

    @Override
    public Optional<CircuitFamily> configuration() {
      return terms.configuration();
    }

    @Override
    public double wireEnergy_fJ(Action action) {
      return terms.wireEnergy_fJ(action) * factor(nominal.error(PriceLine.energy(action)));
    }

    @Override
    public double wireStatic_uW(Part part) {
      return terms.wireStatic_uW(part) * factor(nominal.error(PriceLine.standing(part)));
    }

    @Override
    public double wireArea_um2(Part part) {
      return terms.wireArea_um2(part) * factor(nominal.error(PriceLine.area(part)));
    }

    @Override
    public List<Verification> verifications() {
      double factor = factor(nominal.error(PriceLine.energy(Action.CELL_WRITE)));
      return terms.verifications().stream()
          .map(share -> new Verification(share.family(), share.energy_fJ() * factor))
          .toList();
    }
  }

  @Override
  public List<FitCoverage> fitCoverage() {
    return nominal.fitCoverage();
  }

  @Override
  public List<String> warnings() {
    return nominal.warnings();
  }
}
