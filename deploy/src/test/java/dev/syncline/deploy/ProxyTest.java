package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reverse proxies' configurations, read by those proxies. */
class ProxyTest {

  @TempDir private Path folder;

  @Test
  void caddyAcceptsItsFile() {
    Program.ofDebian("caddy", "caddy")
        .run(
            Map.of("HOME", folder.toString()),
            List.of(
                "validate",
                "--adapter",
                "caddyfile",
                "--config",
                Checkout.file("deploy/proxy/Caddyfile").toString()))
        .mustBe(0);
  }

  @Test
  void nginxAcceptsItsFile() throws IOException {
    Program nginx = Program.ofDebian("nginx", "nginx-light");
    Path certificate = folder.resolve("fullchain.pem");
    Path key = folder.resolve("privkey.pem");
    Program.ofDebian("openssl", "openssl")
        .run(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=test",
            "-keyout",
            key.toString(),
            "-out",
            certificate.toString())
        .mustBe(0);
    Path site =
        Files.writeString(
            folder.resolve("site.conf"),
            Checkout.text("deploy/proxy/nginx.conf").replace("/etc/ssl/syncline", folder + ""));
    Path whole = Files.writeString(folder.resolve("nginx.conf"), nginxAround(site));

    nginx.run("-t", "-p", folder.toString(), "-c", whole.toString()).mustBe(0);
  }

  @Test
  void traefikRouteLeadsToItsService() {
    var file = Yaml.file("deploy/proxy/traefik.yaml");

    String service = Yaml.text(file, "http.routers.syncline.service");
    assertEquals(
        "http://127.0.0.1:3030",
        Yaml.text(file, "http.services." + service + ".loadBalancer.servers.0.url"));
  }

  /**
   * A whole configuration that includes a site and writes nowhere but beside it: no need of root.
   */
  static String nginxAround(Path site) {
    return """
    pid FOLDER/pid;
    error_log stderr;
    events {}
    http {
      access_log off;
      client_body_temp_path FOLDER/body;
      fastcgi_temp_path FOLDER/fastcgi;
      proxy_temp_path FOLDER/proxy;
      scgi_temp_path FOLDER/scgi;
      uwsgi_temp_path FOLDER/uwsgi;
      include SITE;
    }
    """
        .replace("FOLDER", site.resolveSibling("").toString())
        .replace("SITE", site.toString());
  }
}
