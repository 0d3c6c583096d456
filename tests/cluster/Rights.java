import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.action.support.ActionFilterChain;
import org.opensearch.action.support.ActionRequestMetadata;
import org.opensearch.common.regex.Regex;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestChannel;
import org.opensearch.rest.RestHandler;
import org.opensearch.rest.RestHeaderDefinition;
import org.opensearch.rest.RestRequest;
import org.opensearch.tasks.Task;
import org.opensearch.transport.client.node.NodeClient;

/**
 * Who asks a node, and what may they do? By the names of the node's own actions, as accounts of real clusters are.
 *
 * "rights.accounts" lists "TOKEN|PATTERN,PATTERN": what a request's Authorization says after its first word, and the
 * actions that it may do. A request that says nothing may do everything: the tests' own.
 */
public final class Rights extends Plugin implements ActionPlugin, ActionFilter {
    private static final Setting<List<String>> ACCOUNTS =
        Setting.listSetting("rights.accounts", List.of(), Function.identity(), Setting.Property.NodeScope);
    private static final String ALLOWED = "rights.allowed";

    private final Map<String, String[]> accounts;
    private ThreadContext context;

    public Rights(Settings settings) {
        accounts = ACCOUNTS.get(settings).stream().map(line -> line.split("\\|"))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].split(",")));
    }

    @Override
    public List<Setting<?>> getSettings() {
        return List.of(ACCOUNTS);
    }

    @Override
    public List<ActionFilter> getActionFilters() {
        return List.of(this);
    }

    @Override
    public UnaryOperator<RestHandler> getRestHandlerWrapper(ThreadContext context, Set<RestHeaderDefinition> headers) {
        this.context = context;
        return handler -> new RestHandler.Wrapper(handler) {
            @Override
            public void handleRequest(RestRequest request, RestChannel channel, NodeClient client) throws Exception {
                String said = request.header("Authorization");
                String[] allowed = said == null ? new String[] { "*" } : accounts.get(said.substring(said.indexOf(' ') + 1));
                if (allowed == null) {
                    channel.sendResponse(new BytesRestResponse(RestStatus.UNAUTHORIZED, "Unauthorized"));
                } else {
                    context.putTransient(ALLOWED, allowed);
                    super.handleRequest(request, channel, client);
                }
            }
        };
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    public <Q extends ActionRequest, R extends ActionResponse> void apply(
        Task task, String action, Q request, ActionRequestMetadata<Q, R> metadata, ActionListener<R> listener,
        ActionFilterChain<Q, R> chain
    ) {
        String[] allowed = context.getTransient(ALLOWED);
        if (allowed == null || Arrays.stream(allowed).anyMatch(pattern -> Regex.simpleMatch(pattern, action))) {
            chain.proceed(task, action, request, listener);
        } else {
            listener.onFailure(new OpenSearchStatusException("no permissions for [" + action + "]", RestStatus.FORBIDDEN));
        }
    }
}
