package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row of {@code expect}.
 *
 * @param id what it is called, or its position
 * @param of what its values are of
 * @param when settings to change first
 * @param values its values
 * @param omissions figures that are not compared
 * @param within largest error that is allowed; of shares in points
 * @param role calibrated, predicted or given
 * @param remarks what a reader should know
 * @param place where it stands
 */
record Expectation(
    String id,
    Of of,
    List<Node.Entry> when,
    List<Value> values,
    List<Omission> omissions,
    Bounds within,
    Role role,
    Remarks remarks,
    Place place) {
  /**
   * Subject of the values of a row.
   *
   * @param text as written, or chip
   * @param place where it stands
   * @param path its path, for problems
   */
  record Of(String text, Place place, String path) {}

  /**
   * One published value.
   *
   * @param name as written, {@code areaShares.readout}
   * @param figure what it is compared with
   * @param published in the coherent unit
   * @param place where it stands
   * @param path its path, for problems
   */
  record Value(String name, Figure figure, double published, Place place, String path) {}

  /**
   * Tolerance of a row.
   *
   * @param relative largest relative error in both directions: 0.3 is a factor of 1.3 either way
   * @param points largest difference of shares
   */
  record Bounds(double relative, double points) {}

  /**
   * Remarks of a row for its reader.
   *
   * @param differsIn what a predicted row differs in from what was fitted
   * @param areaScope circuits that a published area includes, or empty
   * @param note why it may be off, or empty
   */
  record Remarks(Set<Difference> differsIn, Optional<AreaScope> areaScope, String note) {}
}
