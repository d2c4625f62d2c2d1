package dev.sluice.delivery.send.token;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.delivery.send.http.Transport;
import dev.sluice.subscription.Auth;
import io.vertx.core.Future;

/** Has requests of webhooks with {@link Auth.OAuth2} carry a token; without one they do not go out. */
public final class TokenTransport implements Transport {
    private static final int UNAUTHORIZED = 401;

    private final Transport next;
    private final AccessTokens tokens;

    public TokenTransport(Transport next, AccessTokens tokens) {
        this.next = next;
        this.tokens = tokens;
    }

    @Override
    public Future<Answer> carry(Request request) {
        Auth.OAuth2 client = request.endpoint().client();
        if (client == null) {
            return next.carry(request);
        }
        request.await("token");
        return tokens.of(client).compose(granted -> {
            request.await("connection");
            return granted instanceof Granted.Token token
                    ? carry(request, client, token)
                    : Future.succeededFuture(request.failure(Kind.AUTH, ((Granted.Denied) granted).reason()));
        });
    }

    private Future<Answer> carry(Request request, Auth.OAuth2 client, Granted.Token token) {
        request.headers().set("authorization", "Bearer " + token.text());
        return next.carry(request).onSuccess(answer -> {
            if (answer instanceof Answer.Status status && status.code() == UNAUTHORIZED) {
                tokens.refused(client, token);
            }
        });
    }
}
