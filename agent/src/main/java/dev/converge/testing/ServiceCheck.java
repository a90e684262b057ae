package dev.converge.testing;

/** What can be asked of a unit of systemd on a converged host. */
public final class ServiceCheck {
    private final ConvergedHost host;
    private final String name;

    ServiceCheck(ConvergedHost host, String name) {
        this.host = host;
        this.name = name;
    }

    public boolean isRunning() {
        return is("is-active", "active");
    }

    public boolean isStopped() {
        return is("is-active", "inactive");
    }

    public boolean isEnabled() {
        return is("is-enabled", "enabled");
    }

    public boolean isDisabled() {
        return is("is-enabled", "disabled");
    }

    private boolean is(String question, String wanted) {
        String found = host.run("systemctl", question, name).getOutput().strip();
        if (!found.equals(wanted)) {
            throw new SpecFailure(name + " is " + found + ", not " + wanted + ":\n"
                    + host.run("systemctl", "--no-pager", "--full", "status", name)
                            .getOutput()
                            .stripTrailing());
        }
        return true;
    }

    @Override
    public String toString() {
        return "service " + name;
    }
}
