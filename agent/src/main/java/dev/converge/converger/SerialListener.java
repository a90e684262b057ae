package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.report.ResourceReport;

/** Lets one thread at a time speak to a listener. */
final class SerialListener implements RunListener {
    private final RunListener listener;

    SerialListener(RunListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void runStarted(int resources) {
        listener.runStarted(resources);
    }

    @Override
    public synchronized void resourceStarted(Declared<?> resource) {
        listener.resourceStarted(resource);
    }

    @Override
    public synchronized void resourceFinished(ResourceReport report) {
        listener.resourceFinished(report);
    }
}
