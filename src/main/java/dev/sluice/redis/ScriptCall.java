package dev.sluice.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/**
 * One call of a script, by its digest. It may be sent more than once.
 *
 * <p>Its last key never exists. While a slot of a cluster is on its way to another master, Redis runs no script that names
 * a key which is not there; without it, one could run and fail half way, at a key that has left already.
 */
public final class ScriptCall {
    private final Script script;
    private final Request request;

    ScriptCall(Script script, List<String> keys) {
        this.script = script;
        this.request = Request.cmd(Command.EVALSHA).arg(script.sha()).arg(keys.size() + 1);
        keys.forEach(request::arg);
        request.arg(Keys.never(keys.get(0)));
    }

    /** More arguments, behind those before. */
    public ScriptCall with(Object... arguments) {
        for (Object argument : arguments) {
            request.arg(String.valueOf(argument));
        }
        return this;
    }

    /** More arguments, behind those before. */
    public ScriptCall with(List<String> arguments) {
        arguments.forEach(request::arg);
        return this;
    }

    /** To add what is no text, or to stand among commands: the link must have been told the script then. */
    public Request request() {
        return request;
    }

    Script script() {
        return script;
    }
}
