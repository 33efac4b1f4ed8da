package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignSpec;
import java.nio.file.Path;

public final class RunDesigns {
  private RunDesigns() {}
  public record Found(DesignSpec spec, int[] ordinals, String name) {}
  public static Found find(Path data, String design) { throw new IllegalStateException("later"); }
}
