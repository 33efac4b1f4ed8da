package dev.kirchhoff;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Holds the directions of the house: peripherals → arch-model, mapper → peripherals, dse → mapper,
 * dashboards → arch-model; each library where it belongs; no two packages that use each other.
 */
class DependencyTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.kirchhoff");

  private static final String[] MODELS = {
    "dev.kirchhoff.arch..", "dev.kirchhoff.peripherals..", "dev.kirchhoff.mapper.."
  };

  /** Functions of {@link Math} that have one result by definition, rounded or exact. */
  private static final Set<String> EXACT =
      Set.of(
          "abs",
          "absExact",
          "addExact",
          "ceil",
          "copySign",
          "decrementExact",
          "floor",
          "floorDiv",
          "floorMod",
          "fma",
          "getExponent",
          "incrementExact",
          "max",
          "min",
          "multiplyExact",
          "multiplyFull",
          "multiplyHigh",
          "negateExact",
          "nextAfter",
          "nextDown",
          "nextUp",
          "rint",
          "round",
          "scalb",
          "signum",
          "sqrt",
          "subtractExact",
          "toIntExact",
          "ulp");

  @Test
  void allModulesAreSeen() {
    for (String module : List.of("arch", "peripherals", "mapper", "dse", "dashboards")) {
      assertTrue(
          CLASSES.stream().anyMatch(c -> c.getPackageName().startsWith("dev.kirchhoff." + module)),
          "no class of " + module + " was found, so nothing would be checked");
    }
  }

  @Test
  void modulesDependInOneDirection() {
    forbid("arch", "peripherals", "mapper", "dse", "dashboards");
    forbid("peripherals", "mapper", "dse", "dashboards");
    forbid("mapper", "dse", "dashboards");
    forbid("dse", "dashboards");
    forbid("dashboards", "peripherals", "mapper", "dse");
  }

  private static void forbid(String module, String... others) {
    for (String other : others) {
      noClasses()
          .that()
          .resideInAPackage("dev.kirchhoff." + module + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.kirchhoff." + other + "..")
          .check(CLASSES);
    }
  }

  @Test
  void librariesStayWhereTheyBelong() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.kirchhoff.dse..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.optaplanner..",
            "kafka..",
            "org.apache.kafka.server..",
            "org.apache.kafka.metadata..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.kirchhoff.dse.stream..",
            "dev.kirchhoff.dashboards.feed..",
            "dev.kirchhoff.dashboards.steer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.kirchhoff.dse.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.optaplanner..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.kirchhoff.mapper.onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.protobuf..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.kirchhoff.dashboards.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "jakarta.servlet..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.kirchhoff.dse.metrics..", "dev.kirchhoff.dashboards.web..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.prometheus..")
        .check(CLASSES);
  }

  @Test
  void modelsDoNotTouchFilesOrConsole() {
    noClasses()
        .that()
        .resideInAnyPackage(MODELS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(MODELS)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void figuresAreTheSameOnEveryMachine() {
    List<String> calls = new ArrayList<>();
    for (JavaClass each : CLASSES.that(resideInAnyPackage(MODELS))) {
      for (JavaCodeUnitAccess<?> access : each.getCodeUnitAccessesFromSelf()) {
        if (access.getTargetOwner().isEquivalentTo(Math.class)
            && !EXACT.contains(access.getTarget().getName())) {
          calls.add(access.getDescription());
        }
      }
    }
    assertTrue(
        calls.isEmpty(),
        "functions that a machine may round its own way; StrictMath has them: " + calls);
  }

  @Test
  void noTwoPackagesUseEachOther() {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass each : CLASSES) {
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        String from = each.getPackageName();
        String to = dependency.getTargetClass().getPackageName();
        if (to.startsWith("dev.kirchhoff.") && !from.equals(to)) {
          uses.computeIfAbsent(from, p -> new TreeSet<>()).add(to);
        }
      }
    }
    List<String> pairs = new ArrayList<>();
    uses.forEach(
        (from, targets) -> {
          for (String to : targets) {
            if (from.compareTo(to) < 0 && uses.getOrDefault(to, Set.of()).contains(from)) {
              pairs.add(from + " <-> " + to);
            }
          }
        });
    assertTrue(pairs.isEmpty(), "packages that use each other: " + pairs);
  }

  /**
   * Top-level classes of one package that use each other in a circle; nested classes count as the
   * class that holds them, kinds of a sealed type as that type.
   */
  @Test
  void noClassesOfAPackageUseEachOtherInACircle() {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass each : CLASSES) {
      if (each.getPackageName().endsWith(".proto")) {
        continue;
      }
      String from = unit(each);
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String to = unit(target);
        if (target.getPackageName().equals(each.getPackageName()) && !to.equals(from)) {
          uses.computeIfAbsent(from, unit -> new TreeSet<>()).add(to);
        }
      }
    }
    Set<String> circles = new TreeSet<>();
    for (String start : uses.keySet()) {
      if (reached(start, uses).contains(start)) {
        circles.add(start);
      }
    }
    assertTrue(circles.isEmpty(), "classes that reach themselves within a package: " + circles);
  }

  /** The top-level class of a class, or the sealed type of the same package that permits it. */
  private static String unit(JavaClass each) {
    Class<?> top = each.reflect();
    while (top.getEnclosingClass() != null) {
      top = top.getEnclosingClass();
    }
    for (Class<?> parent = sealed(top); parent != null; parent = sealed(top)) {
      top = parent;
    }
    return top.getName();
  }

  private static Class<?> sealed(Class<?> kind) {
    List<Class<?>> parents = new ArrayList<>(List.of(kind.getInterfaces()));
    if (kind.getSuperclass() != null) {
      parents.add(kind.getSuperclass());
    }
    for (Class<?> parent : parents) {
      if (parent.isSealed() && parent.getPackageName().equals(kind.getPackageName())) {
        return parent;
      }
    }
    return null;
  }

  private static Set<String> reached(String start, Map<String, Set<String>> uses) {
    Set<String> reached = new TreeSet<>();
    List<String> open = new ArrayList<>(uses.getOrDefault(start, Set.of()));
    while (!open.isEmpty()) {
      String next = open.remove(open.size() - 1);
      if (reached.add(next)) {
        open.addAll(uses.getOrDefault(next, Set.of()));
      }
    }
    return reached;
  }
}
