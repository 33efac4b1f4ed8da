package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.desk.StartedExplorer;
import dev.kirchhoff.dse.stream.BrokerRehearsal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two launchers, POSIX and Windows: equal flags for each command, and an existing program. */
class LauncherTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern FLAG = Pattern.compile("-X[^\\s\"]+");
  private static final Pattern MAIN = Pattern.compile("-cp \\S+ (dev\\.kirchhoff\\.[\\w.]+) ");

  @TempDir private Path folder;

  @Test
  void launchersGiveEachCommandTheSameFlags() throws IOException {
    Map<String, Set<String>> posix = posix(Files.readString(ROOT.resolve("kirchhoff")));
    Map<String, Set<String>> windows = windows(Files.readString(ROOT.resolve("kirchhoff.cmd")));
    assertEquals(posix, windows);
    assertEquals(posix.get("explore"), Set.copyOf(StartedExplorer.FLAGS));
    assertTrue(posix.get("explore").contains("-XX:+UseParallelGC"));
    assertTrue(posix.get("").contains("-XX:TieredStopAtLevel=1"));
  }

  @Test
  void launchersNameTheProgramThatChildrenOfItRun() throws IOException {
    for (String launcher : List.of("kirchhoff", "kirchhoff.cmd")) {
      Matcher main = MAIN.matcher(Files.readString(ROOT.resolve(launcher)));
      List<String> named = new ArrayList<>();
      while (main.find()) {
        named.add(main.group(1));
      }
      assertEquals(List.of(Main.class.getName()), named, launcher);
    }
    String posix = Files.readString(ROOT.resolve("kirchhoff"));
    assertTrue(posix.contains(" " + Rehearsal.class.getName() + " "));
    assertTrue(posix.contains(" " + BrokerRehearsal.class.getName() + " "));
  }

  @Test
  void linesOfTheWindowsLauncherEndAsWindowsReadsThem() throws IOException {
    String text = Files.readString(ROOT.resolve("kirchhoff.cmd"));
    assertEquals(text.lines().count(), text.chars().filter(c -> c == '\r').count());
  }

  @Test
  void commandsOfTheRehearsalAreThoseOfTheProgram() {
    String spec = ROOT.resolve("examples/quickstart.yaml").toString();
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    for (List<String> command : Rehearsal.commands(spec, folder)) {
      if (!Set.of("report", "dashboard").contains(command.get(0))) {
        Main.commandLine(nowhere, nowhere).parseArgs(command.toArray(String[]::new));
      }
    }
  }

  /** Flags by command; those of all others by the empty name. */
  private static Map<String, Set<String>> posix(String script) {
    String common = between(script, "flags='", "'");
    String cases = between(script, "case ${1:-} in\n", "\nesac");
    Map<String, Set<String>> flags = new TreeMap<>();
    for (String branch : cases.split(";;")) {
      if (!branch.isBlank()) {
        String names = branch.substring(0, branch.indexOf(')')).strip();
        for (String name : names.split(" \\| ")) {
          flags.put(name.equals("*") ? "" : name, flags(common + " " + withoutComments(branch)));
        }
      }
    }
    return flags;
  }

  private static Map<String, Set<String>> windows(String script) {
    String text = script.replace("\r", "");
    String common = between(text, "set \"flags=", "\"");
    Map<String, String> kinds = new TreeMap<>();
    Matcher kind =
        Pattern.compile("for %%c in \\((.*)\\) do if \"%~1\"==\"%%c\" set \"kind=(\\w+)\"")
            .matcher(text);
    while (kind.find()) {
      for (String name : kind.group(1).split(" ")) {
        kinds.put(name, kind.group(2));
      }
    }
    kinds.put("", between(text, "set \"kind=", "\""));
    Map<String, Set<String>> flags = new TreeMap<>();
    kinds.forEach(
        (name, of) -> {
          StringBuilder own = new StringBuilder(common);
          Matcher line = Pattern.compile("if %kind%==" + of + " set \"(.*)\"").matcher(text);
          while (line.find()) {
            own.append(' ').append(line.group(1));
          }
          flags.put(name, flags(own.toString()));
        });
    return flags;
  }

  private static Set<String> flags(String text) {
    Set<String> flags = new TreeSet<>();
    Matcher flag = FLAG.matcher(text);
    while (flag.find()) {
      flags.add(flag.group());
    }
    return flags;
  }

  private static String withoutComments(String text) {
    return text.replaceAll("(?m)^\\s*#.*$", "");
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin);
    assertTrue(from >= 0, "no " + begin);
    from += begin.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
