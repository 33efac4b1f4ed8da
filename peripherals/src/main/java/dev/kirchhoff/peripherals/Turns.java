package dev.kirchhoff.peripherals;

/**
 * Order in which the columns of one converter are read and converted in a pass. It decides how long
 * a pass lasts and how often lines settle in it.
 */
enum Turns {
  /**
   * The mux gives one column at a time a path for its current, the others float: n (read + t_c).
   */
  IN_TURN {
    @Override
    double pass_ns(int columns, double read_ns, double conversion_ns) {
      return columns * (read_ns + conversion_ns);
    }

    @Override
    int reads(int columns) {
      return columns;
    }
  },

  /**
   * Columns are read together, each into a sample-and-hold, and converted one after another while
   * the next pass reads: max(read, n t_c).
   */
  SAMPLED {
    @Override
    double pass_ns(int columns, double read_ns, double conversion_ns) {
      return Math.max(read_ns, columns * conversion_ns);
    }

    @Override
    double beforeReads_ns(double conversions_ns) {
      return 0;
    }

    @Override
    int sharers(int columns) {
      return 1;
    }

    @Override
    double conduct_ns(double read_ns, double conversion_ns) {
      return read_ns;
    }

    @Override
    double readInTurn_ns(double turns, double read_ns, double conversion_ns) {
      return read_ns + turns * conversion_ns;
    }
  },

  /** Columns hold what they have added up together while they are converted: read + n t_c. */
  HELD {
    @Override
    double pass_ns(int columns, double read_ns, double conversion_ns) {
      return read_ns + columns * conversion_ns;
    }
  };

  /**
   * Time of a pass.
   *
   * @param columns columns of a converter
   * @param read_ns time of reading a digit, all of its pulses
   * @param conversion_ns time of one conversion
   */
  abstract double pass_ns(int columns, double read_ns, double conversion_ns);

  /** Reads one after another in a pass, before each of which lines settle. */
  int reads(int columns) {
    return 1;
  }

  /** Columns that share the time of a pass for their reads and conversions. */
  int sharers(int columns) {
    return columns;
  }

  /**
   * Time that cells conduct.
   *
   * @param conversion_ns time of a conversion in which its column is needed
   */
  double conduct_ns(double read_ns, double conversion_ns) {
    return read_ns + conversion_ns;
  }

  /** Time of a pass that its conversions take from its reads. */
  double beforeReads_ns(double conversions_ns) {
    return conversions_ns;
  }

  /** Time of single reads that are converted one after another, as those that verify writes. */
  double readInTurn_ns(double turns, double read_ns, double conversion_ns) {
    return turns * (read_ns + conversion_ns);
  }

  /** True if each column has a sample-and-hold. */
  boolean areSampled() {
    return this == SAMPLED;
  }
}
