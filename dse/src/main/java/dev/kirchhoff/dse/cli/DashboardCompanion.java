package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.run.ClassArchive;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.PrivateFiles;
import dev.kirchhoff.dse.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The dashboard as a child of an explorer: an own JVM whose standard input is a pipe from here, so
 * that it ends when this process does, however that happens.
 */
final class DashboardCompanion implements AutoCloseable {
  /** Class of the program; it knows all commands, so that none of them may know it. */
  private static final String PROGRAM = "dev.kirchhoff.dse.cli.Main";

  private static final int FIRST_PORT = 8100;
  private static final int PORTS = 50;
  private static final long ASK_MS = 50;

  /**
   * Variable of the child's environment with the page's token. Other users of the machine read
   * arguments, not the environment.
   */
  private static final String TOKEN_VARIABLE = "KIRCHHOFF_PAGE_TOKEN";

  private static final int TOKEN_BYTES = 18;

  private final Process process;
  private final int port;
  private final String token;
  private final Path output;

  private DashboardCompanion(Process process, int port, String token, Path output) {
    this.process = process;
    this.port = port;
    this.token = token;
    this.output = output;
  }

  /** Starts it; nothing if it cannot be started, then a sentence says why. */
  static Optional<DashboardCompanion> start(
      DataDirectory data, StreamArguments arguments, Consumer<String> warnings) {
    if (arguments.port != null && !isFree(arguments.port)) {
      warnings.accept("warning: the page cannot be served: port " + arguments.port + " is taken");
      return Optional.empty();
    }
    int port = arguments.port != null ? arguments.port : freePort();
    Path output = data.companionLog("dashboard");
    try {
      PrivateFiles.createFileIfAbsent(output);
      String token = token();
      ProcessBuilder builder =
          new ProcessBuilder(command(data, arguments, port))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      builder.environment().put(TOKEN_VARIABLE, token);
      return Optional.of(new DashboardCompanion(builder.start(), port, token, output));
    } catch (IOException e) {
      warnings.accept("warning: the page cannot be served: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The user's token if the environment has one, else a random one. */
  private static String token() {
    String given = System.getenv(TOKEN_VARIABLE);
    if (given != null) {
      return given;
    }
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private static List<String> command(DataDirectory data, StreamArguments arguments, int port) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ClassArchive.flags());
    command.addAll(List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=error:stderr"));
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), PROGRAM));
    command.addAll(List.of("dashboard", "--companion", "--port", Integer.toString(port)));
    command.addAll(List.of("--data", data.root().toString()));
    if (arguments.kafka != null) {
      command.addAll(List.of("--kafka", arguments.kafka));
    }
    if (arguments.kafkaConfig != null) {
      command.addAll(List.of("--kafka-config", arguments.kafkaConfig.toString()));
    }
    return command;
  }

  /** The first free port from 8100 on, so that several explorers can be watched. */
  private static int freePort() {
    for (int port = FIRST_PORT; port < FIRST_PORT + PORTS; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new UncheckedIOException(
        new IOException(
            "No port from "
                + FIRST_PORT
                + " to "
                + (FIRST_PORT + PORTS - 1)
                + " is free; --port names another."));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Prints the address of a run's page once it answers, or that it ended before. */
  void announce(RunId run, Consumer<String> messages) {
    Thread thread = new Thread(() -> messages.accept(announcement(run)), "page");
    thread.setDaemon(true);
    thread.start();
  }

  private String announcement(RunId run) {
    try {
      while (!answers()) {
        if (process.waitFor(ASK_MS, TimeUnit.MILLISECONDS)) {
          return "warning: the page is not served; the reason stands at the end of " + output;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "page " + address(run);
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Address of a run's page, with the token. */
  String address(RunId run) {
    return "http://127.0.0.1:" + port + "/runs/" + run + "?token=" + token;
  }

  /** Waits until it ends by itself. */
  void await() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
