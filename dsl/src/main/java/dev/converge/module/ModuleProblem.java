package dev.converge.module;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;

/** What is wrong with a module, or with what a site says of its modules. */
final class ModuleProblem {
    private ModuleProblem() {}

    static Diagnostic error(String summary, String detail) {
        return Diagnostic.error(Code.MODULE, summary, detail);
    }
}
