// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.testkit.Loopback;
import dev.guarded.testkit.ThreadPerTask;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Lets clients in that speak TLS, with a certificate for one host, and passes on what they say to a server. */
final class TlsDoor implements AutoCloseable {

    private static final String STORE_PASSWORD = "changeit";

    private final ServerSocket door;
    private final int server;
    private final AtomicLong heard = new AtomicLong();

    private TlsDoor(ServerSocket door, int server) {
        this.door = door;
        this.server = server;
    }

    /** Makes a key and a certificate for a host, signed by nobody else, in a new file. */
    static Path certificateFor(String host, Path folder) throws Exception {
        Path store = folder.resolve(host + ".p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                "server",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keystore",
                store.toString());
        File log = folder.resolve(host + ".log").toFile();
        int result = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start()
                .waitFor();
        if (result != 0) {
            throw new IOException("keytool: " + Files.readString(log.toPath()));
        }
        return store;
    }

    /** Opens a door to the server at a port of this machine. */
    static TlsDoor to(int server, Path certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(certificate.toFile(), STORE_PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        ServerSocket socket = context.getServerSocketFactory()
                .createServerSocket(Loopback.freePort(), 50, InetAddress.getLoopbackAddress());
        TlsDoor opened = new TlsDoor(socket, server);
        ThreadPerTask.EXECUTOR.execute(opened::letIn);
        return opened;
    }

    int port() {
        return door.getLocalPort();
    }

    /** Returns how many bytes clients have sent, once they had trusted it. */
    long heard() {
        return heard.get();
    }

    private void letIn() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                ThreadPerTask.EXECUTOR.execute(() -> pass(client, behind, heard));
                ThreadPerTask.EXECUTOR.execute(() -> pass(behind, client, new AtomicLong()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to, AtomicLong count) {
        try (from;
                to) {
            byte[] words = new byte[8192];
            InputStream in = from.getInputStream();
            for (int read = in.read(words); read >= 0; read = in.read(words)) {
                count.addAndGet(read);
                to.getOutputStream().write(words, 0, read);
            }
        } catch (IOException end) {
            // Whoever ended it knows why.
            return;
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
