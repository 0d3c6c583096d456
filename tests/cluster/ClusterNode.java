import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/**
 * A node of a test cluster, made of the libraries on the class path instead of an installed distribution.
 *
 * The one argument is a file of settings, a line each: "name value" or, for lists, "name value value".
 * The node ends in order on SIGTERM, and when its standard input ends: no node outlives the test that started it.
 */
final class ClusterNode extends Node {
    private static final String TRANSPORT = "org.opensearch.transport.Netty4ModulePlugin";

    ClusterNode(Environment environment) {
        super(environment, List.of(onClassPath(TRANSPORT), onClassPath(Rights.class.getName())), true);
    }

    private static PluginInfo onClassPath(String plugin) {
        return new PluginInfo(plugin, "", "", Version.CURRENT, "21", plugin, null, List.of(), false);
    }

    private static Environment read(Path file) throws IOException {
        var settings = Settings.builder();
        for (String line : Files.readAllLines(file)) {
            List<String> words = List.of(line.split(" "));
            if (words.size() == 2) {
                settings.put(words.get(0), words.get(1));
            } else {
                settings.putList(words.get(0), words.subList(1, words.size()));
            }
        }
        return new Environment(settings.build(), Files.createDirectories(file.resolveSibling("config")));
    }

    private static void end(Node node) {
        try {
            node.close();
        } catch (IOException error) {
            System.err.println("not closed in order: " + error);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var node = new ClusterNode(read(Path.of(arguments[0])));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node), "end"));
        node.start();
        System.out.println("ready");
        var input = new BufferedReader(new InputStreamReader(System.in));
        while (input.readLine() != null) { // nobody writes anything: this waits for the end
        }
        System.exit(0);
    }
}
