package dev.sluice.sim.redis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** Where numbers become texts and texts numbers otherwise than in the Lua of Redis. */
final class LuaText {
    private LuaText() {}

    static void forms(Globals globals) {
        globals.get("string").set("format", new Format());
    }

    static void numbers(Globals globals) {
        globals.set("tonumber", new ToNumber(globals.get("tonumber")));
    }

    /** Of the forms of C those that scripts use: {@code %s}, {@code %d} and {@code %.0f}, with zeros before if wanted. */
    private static final class Format extends VarArgFunction {
        @Override
        public Varargs invoke(Varargs given) {
            String form = Lua.text(given.arg1());
            StringBuilder all = new StringBuilder();
            int next = 2;
            for (int i = 0; i < form.length(); i++) {
                if (form.charAt(i) != '%') {
                    all.append(form.charAt(i));
                    continue;
                }
                int end = i + 1;
                while (!Character.isLetter(form.charAt(end))) {
                    end++;
                }
                all.append(one(form.substring(i, end + 1), given.arg(next++)));
                i = end;
            }
            return Lua.bytes(all.toString());
        }

        private static String one(String form, LuaValue value) {
            if (form.equals("%s")) {
                return value instanceof LuaString ? Lua.text(value) : value.tojstring();
            } else if (form.equals("%.0f")) {
                return new BigDecimal(number(value))
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .toPlainString();
            } else if (form.endsWith("d")) {
                return form.formatted((long) number(value));
            }
            throw new IllegalArgumentException("format: %s (expected: one that is simulated)".formatted(form));
        }

        private static double number(LuaValue value) {
            return value instanceof LuaString ? Numbers.parse(Lua.text(value)) : value.checkdouble();
        }
    }

    private static final class ToNumber extends VarArgFunction {
        private final LuaValue original;

        ToNumber(LuaValue original) {
            this.original = original;
        }

        @Override
        public Varargs invoke(Varargs given) {
            if (given.narg() == 1 && given.arg1() instanceof LuaString) {
                Double number = Numbers.parse(Lua.text(given.arg1()));
                return number == null ? NIL : valueOf(number);
            }
            return original.invoke(given);
        }
    }
}
