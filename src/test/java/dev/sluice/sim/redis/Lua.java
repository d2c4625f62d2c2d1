package dev.sluice.sim.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.MathLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * Scripts as Redis runs them. One interpreter serves all simulations of this process, as the library of strings is one for all;
 * where it and Lua 5.1 differ, what the scripts use is put right here ({@link LuaText}).
 */
final class Lua {
    private static final String SHEBANG = "#!";
    private static final Lua ONLY = new Lua();

    private final Globals globals = new Globals();
    private final Map<String, Prototype> compiled = new HashMap<>();
    private ModelRedis redis;

    private Lua() {
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        globals.load(new StringLib());
        globals.load(new MathLib());
        LoadState.install(globals);
        LuaC.install(globals);
        globals.set("unpack", globals.get("table").get("unpack"));
        LuaText.into(globals);
        LuaTable api = new LuaTable();
        api.set("call", new Call(true));
        api.set("pcall", new Call(false));
        api.set("error_reply", new VarArgFunction() {
            @Override
            public Varargs invoke(Varargs given) {
                return error(given.checkjstring(1));
            }
        });
        globals.set("redis", api);
        LuaTable json = new LuaTable();
        json.set("decode", new LuaJson());
        globals.set("cjson", json);
    }

    static synchronized Object run(ModelRedis redis, String source, List<String> keys, List<String> arguments) {
        return ONLY.evaluate(redis, source, keys, arguments);
    }

    private Object evaluate(ModelRedis on, String source, List<String> keys, List<String> arguments) {
        redis = on;
        globals.set("KEYS", table(keys));
        globals.set("ARGV", table(arguments));
        try {
            return answer(new LuaClosure(compiled.computeIfAbsent(source, this::compile), globals).call());
        } catch (LuaError thrown) {
            LuaValue what = thrown.getMessageObject();
            String message =
                    what != null && what.istable() ? what.get("err").tojstring() : "ERR " + thrown.getMessage();
            throw new Failure(message);
        }
    }

    private Prototype compile(String source) {
        String bare = source.startsWith(SHEBANG) ? "--" + source : source;
        try {
            return globals.compilePrototype(
                    new ByteArrayInputStream(bare.getBytes(StandardCharsets.ISO_8859_1)), "script");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static LuaTable table(List<String> words) {
        LuaTable table = new LuaTable(words.size(), 0);
        for (int i = 0; i < words.size(); i++) {
            table.set(i + 1, bytes(words.get(i)));
        }
        return table;
    }

    static LuaString bytes(String text) {
        return LuaString.valueUsing(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String text(LuaValue value) {
        LuaString string = value.checkstring();
        return new String(string.m_bytes, string.m_offset, string.m_length, StandardCharsets.ISO_8859_1);
    }

    private static LuaTable error(String message) {
        LuaTable error = new LuaTable();
        error.set("err", bytes(message));
        return error;
    }

    private final class Call extends VarArgFunction {
        private final boolean raises;

        Call(boolean raises) {
            this.raises = raises;
        }

        @Override
        public Varargs invoke(Varargs given) {
            List<String> words = new ArrayList<>(given.narg());
            for (int i = 1; i <= given.narg(); i++) {
                LuaValue word = given.arg(i);
                words.add(word.isnumber() && !(word instanceof LuaString) ? Numbers.text(word.todouble()) : text(word));
            }
            try {
                return value(redis.run(words));
            } catch (Failure failure) {
                LuaTable error = Lua.error(failure.getMessage());
                if (raises) {
                    throw new LuaError(error);
                }
                return error;
            }
        }
    }

    private static LuaValue value(Object answer) {
        if (answer == null) {
            return LuaValue.FALSE;
        } else if (answer instanceof Long number) {
            return LuaValue.valueOf((double) number);
        } else if (answer instanceof String text) {
            return bytes(text);
        } else if (answer instanceof List<?> list) {
            LuaTable table = new LuaTable(list.size(), 0);
            for (int i = 0; i < list.size(); i++) {
                table.set(i + 1, value(list.get(i)));
            }
            return table;
        }
        LuaTable status = new LuaTable();
        status.set("ok", bytes(((Reply.Status) answer).text()));
        return status;
    }

    /** As Redis turns what a script returns into a reply: a number is a whole one, a list ends at the first nil. */
    private static Object answer(LuaValue value) {
        if (value instanceof LuaString) {
            return text(value);
        } else if (value.isnumber()) {
            return (long) value.todouble();
        } else if (value.isboolean()) {
            return value.toboolean() ? 1L : null;
        } else if (!value.istable()) {
            return null;
        } else if (!value.get("err").isnil()) {
            throw new Failure(text(value.get("err")));
        } else if (!value.get("ok").isnil()) {
            return new Reply.Status(text(value.get("ok")));
        }
        List<Object> list = new ArrayList<>();
        for (int i = 1; !value.get(i).isnil(); i++) {
            list.add(answer(value.get(i)));
        }
        return list;
    }
}
