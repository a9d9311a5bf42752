package io.openqpr;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A proxy of the system's packages in front of a server, set up as `docs/operations.md` says.
final class Proxy implements AutoCloseable {

  /// What lets an nginx run in a folder of its own, up to what stands within `http`.
  private static final String NGINX_BEFORE =
      """
      USER
      pid FOLDER/pid;
      error_log stderr;
      daemon off;
      events {}
      http {
        access_log off;
        client_body_temp_path FOLDER; proxy_temp_path FOLDER; fastcgi_temp_path FOLDER;
        uwsgi_temp_path FOLDER; scgi_temp_path FOLDER;
        client_max_body_size 0;
      """;

  /// Which there are.
  enum Kind {
    NGINX(
        "nginx",
        "nginx-light",
        NGINX_BEFORE
            + """
              server {
                listen 127.0.0.1:PORT;
                location / {
                  proxy_pass http://127.0.0.1:BEHIND;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                }
              }
            }
            """),
    NGINX_KEEPING_CONNECTIONS(
        "nginx",
        "nginx-light",
        NGINX_BEFORE
            + """
              upstream openqpr { server 127.0.0.1:BEHIND; keepalive 1; }
              server {
                listen 127.0.0.1:PORT;
                location / {
                  proxy_pass http://openqpr;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_request_buffering off;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                }
              }
            }
            """),
    CADDY(
        "caddy",
        "caddy",
        """
        {
          admin off
          auto_https off
        }
        http://127.0.0.1:PORT {
          reverse_proxy 127.0.0.1:BEHIND
        }
        """),
    HAPROXY(
        "haproxy",
        "haproxy",
        """
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
        frontend world
          bind 127.0.0.1:PORT
          default_backend openqpr
        backend openqpr
          option forwardfor
          http-reuse always
          server one 127.0.0.1:BEHIND
        """);

    private final String program;
    private final String debianPackage;
    private final String config;

    Kind(String program, String debianPackage, String config) {
      this.program = program;
      this.debianPackage = debianPackage;
      this.config = config;
    }

    private List<String> command(Path file) {
      String name = file.toString();
      return switch (this) {
        case NGINX, NGINX_KEEPING_CONNECTIONS -> List.of(found(), "-c", name);
        case CADDY -> List.of(found(), "run", "--adapter", "caddyfile", "--config", name);
        case HAPROXY -> List.of(found(), "-db", "-f", name);
      };
    }

    private String found() {
      for (String folder :
          List.of(
              "/usr/sbin/",
              "/usr/bin/",
              "/usr/local/sbin/",
              "/usr/local/bin/",
              "/opt/homebrew/bin/")) {
        if (Files.isExecutable(Path.of(folder + program))) {
          return folder + program;
        }
      }
      return "";
    }

    /// Whether it is there, after an attempt to get it where that is this user's right.
    boolean isThere() throws IOException, InterruptedException {
      if (found().isEmpty() && Files.isWritable(Path.of("/var/lib/dpkg"))) {
        Process installing =
            new ProcessBuilder(
                    "sh",
                    "-c",
                    "apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "
                        + debianPackage)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!installing.waitFor(3, TimeUnit.MINUTES)) {
          installing.destroy();
        }
      }
      return !found().isEmpty();
    }
  }

  private final Process process;
  private final int port;

  private Proxy(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Proxy start(Kind kind, Path folder, int behind) throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String config =
        kind.config
            // Its workers must read what is this user's own.
            .replace("USER", "root".equals(System.getProperty("user.name")) ? "user root;" : "")
            .replace("FOLDER", folder.toString())
            .replace("PORT", String.valueOf(port))
            .replace("BEHIND", String.valueOf(behind));
    Path file = Files.writeString(folder.resolve("config"), config);
    var builder =
        new ProcessBuilder(kind.command(file))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_DATA_HOME", folder.toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    var proxy = new Proxy(builder.start(), port);
    proxy.awaitPort(folder.resolve("log"));
    return proxy;
  }

  private void awaitPort(Path log) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try (var socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - deadline > 0) {
          close();
          throw new IOException(Files.readString(log), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
