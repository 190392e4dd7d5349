package dev.keyless.keyserver.startup;

import java.util.regex.Pattern;

/**
 * Variables that Kubernetes puts into every pod for each Service of its namespace. A Service named {@code keyless} makes a
 * KEYLESS_PORT, one named {@code keyserver} a KEYSERVER_PORT, with an address in them.
 */
final class ServiceLinks {

    static final String REASON = "it holds an address that Kubernetes made from the name of a Service; set"
            + " enableServiceLinks: false in the pod's spec";

    private static final Pattern NAME =
            Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP)(_.*)?)");

    private ServiceLinks() {}

    static boolean isMade(String name, String value) {
        return isAddress(value) || NAME.matcher(name).matches();
    }

    static boolean isAddress(String value) {
        return value.startsWith("tcp://") || value.startsWith("udp://");
    }
}
