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
  private static final Part[] PARTS = Part.values();
  private static final Action[] ACTIONS = Action.values();

  private final PriceTable nominal;
  private final ToDoubleFunction<ErrorSource> factors;
  private final double[] energy_fJ = new double[ACTIONS.length];
  private final double[] passEnergy_fJ = new double[PARTS.length];
  private final double[] area_um2 = new double[PARTS.length];
  private final double[] static_uW = new double[PARTS.length];
  private final ProgrammingPrice programming;

  private FactoredPrices(PriceTable nominal, ToDoubleFunction<ErrorSource> factors) {
    this.nominal = nominal;
    this.factors = factors;
    for (Action action : ACTIONS) {
      energy_fJ[action.ordinal()] = nominal.energy_fJ(action) * factor(nominal.energyError(action));
    }
    for (Part part : PARTS) {
      int p = part.ordinal();
      passEnergy_fJ[p] = nominal.passEnergy_fJ(part) * factor(nominal.passError(part));
      area_um2[p] = nominal.area_um2(part) * factor(nominal.areaError(part));
      static_uW[p] = nominal.static_uW(part) * factor(nominal.staticError(part));
    }
    ProgrammingPrice writing = nominal.programming();
    programming =
        new ProgrammingPrice(
            writing.energyPerCell_fJ() * factor(nominal.programmingError()),
            writing.timePerCellGroup_ns(),
            writing.cellsAtOnce(),
            writing.pulseEnergy_fJ() * factor(nominal.programmingError()),
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

  private Price times(Price price, ErrorSource error) {
    double factor = factor(error);
    if (factor == 1) {
      return price;
    }
    String formula = "(" + price.formula() + ") x " + factor;
    return new Price(price.value() * factor, formula, price.source());
  }

  @Override
  public double energy_fJ(Action action) {
    return energy_fJ[action.ordinal()];
  }

  @Override
  public double passEnergy_fJ(Part part) {
    return passEnergy_fJ[part.ordinal()];
  }

  @Override
  public double area_um2(Part part) {
    return area_um2[part.ordinal()];
  }

  @Override
  public double static_uW(Part part) {
    return static_uW[part.ordinal()];
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
  public Price explainArea(Part part) {
    return times(nominal.explainArea(part), nominal.areaError(part));
  }

  @Override
  public Price explainStatic(Part part) {
    return times(nominal.explainStatic(part), nominal.staticError(part));
  }

  @Override
  public Price explainEnergy(Action action) {
    return times(nominal.explainEnergy(action), nominal.energyError(action));
  }

  @Override
  public Price explainPassEnergy(Part part) {
    return times(nominal.explainPassEnergy(part), nominal.passError(part));
  }

  @Override
  public Price explainProgramming() {
    return times(nominal.explainProgramming(), nominal.programmingError());
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
  public double configuration_fJ() {
    return nominal.configuration_fJ();
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
      return terms.wireEnergy_fJ(action) * factor(nominal.energyError(action));
    }

    @Override
    public double wireStatic_uW(Part part) {
      return terms.wireStatic_uW(part) * factor(nominal.staticError(part));
    }

    @Override
    public double wireArea_um2(Part part) {
      return terms.wireArea_um2(part) * factor(nominal.areaError(part));
    }

    @Override
    public List<Verification> verifications() {
      double factor = factor(nominal.programmingError());
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
