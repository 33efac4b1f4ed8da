package dev.kirchhoff.dashboards.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Access control of the page: whoever has the token, on loopback addresses too, since other users
 * of the machine reach them. The first visit brings it in the address and gets a cookie, whose name
 * bears the port because browsers share cookies between ports; a program sends {@code
 * Authorization: Bearer TOKEN}. Requests of foreign pages are refused, and on a loopback address
 * those under a foreign name.
 */
final class PageAccess {
  private static final String COOKIE = "kirchhoff_token_";
  private static final String BEARER = "Bearer ";
  private static final List<String> LOCAL = List.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{16,200}");
  private static final int RANDOM_BYTES = 18;

  private final String token;
  private final boolean isLoopback;

  private PageAccess(String token, boolean isLoopback) {
    this.token = token;
    this.isLoopback = isLoopback;
  }

  /**
   * The access rule of an address to listen on.
   *
   * @param wanted token to ask for; one is drawn if empty
   * @throws IllegalArgumentException if the token is too short or has other characters
   */
  static PageAccess of(String bind, Optional<String> wanted) throws UnknownHostException {
    if (wanted.isPresent() && !TOKEN.matcher(wanted.get()).matches()) {
      throw new IllegalArgumentException(
          "A token has 16 to 200 of the characters A-Z a-z 0-9 _ -.");
    }
    return new PageAccess(
        wanted.orElseGet(PageAccess::random), InetAddress.getByName(bind).isLoopbackAddress());
  }

  private static String random() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** The token that is asked for. */
  String token() {
    return token;
  }

  /** Lets a request pass, or answers it. */
  void check(Context context) {
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("X-Frame-Options", "DENY");
    context.header(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'");
    if (isLoopback && !LOCAL.contains(name(context.host()))) {
      refuse(context, "This page answers to localhost only.");
      return;
    }
    String origin = context.header("Origin");
    if (origin != null && !origin.equals("http://" + context.host())) {
      refuse(context, "This page answers to itself only, not to pages of " + origin + ".");
      return;
    }
    String cookie = COOKIE + context.req().getLocalPort();
    String brought = context.queryParam("token");
    if (brought != null && same(brought)) {
      Cookie kept = new Cookie(cookie, token);
      kept.setPath("/");
      kept.setHttpOnly(true);
      kept.setSameSite(SameSite.STRICT);
      context.cookie(kept);
      context.redirect(
          context.path().replaceFirst("^/+", "/") + withoutToken(context.queryString()));
      context.skipRemainingHandlers();
      return;
    }
    String kept = context.cookie(cookie);
    String header = context.header("Authorization");
    boolean isKnown =
        kept != null && same(kept)
            || header != null
                && header.startsWith(BEARER)
                && same(header.substring(BEARER.length()));
    if (!isKnown) {
      refuse(
          context,
          "Open the address that the dashboard printed when it started; it has the token.");
    }
  }

  /**
   * Lets a change pass, or answers it: a browser must say that its own page sent it, a program must
   * bring the token in a header, which no foreign page can.
   */
  void checkChange(Context context) {
    String header = context.header("Authorization");
    boolean isProgram =
        header != null
            && header.startsWith(BEARER)
            && same(header.substring(BEARER.length()))
            && context.header("Sec-Fetch-Site") == null;
    String origin = context.header("Origin");
    boolean isOurPage =
        ("http://" + context.host()).equals(origin)
            && List.of("same-origin", "").contains(header(context, "Sec-Fetch-Site"));
    String type = header(context, "Content-Type");
    if (!isProgram && !isOurPage) {
      refuse(context, "Changes are taken from this page alone, or with the token in a header.");
    } else if (!type.matches("application/json(;.*)?")) {
      refuse(context, "Changes are taken as application/json.");
    }
  }

  private static String header(Context context, String name) {
    String value = context.header(name);
    return value == null ? "" : value;
  }

  /** The rest of a query; it stays in the address, which a link with a token may have. */
  private static String withoutToken(String query) {
    String rest =
        Arrays.stream(query.split("&"))
            .filter(part -> !part.startsWith("token="))
            .collect(Collectors.joining("&"));
    return rest.isEmpty() ? "" : "?" + rest;
  }

  private static void refuse(Context context, String sentence) {
    if (context.path().startsWith("/api/")) {
      Refusal.answer(context, 403, sentence);
    } else {
      context.status(403).contentType("text/plain; charset=utf-8").result(sentence);
    }
    context.skipRemainingHandlers();
  }

  private static String name(String host) {
    return host == null ? "" : host.replaceFirst(":[0-9]+$", "");
  }

  private boolean same(String brought) {
    return MessageDigest.isEqual(
        brought.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
