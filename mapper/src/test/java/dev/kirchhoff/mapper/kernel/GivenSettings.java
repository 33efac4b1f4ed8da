package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Units;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a kernel for tests: values by dotted path, the defaults of its keys elsewhere.
 *
 * <pre>{@code
 * Kernel dct = GivenSettings.bind(kind, Map.of("block", 8, "keep", 15));
 * }</pre>
 */
public final class GivenSettings implements KernelKind.Settings {
  private final Type.Shape shape;
  private final String path;
  private final Map<String, Object> given;

  private GivenSettings(Type.Shape shape, String path, Map<String, Object> given) {
    this.shape = shape;
    this.path = path;
    this.given = given;
  }

  /** Settings of a kind. */
  static GivenSettings of(KernelKind kind, Map<String, Object> given) {
    return new GivenSettings(kind.shape(), "", new TreeMap<>(given));
  }

  /** A kernel with settings that fit. */
  public static Kernel bind(KernelKind kind, Map<String, Object> given) {
    try {
      return kind.bind(of(kind, given));
    } catch (KernelKind.Unfit e) {
      throw new IllegalArgumentException(e.key() + " " + e.getMessage(), e);
    }
  }

  private Type.Key key(String name) {
    return shape
        .key(name)
        .orElseThrow(() -> new IllegalArgumentException("No key " + name + " of " + shape.name()));
  }

  private Object value(String name) {
    Object value = given.get(path + name);
    return value == null ? key(name).defaultText() : value;
  }

  @Override
  public int whole(String name) {
    return Integer.parseInt(value(name).toString());
  }

  @Override
  public double number(String name) {
    try {
      Type.Quantity type = (Type.Quantity) key(name).type();
      return Units.quantity(value(name).toString(), type.dimension());
    } catch (Units.UnitException e) {
      throw new IllegalArgumentException(name + " " + e.getMessage(), e);
    }
  }

  @Override
  public String word(String name) {
    if (name.equals("kind")) {
      return shape.name();
    }
    return value(name).toString();
  }

  @Override
  public boolean has(String name) {
    return given.containsKey(path + name)
        || given.keySet().stream().anyMatch(k -> k.startsWith(path + name + "."))
        || !key(name).defaultText().isEmpty();
  }

  @Override
  public KernelKind.Settings section(String name) {
    String inner = path + name + ".";
    if (key(name).type() instanceof Type.Kinds kinds) {
      Object word = given.get(inner + "kind");
      String kind = (word == null ? value(name) : word).toString();
      return new GivenSettings(Type.kind(kinds, kind).orElse(kinds.shapes().get(0)), inner, given);
    }
    return new GivenSettings(((Type.Section) key(name).type()).shape(), inner, given);
  }

  @Override
  public byte[] file(String name) throws KernelKind.Unfit {
    if (given.get(path + name) instanceof byte[] bytes) {
      return bytes.clone();
    }
    throw new KernelKind.Unfit(path + name, "cannot be read");
  }
}
