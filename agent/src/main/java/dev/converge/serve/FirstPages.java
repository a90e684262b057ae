package dev.converge.serve;

import dev.converge.serve.ServedHost.Boot;
import java.util.Optional;

/** What a machine fetches before its user-data. */
final class FirstPages {
    private FirstPages() {}

    /** For cloud-init: a machine with another instance-id is a new one to it, to be made from the beginning. */
    static Page metaData(ServedHost host) {
        return Page.text("instance-id: \"" + host.name() + "\"\nlocal-hostname: \"" + host.name() + "\"\n");
    }

    /**
     * What iPXE does (https://ipxe.org/scripting). It splits lines at spaces alone, so the semicolon is just a letter to it;
     * cloud-init calls {@code ds=nocloud-net} obsolete since 24.1; and with {@code ds=nocloud} alone, that of Debian 12
     * (22.4) fetches all of it and then makes nothing of it, unless {@code dsmode} is said.
     *
     * @param base where this host's pages are, with a slash at the end
     * @return empty for one that boots in another way
     */
    static Optional<Page> ipxe(ServedHost host, String base) {
        return host.boot().map(boot -> Page.text(script(host, boot, base)));
    }

    private static String script(ServedHost host, Boot boot, String base) {
        StringBuilder out = new StringBuilder("#!ipxe\necho Converge: booting " + host.name() + "\n");
        out.append("kernel ").append(boot.kernel());
        boot.initrd().ifPresent(initrd -> out.append(" initrd=initrd"));
        if (!boot.arguments().isEmpty()) {
            out.append(' ').append(boot.arguments());
        }
        if (host.form() == Form.RANCHEROS) {
            out.append(" rancher.cloud_init.datasources=[url:").append(base).append("rancheros]");
        } else {
            out.append(" ds=nocloud;dsmode=net;s=").append(base);
        }
        out.append(" || exit 1\n");
        boot.initrd()
                .ifPresent(initrd ->
                        out.append("initrd --name initrd ").append(initrd).append(" || exit 1\n"));
        return out.append("boot || exit 1\n").toString();
    }
}
