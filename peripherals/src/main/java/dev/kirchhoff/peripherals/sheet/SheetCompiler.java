package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Function;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiler of a sheet's rows to hidden classes with one method of straight-line bytecode each (Java
 * Virtual Machine Specification, SE 17, chapters 4 and 6); most sheets need one class.
 *
 * <p>Functions and pieces are static calls that take all their values, so that the code has no
 * branch, hence no stack-map frame, and needs no library to write. Every operation is that of
 * {@link Formula#value}, so that code and interpretation agree in every bit. Inputs and constants
 * are read from the array: a changed constant compiles nothing.
 */
final class SheetCompiler {
  /** The virtual machine never compiles larger methods to machine code. */
  private static final int MOST_BYTES = 8000;

  private static final int ALOAD_1 = 43;
  private static final int BIPUSH = 16;
  private static final int SIPUSH = 17;
  private static final int LDC2_W = 20;
  private static final int DALOAD = 49;
  private static final int DASTORE = 82;
  private static final int DADD = 99;
  private static final int DSUB = 103;
  private static final int DMUL = 107;
  private static final int DDIV = 111;
  private static final int DNEG = 119;
  private static final int RETURN = 177;
  private static final int INVOKESPECIAL = 183;
  private static final int INVOKESTATIC = 184;
  private static final int ALOAD_0 = 42;

  private static final String MATH = "java/lang/Math";
  private static final String STRICT = "java/lang/StrictMath";
  private static final String FUNCTION = name(Function.class);
  private static final String COMPARISON = name(Formula.Comparison.class);

  private final ByteArrayOutputStream pool = new ByteArrayOutputStream();
  private final ByteArrayOutputStream code = new ByteArrayOutputStream();
  private final DataOutputStream poolOut = new DataOutputStream(pool);
  private final DataOutputStream out = new DataOutputStream(code);
  private final Map<String, Integer> entries = new HashMap<>();
  private int nextEntry = 1;
  private int depth;
  private int deepest;

  private int compiled;

  private final Map<String, Integer> slots;

  private SheetCompiler(Map<String, Integer> slots) {
    this.slots = slots;
  }

  private static String name(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  /** Compiles rows. */
  static SheetProgram compile(String circuit, List<SheetRow> rows, Map<String, Integer> slots) {
    List<SheetProgram> parts = new ArrayList<>();
    try {
      int from = 0;
      do {
        SheetCompiler part = new SheetCompiler(slots);
        byte[] bytes = part.bytes(rows.subList(from, rows.size()));
        parts.add(
            (SheetProgram)
                MethodHandles.lookup()
                    .defineHiddenClass(bytes, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance());
        from += part.compiled;
      } while (from < rows.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The circuit (" + circuit + ") cannot be compiled.", e);
    }
    return parts.size() == 1 ? parts.get(0) : values -> parts.forEach(part -> part.run(values));
  }

  /** A class of as many of the rows, from the first, as one method holds; at least one. */
  private byte[] bytes(List<SheetRow> rows) throws IOException {
    final int self = type(name(SheetCompiler.class) + "Rows");
    final int object = type("java/lang/Object");
    final int face = type(name(SheetProgram.class));
    final int constructor = method("java/lang/Object", "<init>", "()V");
    final int initName = utf("<init>");
    final int initType = utf("()V");
    final int runName = utf("run");
    final int runType = utf("([D)V");
    final int codeName = utf("Code");
    int size = 0;
    while (compiled < rows.size()) {
      SheetRow row = rows.get(compiled);
      step(ALOAD_1, 1);
      index(row.slot());
      push(row.formula());
      step(DASTORE, -4);
      if (compiled > 0 && code.size() >= MOST_BYTES) {
        break;
      }
      compiled++;
      size = code.size();
    }
    byte[] run = Arrays.copyOf(code.toByteArray(), size + 1);
    run[size] = (byte) RETURN;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream file = new DataOutputStream(all);
    file.writeInt(0xCAFEBABE);
    file.writeInt(61);
    file.writeShort(nextEntry);
    pool.writeTo(file);
    // Final and super; no fields, two methods, no attributes.
    file.writeShort(0x31);
    file.writeShort(self);
    file.writeShort(object);
    file.writeShort(1);
    file.writeShort(face);
    file.writeShort(0);
    file.writeShort(2);
    byte[] init = {
      ALOAD_0, (byte) INVOKESPECIAL, (byte) (constructor >> 8), (byte) constructor, (byte) RETURN
    };
    method(file, initName, initType, codeName, init, 1, 1);
    method(file, runName, runType, codeName, run, deepest, 2);
    file.writeShort(0);
    return all.toByteArray();
  }

  private static void method(
      DataOutputStream file, int name, int type, int attribute, byte[] code, int stack, int locals)
      throws IOException {
    file.writeShort(1);
    file.writeShort(name);
    file.writeShort(type);
    file.writeShort(1);
    file.writeShort(attribute);
    file.writeInt(12 + code.length);
    file.writeShort(stack);
    file.writeShort(locals);
    file.writeInt(code.length);
    file.write(code);
    file.writeShort(0);
    file.writeShort(0);
  }

  private void push(Formula.Expression e) throws IOException {
    if (e instanceof Formula.Literal literal) {
      constant(literal.value());
    } else if (e instanceof Formula.Reference reference) {
      step(ALOAD_1, 1);
      index(slots.get(reference.name().name()));
      step(DALOAD, 0);
    } else if (e instanceof Formula.Negated negated) {
      push(negated.operand());
      step(DNEG, 0);
    } else if (e instanceof Formula.Binary b) {
      push(b.left());
      push(b.right());
      switch (b.operator()) {
        case '+' -> step(DADD, -2);
        case '-' -> step(DSUB, -2);
        case '*' -> step(DMUL, -2);
        case '/' -> step(DDIV, -2);
        default -> call(FUNCTION, "power", 2);
      }
    } else if (e instanceof Formula.Piece p) {
      push(p.left());
      if (p.comparison() != Formula.Comparison.FLAG) {
        push(p.right());
      }
      push(p.yes());
      push(p.no());
      switch (p.comparison()) {
        case LESS -> call(COMPARISON, "less", 4);
        case AT_MOST -> call(COMPARISON, "atMost", 4);
        case EQUAL -> call(COMPARISON, "equal", 4);
        case FLAG -> call(COMPARISON, "flag", 3);
      }
    } else {
      Formula.Call call = (Formula.Call) e;
      push(call.arguments().get(0));
      if (call.arguments().size() == 1) {
        one(call.function());
      }
      for (Formula.Expression argument : call.arguments().subList(1, call.arguments().size())) {
        push(argument);
        two(call.function());
      }
    }
  }

  private void one(Function function) throws IOException {
    switch (function) {
      case SQRT -> call(MATH, "sqrt", 1);
      case EXP -> call(STRICT, "exp", 1);
      case LN -> call(STRICT, "log", 1);
      case LOG2 -> call(FUNCTION, "log2", 1);
      case CEIL -> call(FUNCTION, "ceil", 1);
      case FLOOR -> call(FUNCTION, "floor", 1);
      case MIN, MAX, STATED -> {
        // Of one value, that value.
      }
    }
  }

  private void two(Function function) throws IOException {
    switch (function) {
      case MIN -> call(MATH, "min", 2);
      case MAX -> call(MATH, "max", 2);
      case STATED -> call(FUNCTION, "stated", 2);
      case SQRT, EXP, LN, LOG2, CEIL, FLOOR ->
          throw new IllegalStateException(
              "The function (" + function.word() + ") takes one value.");
    }
  }

  private void constant(double value) throws IOException {
    out.writeByte(LDC2_W);
    out.writeShort(
        entry(
            "d" + Double.doubleToRawLongBits(value),
            2,
            pool -> {
              pool.writeByte(6);
              pool.writeDouble(value);
            }));
    grow(2);
  }

  private void index(int slot) throws IOException {
    if (slot <= Byte.MAX_VALUE) {
      out.writeByte(BIPUSH);
      out.writeByte(slot);
    } else {
      out.writeByte(SIPUSH);
      out.writeShort(slot);
    }
    grow(1);
  }

  private void call(String type, String method, int arguments) throws IOException {
    out.writeByte(INVOKESTATIC);
    out.writeShort(method(type, method, "(" + "D".repeat(arguments) + ")D"));
    grow(2 - 2 * arguments);
  }

  private void step(int operation, int by) throws IOException {
    out.writeByte(operation);
    grow(by);
  }

  private void grow(int by) {
    depth += by;
    deepest = Math.max(deepest, depth);
  }

  /** Entry of the constant pool. */
  private interface Entry {
    void to(DataOutputStream pool) throws IOException;
  }

  private int entry(String key, int width, Entry entry) throws IOException {
    Integer known = entries.get(key);
    if (known != null) {
      return known;
    }
    entry.to(poolOut);
    int index = nextEntry;
    nextEntry += width;
    entries.put(key, index);
    return index;
  }

  private int utf(String text) throws IOException {
    return entry(
        "u" + text,
        1,
        pool -> {
          pool.writeByte(1);
          pool.writeUTF(text);
        });
  }

  private int type(String name) throws IOException {
    int text = utf(name);
    return entry(
        "c" + name,
        1,
        pool -> {
          pool.writeByte(7);
          pool.writeShort(text);
        });
  }

  private int method(String type, String name, String signature) throws IOException {
    int owner = type(type);
    int nameText = utf(name);
    int typeText = utf(signature);
    int both =
        entry(
            "n" + name + signature,
            1,
            pool -> {
              pool.writeByte(12);
              pool.writeShort(nameText);
              pool.writeShort(typeText);
            });
    return entry(
        "m" + type + name + signature,
        1,
        pool -> {
          pool.writeByte(10);
          pool.writeShort(owner);
          pool.writeShort(both);
        });
  }
}
