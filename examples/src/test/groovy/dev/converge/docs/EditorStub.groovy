package dev.converge.docs

/** As much of IntelliJ's GDSL as Converge's script calls; every class can be found. */
final class EditorStub {
    final List<Contribution> contributions = []

    /** What one contributor has told the editor. */
    static final class Contribution {
        Map<String, String> context
        final List<String> delegates = []
        final Map<String, String> words = [:]

        String findClass(String name) {
            Class.forName(name).name
        }

        void delegatesTo(String found) {
            delegates << found
        }

        void property(Map<String, String> described) {
            words[described.name] = described.type
        }
    }

    void run(String script) {
        def binding = new Binding(
            scriptScope: { 'scripts' },
            context: { Map<String, String> described -> described },
            contributor: { Map<String, String> context, Closure<?> body -> contribute(context, body) },
        )
        new GroovyShell(binding).evaluate(script)
    }

    private void contribute(Map<String, String> context, Closure<?> body) {
        def contribution = new Contribution(context: context)
        def asked = body.clone() as Closure
        asked.delegate = contribution
        asked.resolveStrategy = Closure.DELEGATE_FIRST
        asked.call()
        contributions << contribution
    }
}
