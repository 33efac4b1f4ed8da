package dev.kirchhoff.dse.bench;

import java.util.List;

/** Methods that the class path brings beside the engines, as a service. */
@FunctionalInterface
public interface PeerMethods {

  /** The methods. */
  List<SearchMethod> all();
}
