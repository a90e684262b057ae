package dev.converge.host;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a host runs on; the words and the order of the clues are those of systemd-detect-virt(1). */
final class Virtualization {
    private static final List<String> FIRMWARE =
            List.of("product_name", "sys_vendor", "board_vendor", "bios_vendor", "product_version");

    /** How the texts of the firmware begin, the telling ones first. */
    private static final List<Map.Entry<String, String>> VENDORS = List.of(
            Map.entry("KVM", "kvm"),
            Map.entry("OpenStack", "kvm"),
            Map.entry("KubeVirt", "kvm"),
            Map.entry("Amazon EC2", "amazon"),
            Map.entry("QEMU", "qemu"),
            Map.entry("VMware", "vmware"),
            Map.entry("VMW", "vmware"),
            Map.entry("innotek GmbH", "oracle"),
            Map.entry("VirtualBox", "oracle"),
            Map.entry("Xen", "xen"),
            Map.entry("Bochs", "bochs"),
            Map.entry("Parallels", "parallels"),
            Map.entry("BHYVE", "bhyve"),
            Map.entry("Hyper-V", "microsoft"),
            Map.entry("Virtual Machine", "microsoft"),
            Map.entry("Apple Virtualization", "apple"),
            Map.entry("Google Compute Engine", "google"));

    private final SystemFiles files;

    private Virtualization(SystemFiles files) {
        this.files = files;
    }

    static String detect(SystemFiles files) {
        Virtualization clues = new Virtualization(files);
        return clues.container().or(clues::machine).orElse("physical");
    }

    private Optional<String> container() {
        String told = files.text("/run/systemd/container");
        if (told.isEmpty()) {
            told = inEnvironmentOfInit();
        }
        if (!told.isEmpty()) {
            // What the init process was given as "oci" is told apart by the files that the engines leave.
            return Optional.of(told.equals("oci") ? engine().orElse("container-other") : told);
        }
        if (files.exists("/proc/vz") && !files.exists("/proc/bc")) {
            return Optional.of("openvz");
        }
        String kernel = files.text("/proc/sys/kernel/osrelease").toLowerCase(Locale.ROOT);
        if (kernel.contains("microsoft") || kernel.endsWith("wsl2")) {
            return Optional.of("wsl");
        }
        return engine();
    }

    private Optional<String> engine() {
        if (files.exists("/run/.containerenv")) {
            return Optional.of("podman");
        }
        return files.exists("/.dockerenv") ? Optional.of("docker") : Optional.empty();
    }

    private String inEnvironmentOfInit() {
        for (String variable : files.text("/proc/1/environ").split("\0")) {
            if (variable.startsWith("container=")) {
                return variable.substring("container=".length());
            }
        }
        return "";
    }

    private Optional<String> machine() {
        Optional<String> xen = xen();
        if (xen.isPresent()) {
            return xen.filter(kind -> !kind.equals("physical"));
        }
        boolean paravirtualClock = files.text("/sys/devices/system/clocksource/clocksource0/available_clocksource")
                .contains("kvm-clock");
        Optional<String> firmware = firmware();
        if (firmware.isPresent()) {
            return firmware.map(kind -> kind.equals("qemu") && paravirtualClock ? "kvm" : kind)
                    .filter(kind -> !kind.equals("physical"));
        }
        if (paravirtualClock) {
            return Optional.of("kvm");
        }
        String hypervisor = files.text("/proc/device-tree/hypervisor/compatible");
        if (!hypervisor.isEmpty()) {
            return Optional.of(hypervisor.contains("kvm") ? "kvm" : hypervisor.contains("xen") ? "xen" : "vm-other");
        }
        return hypervisorFlag() ? Optional.of("vm-other") : Optional.empty();
    }

    /** The first domain of Xen owns the hardware: it counts as physical. */
    private Optional<String> xen() {
        boolean xen =
                files.exists("/proc/xen") || files.text("/sys/hypervisor/type").equals("xen");
        if (!xen) {
            return Optional.empty();
        }
        return Optional.of(files.text("/proc/xen/capabilities").contains("control_d") ? "physical" : "xen");
    }

    private Optional<String> firmware() {
        for (String name : FIRMWARE) {
            String text = files.text("/sys/class/dmi/id/" + name);
            for (Map.Entry<String, String> vendor : VENDORS) {
                if (text.startsWith(vendor.getKey())) {
                    return Optional.of(isBareMetal() ? "physical" : vendor.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** Amazon's bare-metal instances bear its name too. */
    private boolean isBareMetal() {
        String product = files.text("/sys/class/dmi/id/product_name");
        return product.contains(".metal") && !hypervisorFlag();
    }

    private boolean hypervisorFlag() {
        return files.lines("/proc/cpuinfo").stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .filter(line -> (line + " ").contains(" hypervisor "))
                .isPresent();
    }
}
