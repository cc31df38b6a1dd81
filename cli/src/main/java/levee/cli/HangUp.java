package levee.cli;

import java.lang.reflect.Proxy;

/**
 * Hears of the signal SIGHUP, by which services are told to read their settings again. Java has no other way than a class
 * outside its interface, which is called by its name, so that without it nothing but this is missing.
 */
final class HangUp {
    private HangUp() {}

    /**
     * Has something done at each signal, on a thread of the JVM.
     *
     * @return false where that is not possible on this system
     */
    static boolean listen(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "handle" -> {
                                action.run();
                                return null;
                            }
                            case "equals" -> {
                                return arguments.length == 1 && isSame(proxy, arguments[0]);
                            }
                            case "hashCode" -> {
                                return System.identityHashCode(proxy);
                            }
                            default -> {
                                return "HangUp";
                            }
                        }
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), listener);
            return true;
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    @SuppressWarnings("ReferenceEquality") // A listener is equal to itself alone.
    private static boolean isSame(Object a, Object b) {
        return a == b;
    }
}
