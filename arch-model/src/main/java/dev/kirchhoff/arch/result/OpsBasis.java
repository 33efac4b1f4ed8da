package dev.kirchhoff.arch.result;

/**
 * Basis of a figure of TOPS, TOPS/W or TOPS/mm²: without it two such figures cannot be compared.
 * One multiply-accumulate is two operations.
 *
 * @param weightBits precision of weights
 * @param inputBits precision of inputs
 * @param scope hardware that energy and area count
 * @param sustained whether a workload runs (sustained) or every array is full (peak)
 * @param leakageIncluded whether leakage is in the energy
 * @param remarks correction factors and conventions, or empty
 */
public record OpsBasis(
    int weightBits,
    int inputBits,
    Scope scope,
    boolean sustained,
    boolean leakageIncluded,
    String remarks) {
  /** Hardware that a figure counts. */
  public enum Scope {
    CROSSBAR,
    MACRO,
    TILE,
    CORE,
    CHIP,
    SYSTEM
  }
}
