package dev.sluice.sim.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
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
 * Scripts as Redis runs them. Each thread has an interpreter, which serves all of its simulations; the library of strings is one for
 * all. Where LuaJ and Lua 5.1 differ, what the scripts use is put right here ({@link LuaText}).
 */
final class Lua {
    private static final String SHEBANG = "#!";
    private static final LuaValue STRINGS = strings();
    private static final ThreadLocal<Lua> OF_THREAD = ThreadLocal.withInitial(Lua::new);

    private final Globals globals = bare();
    private ModelRedis redis;

    private Lua() {
        globals.load(new TableLib());
        globals.load(new MathLib());
        globals.set("string", STRINGS);
        globals.set("unpack", globals.get("table").get("unpack"));
        LuaText.numbers(globals);
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

    private static Globals bare() {
        Globals globals = new Globals();
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        return globals;
    }

    /** Of each string it is the metatable, whatever thread it is of: so it is made once, and is whole before any script runs. */
    private static LuaValue strings() {
        Globals globals = bare();
        globals.load(new StringLib());
        LuaText.forms(globals);
        return globals.get("string");
    }

    static Object run(ModelRedis redis, Prototype script, List<String> keys, List<String> arguments) {
        return OF_THREAD.get().evaluate(redis, script, keys, arguments);
    }

    private Object evaluate(ModelRedis on, Prototype script, List<String> keys, List<String> arguments) {
        redis = on;
        globals.set("KEYS", table(keys));
        globals.set("ARGV", table(arguments));
        try {
            return answer(new LuaClosure(script, globals).call());
        } catch (LuaError thrown) {
            LuaValue what = thrown.getMessageObject();
            String message =
                    what != null && what.istable() ? what.get("err").tojstring() : "ERR " + thrown.getMessage();
            throw new Failure(message);
        }
    }

    static Prototype compile(String source) {
        String bare = source.startsWith(SHEBANG) ? "--" + source : source;
        try {
            return LuaC.instance.compile(
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
                words.add(word instanceof LuaNumber ? Numbers.text(word.todouble()) : text(word));
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
