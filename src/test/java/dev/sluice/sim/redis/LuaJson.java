package dev.sluice.sim.redis;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.OneArgFunction;

/** JSON as a table. */
final class LuaJson extends OneArgFunction {
    @Override
    public LuaValue call(LuaValue json) {
        try {
            byte[] utf8 = Lua.text(json).getBytes(StandardCharsets.ISO_8859_1);
            return value(Json.decodeValue(new String(utf8, StandardCharsets.UTF_8)));
        } catch (DecodeException wrong) {
            throw new LuaError("Expected value");
        }
    }

    private static LuaValue value(Object it) {
        if (it instanceof JsonObject object) {
            LuaTable table = new LuaTable();
            object.forEach(field -> table.set(field.getKey(), value(field.getValue())));
            return table;
        } else if (it instanceof JsonArray array) {
            LuaTable table = new LuaTable();
            for (int i = 0; i < array.size(); i++) {
                table.set(i + 1, value(array.getValue(i)));
            }
            return table;
        } else if (it instanceof Number number) {
            return valueOf(number.doubleValue());
        } else if (it instanceof Boolean is) {
            return valueOf(is);
        } else if (it instanceof String text) {
            return Lua.bytes(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
        return NIL; // cjson.null has another truth, and no script looks at it
    }
}
