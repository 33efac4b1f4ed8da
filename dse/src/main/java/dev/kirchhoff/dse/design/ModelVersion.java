package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.peripherals.Prices;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Version of the models: release version + digest of the classes and data that decide a figure or
 * the course of a search. Equal version, equal numbers; a commit that changes documents, pages or
 * commands changes no version. {@code .dirty} says that the program was built from sources that no
 * commit holds; it does not make versions differ.
 */
public final class ModelVersion {
  private static final String DIRTY = ".dirty";
  private static final int DIGITS = 12;

  /** Packages with models, data of models and search, as paths of their classes. */
  private static final Pattern DECISIVE =
      Pattern.compile(
          "dev/kirchhoff/(arch/(?!event/)|peripherals/|mapper/"
              + "|dse/(accuracy|budget|design|engine|explore|front|moves|space)/).*");

  /** Library that takes decisions of a search; its file's name bears its version. */
  private static final String LIBRARY = "optaplanner-core";

  private static final String IDENTITY = release("version") + "+" + digest();

  private ModelVersion() {}

  /** {@code 1.0.0+ab12cd34ef56}, with {@code .dirty} behind it if no commit holds its sources. */
  public static String text() {
    return IDENTITY + (release("dirty").equals("true") ? DIRTY : "");
  }

  /** The version without the remark on its sources: equal identity, equal numbers. */
  public static String identity() {
    return IDENTITY;
  }

  /** True if a version is this one: equal numbers. */
  public static boolean isOurs(String version) {
    return version.equals(IDENTITY) || version.equals(IDENTITY + DIRTY);
  }

  private static String release(String key) {
    Properties properties = new Properties();
    try (InputStream in =
        ModelVersion.class.getResourceAsStream("/dev/kirchhoff/dse/version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The version cannot be read.", e);
    }
    String value = properties.getProperty(key, "");
    return value.isEmpty() || value.startsWith("$") ? "unknown" : value;
  }

  private static String digest() {
    try {
      List<Path> places = new ArrayList<>();
      for (Class<?> member :
          List.of(DesignSpec.class, Prices.class, Evaluator.class, ModelVersion.class)) {
        places.add(Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI()));
      }
      List<String> libraries =
          Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
              .map(entry -> entry.substring(entry.lastIndexOf(File.separatorChar) + 1))
              .filter(name -> name.startsWith(LIBRARY))
              .toList();
      return digest(places, libraries);
    } catch (IOException e) {
      throw new UncheckedIOException("The models' own files cannot be read.", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The models' own files cannot be named.", e);
    }
  }

  /**
   * Digest of names, sizes and CRC-32 of decisive files, which jars have in their directories.
   *
   * @param places jars, and folders of classes
   * @param libraries names of further jars
   */
  static String digest(List<Path> places, List<String> libraries) throws IOException {
    Map<String, String> files = new TreeMap<>();
    libraries.forEach(name -> files.put(name, ""));
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        addFolder(place, files);
      } else {
        addJar(place, files);
      }
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (name, content) ->
              sha.update((name + " " + content + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing.", e);
    }
  }

  private static void addJar(Path jar, Map<String, String> files) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .filter(entry -> !entry.isDirectory() && DECISIVE.matcher(entry.getName()).matches())
          .forEach(entry -> files.put(entry.getName(), content(entry)));
    }
  }

  private static String content(ZipEntry entry) {
    return entry.getSize() + " " + Long.toHexString(entry.getCrc());
  }

  private static void addFolder(Path folder, Map<String, String> files) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        if (DECISIVE.matcher(name).matches()) {
          byte[] bytes = Files.readAllBytes(file);
          CRC32 crc = new CRC32();
          crc.update(bytes);
          files.put(name, bytes.length + " " + Long.toHexString(crc.getValue()));
        }
      }
    }
  }
}
