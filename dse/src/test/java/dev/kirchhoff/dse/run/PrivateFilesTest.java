package dev.kirchhoff.dse.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.kirchhoff.arch.event.RunEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir Path temporary;

  @BeforeEach
  void thisFileSystemHasPermissions() {
    assumeTrue(PrivateFiles.isSupported(temporary), "POSIX permissions of the temporary folder");
  }

  /** A process that makes everything that a run makes. */
  static final class Writer {
    public static void main(String[] arguments) throws IOException {
      DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
      RunDirectory run = data.createRun(new RunId("r"));
      RunEvent.Run header =
          new RunEvent.Run(
              "running",
              "",
              "v",
              1,
              1,
              "e",
              1,
              TextNode.valueOf("s"),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              "n",
              List.of());
      RunLog.create(run, header, Clock.systemUTC()).close();
      new PublishedHint(1, "cluster", 0).write(run.published());
      PrivateFiles.createFileIfAbsent(data.companionLog("broker"));
      OwnerLock.take(data.broker().resolve("lock")).orElseThrow().close();
    }
  }

  @Test
  void filesAreTheirOwnersAloneWhateverTheMask() throws Exception {
    for (String mask : List.of("000", "022", "077", "277")) {
      Path data = temporary.resolve("above-" + mask).resolve("data");
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      Process process =
          new ProcessBuilder(
                  "/bin/sh",
                  "-c",
                  "mkdir -p " + data.getParent() + " && umask " + mask + " && exec \"$0\" \"$@\"",
                  java,
                  "-XX:-UsePerfData",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Writer.class.getName(),
                  data.toString())
              .inheritIO()
              .start();
      assertEquals(0, process.waitFor(), "mask " + mask);
      try (var tree = Files.walk(data)) {
        List<Path> all = tree.toList();
        assertEquals(11, all.size(), all.toString());
        for (Path path : all) {
          String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
          String found = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
          assertEquals(expected, found, "mask " + mask + ": " + path);
        }
      }
    }
  }

  @Test
  void anEmptyFolderOfTheUsersBecomesPrivateAndWhatIsThereStaysAsItsUserMadeIt()
      throws IOException {
    Path data = Files.createDirectory(temporary.resolve("mine"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    DataDirectory.open(data);
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
    assertTrue(DataDirectory.open(data).warning().isEmpty());
    assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
  }

  /** The file system of a zip archive has no POSIX permissions unless it is asked for them. */
  @Test
  void aFileSystemWithoutPermissionsIsToldApartAndUsedAsItIs() throws IOException {
    URI archive = URI.create("jar:" + temporary.resolve("a.zip").toUri());
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path root = zip.getPath("/");
      assertFalse(PrivateFiles.isSupported(root));
      PrivateFiles.createFolder(root.resolve("folder"));
      PrivateFiles.createFile(root.resolve("folder").resolve("file"));
      assertTrue(Files.exists(root.resolve("folder").resolve("file")));
      String warning = DataDirectory.open(root.resolve("data")).warning().orElseThrow();
      assertTrue(warning.contains("without POSIX permissions"), warning);
    }
  }
}
